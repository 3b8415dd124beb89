"""The command line. Exit 0 good, 1 a finding, 2 wrong use; every refusal names its cure.

A command's module is imported when the command is asked for: `gatepost build` needs no database, and is to begin at once.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from gatepost import __version__

# Each command by the module that holds it, under the same name there, and what the overview says of it.
COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("writing", "Write a new site into FOLDER: content, theme and settings, ready for `gatepost up`."),
    "up": ("serving", "Build the site, and serve it with the capture service on http://127.0.0.1:8000."),
    "demo": ("demo", "Show this site with an invented year of readers, leads, clients and letters."),
    "build": ("building", "Build the site into output/ and its catalogue into .gatepost/."),
    "capture": ("serving", "Run the capture service for a public site."),
    "worker": ("serving", "Send the letters owed over GATEPOST_SMTP_URL, and tidy up, until stopped."),
    "report": ("reporting", "Which articles turn readers into leads, how sure one can be, and what it is worth."),
    "credit": ("crediting", "Apply every model of attribution to the journeys in FILE."),
    "new": ("beginning", "Begin an article, a page or an offer."),
    "import": ("moving", "Bring a blog from WordPress, Ghost or Medium into this site."),
    "preview": ("previewing", "Print a link that shows DRAFT, a file or a slug, to whoever has it."),
    "check": ("writing", "Read the whole site and name what is to mend with file, line and cure."),
    "share": ("sharing", "Write the LinkedIn kit of ARTICLE."),
    "leads": ("leads", "The people who asked, and what they allowed."),
    "contest": ("contests", "Who is in a contest, the draw, and the proof of it."),
    "meeting": ("meetings", "Webinars and events: seats, attendance, and the code for the door."),
    "survey": ("surveys", "Surveys, and what was answered."),
    "trials": ("trials", "Tests of calls to action: which variant of an offer brings more, and how sure that is."),
    "tasks": ("tasks", "Follow-ups: what you promised to whom."),
    "deals": ("money", "What leads brought: money from them, first or again."),
    "spend": ("money", "What was put into articles, channels and campaigns: money, or hours."),
    "notes": ("notes", "Notes on dates: what happened on a day, shown beside the charts."),
    "db": ("database", "Look after the database."),
    "owner": ("owners", "Who may see the dashboard at /owner, and which programs may read the report at /api/v1."),
    "sites": ("sites", "Other sites whose figures the dashboard shows beside this one's."),
    "doctor": ("serving", "Look at this machine and these settings; name what is wrong and the cure."),
}


class Commands(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        # `import` is no name that Python allows.
        held = "import_" if cmd_name == "import" else cmd_name
        found: click.Command = getattr(import_module(f"gatepost.cli.{COMMANDS[cmd_name][0]}"), held)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, said) for name, (_, said) in COMMANDS.items()])


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="gatepost")
def gatepost() -> None:
    """A blog that turns readers into leads, and shows its owner which articles do it."""


def main() -> None:
    """The console command."""
    # On a busy machine the threads that numpy would start wait for each other longer than they reckon.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        gatepost.main(standalone_mode=True)
    except Exception as error:
        refused = _refusal(error)
        if refused is None:
            raise
        click.echo(f"gatepost: {refused}\n{refused.cure}", err=True)
        sys.exit(2 if type(refused).__name__ == "BadSetting" else 1)


def _refusal(error: Exception) -> Any:
    """What a person meets who mistyped a setting or forgot a step; None for a defect, which shows its trace."""
    from gatepost.catalogue import CatalogueMissing, CatalogueUnreadable
    from gatepost.settings import BadSetting
    from gatepost.store import DatabaseUnreachable, SchemaMissing, SchemaTooNew

    refusals = (BadSetting, CatalogueMissing, CatalogueUnreadable, DatabaseUnreachable, SchemaMissing, SchemaTooNew)
    return error if isinstance(error, refusals) else None

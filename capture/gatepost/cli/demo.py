"""`gatepost demo`: this site with an invented year in a database of its own, on one address, with a login that is shown."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from gatepost import engine, settings
from gatepost.actions import mailing
from gatepost.actions.demoing import marked
from gatepost.actions.demoing.marked import Demo, NotTheDemo
from gatepost.cli import serving, watching
from gatepost.cli.building import demand_site
from gatepost.settings import Settings
from gatepost.store import SchemaMissing, SchemaTooNew


@click.command()
@click.option("--fill-only", is_flag=True, help="Build the site and fill the database, and serve nothing.")
@click.option("--again", is_flag=True, help="Throw the demo's database away and fill a new one.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Another seed makes another year.")
@click.option(
    "--days", type=click.IntRange(30, 1100), default=365, show_default=True, help="How many days, up to yesterday."
)
@click.option(
    "--leads", type=click.IntRange(1, 20_000), default=700, show_default=True, help="How many people ask for something."
)
def demo(fill_only: bool, again: bool, seed: int, days: int, leads: int) -> None:
    """Show this site with an invented year of readers, leads, clients and letters.

    Everything lies in .gatepost/demo/ and nowhere else: GATEPOST_DATABASE_URL is not looked at, and no letter is sent
    whatever GATEPOST_SMTP_URL says. The same seed on the same day makes the same year. Without --again a demo that is
    there is shown as it is.
    """
    demand_site("pelicanconf.py")
    env = marked.environment(os.environ)
    chosen = settings.read(env, local=True)
    if not fill_only:
        serving.demand_port("127.0.0.1", chosen.port)
    try:
        found = marked.found(chosen.data_dir / marked.FILE)
    except NotTheDemo as refused:
        raise click.ClickException(f"{refused} {refused.cure}") from None
    output = chosen.data_dir / "output"
    # A build tells its report into report/, which is the real site's: it finds no figures.
    unread = {"GATEPOST_DATABASE_URL": f"sqlite:///{chosen.data_dir / 'none.db'}"}
    if watching.build_once("pelicanconf.py", {**env, **unread}, output):
        raise click.ClickException("The site has mistakes, named above. Mend them and start again.")
    if found is None or again or not _is_of_this_version(chosen):
        found = _fill(chosen, Demo(seed, days, leads, datetime.now(UTC).date()))
    _tell(chosen, found, is_served=not fill_only)
    if not fill_only:
        _serve(chosen, env, output)


def _is_of_this_version(chosen: Settings) -> bool:
    try:
        engine.start(chosen).database.close()
    except (SchemaMissing, SchemaTooNew):
        return False
    return True


def _fill(chosen: Settings, wanted: Demo) -> Demo:
    # Imported here: nothing else of the command line needs the whole cast.
    from gatepost.actions.demoing import fill

    with click.progressbar(length=wanted.days, label="A year of readers and leads") as bar:
        return fill.fill(
            chosen,
            seed=wanted.seed,
            days=wanted.days,
            people=wanted.leads,
            now=datetime.now(UTC),
            progress=lambda over: bar.update(over - bar.pos),
        )


def _tell(chosen: Settings, found: Demo, *, is_served: bool) -> None:
    click.echo(
        f"\nDemo data: {found.leads} people who asked in {found.days} days, up to {found.until} (seed {found.seed})."
    )
    if not is_served:
        click.echo(f"Filled: {chosen.data_dir / marked.FILE}\nShow it with: gatepost demo")
        return
    here = f"http://127.0.0.1:{chosen.port}"
    click.echo(f"The site:  {here}/\nThe owner: {here}/owner/\n   address  {found.email}\n   password {found.password}")
    click.echo(f"Letters:   {here}/mailbox   (no letter of the demo is sent)\nStop with Ctrl+C.\n")


def _serve(chosen: Settings, env: Mapping[str, str], output: Path) -> None:
    # The server is a process of its own and reads the environment: nothing that leads to real data may be left in it.
    for name in [name for name in os.environ if name.startswith("GATEPOST_")]:
        del os.environ[name]
    os.environ.update(env)
    wired = engine.start(replace(chosen, smtp=None))
    stop = threading.Event()
    letters = threading.Thread(target=mailing.run, args=(wired, stop), name="letters")
    letters.start()
    try:
        serving.serve("127.0.0.1", chosen.port, workers=1, local=True, output=output)
    finally:
        stop.set()
        letters.join(timeout=10)

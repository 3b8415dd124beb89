"""The command line. Exit 0 good, 1 a finding, 2 wrong use; every refusal names its cure."""

from __future__ import annotations

import os
import sys

import click

from gatepost import __version__
from gatepost.catalogue import CatalogueMissing, CatalogueUnreadable
from gatepost.cli import (
    contests,
    crediting,
    database,
    demo,
    leads,
    meetings,
    money,
    notes,
    owners,
    reporting,
    serving,
    sharing,
    sites,
    surveys,
    tasks,
    trials,
    writing,
)
from gatepost.settings import BadSetting
from gatepost.store import DatabaseUnreachable, SchemaMissing, SchemaTooNew

# What a person meets who mistyped a setting or forgot a step; anything else is a defect and shows its trace.
REFUSALS = (BadSetting, CatalogueMissing, CatalogueUnreadable, DatabaseUnreachable, SchemaMissing, SchemaTooNew)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="gatepost")
def gatepost() -> None:
    """A blog that turns readers into leads, and shows its owner which articles do it."""


for command in (
    writing.init,
    serving.up,
    demo.demo,
    serving.build,
    serving.capture,
    serving.worker,
    reporting.report,
    crediting.credit,
    writing.new,
    writing.check,
    sharing.share,
    leads.leads,
    contests.contest,
    meetings.meeting,
    surveys.survey,
    trials.trials,
    tasks.tasks,
    money.deals,
    money.spend,
    notes.notes,
    database.db,
    owners.owner,
    sites.sites,
    serving.doctor,
):
    gatepost.add_command(command)


def main() -> None:
    """The console command."""
    # On a busy machine the threads that numpy would start wait for each other longer than they reckon.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        gatepost.main(standalone_mode=True)
    except REFUSALS as refused:
        click.echo(f"gatepost: {refused}\n{refused.cure}", err=True)
        sys.exit(2 if isinstance(refused, BadSetting) else 1)

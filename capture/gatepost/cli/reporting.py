"""The report on the command line."""

from __future__ import annotations

import os
import sys
from datetime import datetime

import click

from gatepost import catalogue, settings
from gatepost.attribution import MODELS
from gatepost.store import Database, schema


@click.command()
@click.option(
    "--model", type=click.Choice(list(MODELS)), default="linear", show_default=True, help="How credit is shared."
)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Count from this day on.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv", "html"]), default="table", show_default=True
)
@click.option("--article", default=None, metavar="SLUG", help="The rows behind one article's numbers.")
def report(model: str, since: datetime | None, form: str, article: str | None) -> None:
    """Which articles turn readers into leads."""
    from gatepost.actions import reporting

    database = Database(settings.database_url(os.environ))
    schema.check(database)
    built = catalogue.read(settings.data_dir(os.environ))
    since_on = since.date() if since else None
    click.echo("pending", err=True) if False else None
    raise NotImplementedError((model, since_on, form, article, reporting, built, sys))

"""The report on the command line."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime

import click

from gatepost import catalogue, settings
from gatepost.attribution import ADDITIVE, DEFAULT
from gatepost.store import Database, schema


@click.command()
@click.option(
    "--model", type=click.Choice(list(ADDITIVE)), default=DEFAULT, show_default=True, help="How credit is shared."
)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Count from this day on (UTC).")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv", "html"]), default="table", show_default=True
)
@click.option("--article", default=None, metavar="SLUG", help="The rows behind one article (as table or json).")
def report(model: str, since: datetime | None, form: str, article: str | None) -> None:
    """Which articles turn readers into leads, how sure one can be, and what it is worth."""
    database = Database(settings.database_url(os.environ))
    schema.check(database)
    built = catalogue.read(settings.read_data_dir(os.environ))
    if article is None:
        _whole(database, built, model, since, form)
    else:
        _behind(database, built, article, model, since, form)


def _whole(database: Database, built: catalogue.Catalogue, model: str, since: datetime | None, form: str) -> None:
    from gatepost.actions import reporting

    made = reporting.report(database, built, model=model, since=since.date() if since else None, now=datetime.now(UTC))
    if form == "table":
        _print(reporting.table(made))
    elif form == "json":
        click.echo(json.dumps(reporting.json(made), ensure_ascii=False, indent=2))
    else:
        click.echo(reporting.csv(made) if form == "csv" else reporting.html(made), nl=False)


def _behind(
    database: Database, built: catalogue.Catalogue, slug: str, model: str, since: datetime | None, form: str
) -> None:
    from gatepost.actions import reporting

    if form not in ("table", "json"):
        raise click.UsageError("The rows behind one article are shown as a table or as JSON: --format table or json.")
    try:
        behind = reporting.article(
            database, built, slug, model=model, since=since.date() if since else None, now=datetime.now(UTC)
        )
    except reporting.ArticleUnknown as unknown:
        raise click.ClickException(f"{unknown} {unknown.cure}") from None
    if form == "json":
        click.echo(json.dumps(reporting.article_json(behind), ensure_ascii=False, indent=2))
    else:
        _print(reporting.article_table(behind))


def _print(table: object) -> None:
    from rich.console import Console

    console = Console()
    # A pipe has no width; a table cut at eighty columns would hide whole figures.
    if not console.is_terminal:
        console = Console(width=160)
    console.print(table)

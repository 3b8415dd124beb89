"""The report on the command line."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gatepost import catalogue, settings
from gatepost.attribution import DEFAULT, MODELS
from gatepost.report.span import Span
from gatepost.store import Database, schema

if TYPE_CHECKING:
    from rich.console import Console


@click.command()
@click.option(
    "--model", type=click.Choice(list(MODELS)), default=DEFAULT, show_default=True, help="How credit is shared."
)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Count from this day on (UTC).")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Count up to this day (UTC).")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv", "html", "pdf"]), default="table", show_default=True
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file that a PDF goes into.")
@click.option("--article", default=None, metavar="SLUG", help="The rows behind one article (as table or json).")
def report(
    model: str, since: datetime | None, until: datetime | None, form: str, output: Path | None, article: str | None
) -> None:
    """Which articles turn readers into leads, how sure one can be, and what it is worth."""
    if (form == "pdf") != bool(output):
        raise click.UsageError("A PDF goes into a file, and nothing else does: --format pdf -o report.pdf")
    database = Database(settings.database_url(os.environ))
    schema.check(database)
    built = catalogue.read(settings.read_data_dir(os.environ))
    span = _span(since, until)
    if article is None and output:
        _pdf(database, built, model, span, output)
    elif article is None:
        _whole(database, built, model, span, form)
    else:
        _behind(database, built, article, model, span, form)


def _span(since: datetime | None, until: datetime | None) -> Span:
    if since and until and since > until:
        raise click.BadParameter(f"{until:%Y-%m-%d} is before {since:%Y-%m-%d}.", param_hint="--until")
    return Span(since.date() if since else None, until.date() if until else None)


def _pdf(database: Database, built: catalogue.Catalogue, model: str, span: Span, output: Path) -> None:
    from gatepost.actions import setting_type
    from gatepost.report.span import before

    try:
        made = setting_type.pdf(database, built, model=model, span=span, compare=before(span), now=datetime.now(UTC))
    except setting_type.TypesettingFailed as failed:
        raise click.ClickException(f"{failed} {failed.cure}") from None
    output.write_bytes(made)
    click.echo(f"Written: {output}")


def _whole(database: Database, built: catalogue.Catalogue, model: str, span: Span, form: str) -> None:
    from gatepost.actions import printing, printing_ladder, reporting

    now = datetime.now(UTC)
    made = reporting.report(database, built, model=model, span=span, now=now)
    if form == "csv":
        click.echo(reporting.csv(made), nl=False)
        return
    ladder = reporting.ladder(database, built, span=span, now=now)
    if form == "json":
        click.echo(json.dumps(reporting.json(made, ladder), ensure_ascii=False, indent=2))
    elif form == "html":
        click.echo(reporting.html(made, ladder), nl=False)
    else:
        console = _console()
        console.print(printing.table(made, width=console.width))
        if made.classes:
            console.print(printing.groups_table(made, width=console.width))
        console.print(printing_ladder.ladder_table(ladder, width=console.width))
        if ladder.offers:
            console.print(printing_ladder.offers_table(ladder, width=console.width))


def _behind(database: Database, built: catalogue.Catalogue, slug: str, model: str, span: Span, form: str) -> None:
    from gatepost.actions import printing, printing_ladder, reporting

    if form not in ("table", "json"):
        raise click.UsageError("The rows behind one article are shown as a table or as JSON: --format table or json.")
    try:
        behind = reporting.article(database, built, slug, model=model, span=span, now=datetime.now(UTC))
    except reporting.ArticleUnknown as unknown:
        raise click.ClickException(f"{unknown} {unknown.cure}") from None
    if form == "json":
        click.echo(json.dumps(reporting.article_json(behind), ensure_ascii=False, indent=2))
        return
    console = _console()
    console.print(printing.article_table(behind))
    ladder = reporting.ladder(database, built, span=span, now=datetime.now(UTC))
    if slug in ladder.articles:
        console.print(printing_ladder.ladder_table(ladder, article=slug, width=console.width))


def _console() -> Console:
    from rich.console import Console

    console = Console()
    # A pipe has no width; a table cut at eighty columns would hide whole figures.
    return console if console.is_terminal else Console(width=160)

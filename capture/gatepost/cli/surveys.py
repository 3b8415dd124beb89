"""Surveys on the command line: which there are, and what was answered."""

from __future__ import annotations

import json
from datetime import datetime

import click

from gatepost.actions import surveying
from gatepost.actions.surveying import SurveyUnknown
from gatepost.cli.wiring import engine_without_links
from gatepost.report.surveys import Result, Results
from gatepost.report.words import percent

_Day = click.DateTime(formats=["%Y-%m-%d"])
_since = click.option("--since", type=_Day, help="Only answers confirmed from this day on.")


@click.group()
def survey() -> None:
    """Surveys, and what was answered."""


@survey.command("list")
@_since
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of a table.")
def list_(since: datetime | None, as_json: bool) -> None:
    """Every survey, with how many sent answers and how many confirmed."""
    wired = engine_without_links()
    found = surveying.listed(wired.database, wired.catalogue, since.date() if since else None)
    if as_json:
        for one in found:
            plain = {"slug": one.slug, "title": one.title, "questions": one.questions, "is_published": one.is_published}
            click.echo(json.dumps({**plain, **vars(one.took)}, ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("Survey", "Title", "Sent", "Confirmed", "Again", box=None, header_style="bold")
    for one in found:
        took = one.took
        # Text, since what stands in brackets is no markup.
        table.add_row(one.slug, Text(one.title), str(took.requested), str(took.confirmed), str(took.again))
    Console().print(table)
    click.echo(f"{len(found)} surveys.")


@survey.command("results")
@click.argument("slug")
@_since
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def results(slug: str, since: datetime | None, form: str) -> None:
    """What was answered to the survey SLUG: counts with shares, or as CSV one row a person."""
    wired, day = engine_without_links(), since.date() if since else None
    try:
        if form == "csv":
            click.echo(surveying.as_csv(wired.database, wired.catalogue, slug, day), nl=False)
            return
        found = surveying.results(wired.database, wired.catalogue, slug, day)
    except SurveyUnknown as unknown:
        raise click.ClickException(f"{unknown} {unknown.cure}") from None
    if form == "json":
        click.echo(json.dumps(surveying.as_plain(found), ensure_ascii=False, indent=2))
    else:
        _print(found)


def _print(found: Results) -> None:
    took = found.took
    click.echo(
        f"{found.title}: {took.requested} sent answers, {took.confirmed} confirmed, {took.again} answered again."
    )
    for one in found.results:
        click.echo(f"\n{one.label}{'' if one.is_asked else ' (no longer asked)'}")
        mean = f", {one.mean:.1f} on average" if one.mean is not None else ""
        click.echo(f"  {one.n} answered{mean}")
        if one.counted:
            _table(one)


def _table(one: Result) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, padding=(0, 2))
    for justify in ("left", "right", "right"):
        table.add_column(justify=justify)
    for line in one.counted:
        gone = "" if line.is_offered or not one.is_asked else " (no longer offered)"
        table.add_row(Text(line.text + gone), str(line.count), percent(line.share) if one.n else "–")
    Console().print(table)

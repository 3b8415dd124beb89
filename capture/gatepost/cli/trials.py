"""Tests of calls to action on the command line: what each says, and what the next one takes."""

from __future__ import annotations

import json

import click

from gatepost.actions import trying
from gatepost.actions.trying import Told, Untested
from gatepost.cli.wiring import engine_without_links
from gatepost.report.words import percent
from gatepost.trials import words


@click.command()
@click.option("--offer", default="", help="Only the offer of this slug.")
@click.option("--json", "as_json", is_flag=True, help="JSON with every number, instead of sentences and tables.")
def trials(offer: str, as_json: bool) -> None:
    """Tests of calls to action: which variant of an offer brings more, and how sure that is."""
    wired = engine_without_links()
    if offer and offer not in wired.catalogue.offers:
        click.echo(f"There is no offer {offer!r} on the site; past tests of it are shown.", err=True)
    found = trying.overview(wired.database, wired.catalogue, wired.now(), offer)
    if as_json:
        click.echo(json.dumps(trying.as_plain(found), ensure_ascii=False, indent=2))
        return
    for one in (*found.running, *found.past):
        _tell(one)
    if not found.running:
        click.echo(
            "No test is running. To begin one, write `Variants: short | button: Send me the list` into an offer."
        )
    if found.untested:
        _sizes(found.untested)


def _tell(one: Told) -> None:
    when = f", {one.first:%-d %b %Y} to {one.last:%-d %b %Y}" if one.first and one.last else ""
    click.echo(f"{one.title} ({one.offer}, {one.trial}{when}){'' if one.is_running else ', past'}")
    click.echo(f"{one.sentence}\n")
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold", padding=(0, 2))
    for column in ("Look", "Readers", "Asked", "Confirmed", "Per reader", "Against the offer"):
        table.add_column(column, justify="left" if column == "Look" else "right", overflow="fold")
    against = {it.key: it for it in one.result.compared}
    for look in one.result.looks:
        counts, it = look.counts, against.get(look.key)
        rate = percent(look.rate) if look.rate is not None else "–"
        ends = words.ends(it) if it and it.ratio is not None else "–"
        # Text, since what stands in brackets is no markup.
        table.add_row(
            Text(one.names[look.key]), f"{counts.seen:,}", f"{counts.requested:,}", f"{counts.confirmed:,}", rate, ends
        )
    Console().print(table)
    click.echo()


def _sizes(untested: tuple[Untested, ...]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    click.echo("What a test of one variant would take, as likely as not, if the variant brings:\n")
    table = Table(box=None, header_style="bold", padding=(0, 2))
    table.add_column("Offer", overflow="fold")
    for size in untested[0].sizes:
        table.add_column(words.lifted(size.lift), justify="right")
    for one in untested:
        table.add_row(Text(one.offer), *(words.taken(size) for size in one.sizes))
    Console().print(table)

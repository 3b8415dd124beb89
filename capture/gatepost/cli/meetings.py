"""Webinars and events on the command line: who has a seat, who came, and the code for the door."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gatepost.actions import attending
from gatepost.actions.attending import MeetingUnknown
from gatepost.actions.importing_files import FileUnreadable
from gatepost.cli.wiring import engine_without_links
from gatepost.engine import Engine

if TYPE_CHECKING:
    from gatepost.offers import Offer

MOST_NAMED = 20


@click.group()
def meeting() -> None:
    """Webinars and events: seats, attendance, and the code for the door."""


@meeting.command("list")
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of a table.")
def list_(as_json: bool) -> None:
    """Every webinar and event, the next one first."""
    found = attending.meetings(engine_without_links())
    rows = [
        {
            "slug": one.slug,
            "title": one.offer.title if one.offer else one.slug,
            "starts_at": one.meeting.starts_at.isoformat() if one.meeting else None,
            "seats": one.meeting.seats if one.meeting else None,
            **one.counts,
        }
        for one in found
    ]
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(
        "Meeting", "Begins (UTC)", "Seats", "Held", "Waiting", "Given back", "Came", box=None, header_style="bold"
    )
    for row in rows:
        begins = str(row["starts_at"] or "-")[:16].replace("T", " ")
        counts = (str(row[name]) for name in ("held", "waiting", "given-up", "came"))
        table.add_row(escape(str(row["slug"])), begins, str(row["seats"] or "-"), *counts)
    Console().print(table)


@meeting.command("seats")
@click.argument("slug")
@click.option("--csv", "as_csv", is_flag=True, help="CSV for a spreadsheet, instead of a table.")
def seats(slug: str, as_csv: bool) -> None:
    """Who has a seat at SLUG, who waits, and who gave it back."""
    wired = engine_without_links()
    try:
        found = attending.holders(wired, slug)
    except MeetingUnknown as unknown:
        raise click.ClickException(f"{unknown} {unknown.cure}") from None
    if as_csv:
        click.echo(attending.holders_csv(wired, slug), nl=False)
        return
    for one in found:
        came = f"  came ({one.seat.came_how})" if one.seat.came_at else ""
        click.echo(f"{one.seat.state:<9} {one.seat.taken_at:%Y-%m-%d %H:%M}  {one.email or '(erased)'}{came}")
    click.echo(f"{len(found)} seats.")


@meeting.command("came")
@click.argument("slug")
@click.argument("who", metavar="FILE|EMAIL")
def came(slug: str, who: str) -> None:
    """Record who came to SLUG: a CSV with a column of addresses (email, E-Mail-Adresse, ...), or one address.

    A file twice is as good as once. Addresses without a seat are named; then the exit code is 1.
    """
    wired = engine_without_links()
    try:
        if Path(who).is_file():
            _came_file(wired, slug, Path(who))
        else:
            _came_one(wired, slug, who)
    except MeetingUnknown as unknown:
        raise click.ClickException(f"{unknown} {unknown.cure}") from None
    except FileUnreadable as refused:
        raise click.UsageError(f"{refused} {refused.cure}") from None


def _came_file(wired: Engine, slug: str, path: Path) -> None:
    found = attending.came(wired, slug, path.read_bytes())
    click.echo(f"{found.added} came, {found.known} were recorded before.")
    for finding in found.findings[:MOST_NAMED]:
        click.echo(f"{path}:{finding.line}: {finding.problem}. {finding.cure}", err=True)
    if len(found.findings) > MOST_NAMED:
        click.echo(f"... and {len(found.findings) - MOST_NAMED} more lines.", err=True)
    sys.exit(bool(found.findings))


def _came_one(wired: Engine, slug: str, email: str) -> None:
    attending.holders(wired, slug)
    seat_id = attending.by_address(wired, slug, email)
    if seat_id is None:
        raise click.ClickException(f"{email} is no file here, and nobody of this address has a seat.")
    attending.mark(wired, seat_id, has_come=True)
    click.echo(f"{email} came.")


@meeting.command("qr")
@click.argument("slug")
@click.option(
    "--to", "folder", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="The folder to write to."
)
def qr(slug: str, folder: Path) -> None:
    """Make the code for the door of SLUG: a poster (PDF), and the code alone (SVG).

    It opens the form with the event as channel; whoever confirms there and then is recorded as having come.
    """
    wired = engine_without_links()
    offer = wired.catalogue.offers.get(slug)
    if offer is None or offer.terms.meeting is None:
        unknown = MeetingUnknown(slug)
        raise click.ClickException(f"{unknown} {unknown.cure}")
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in _posters(wired, offer).items():
        (folder / name).write_bytes(content)
        click.echo(f"Wrote {folder / name}")


def _posters(wired: Engine, offer: Offer) -> dict[str, bytes]:
    from gatepost_pelican.compile.poster import Poster, address, code_svg, poster_pdf

    site = wired.catalogue.site_url or wired.settings.site_url
    poster = Poster(
        slug=offer.slug,
        title=offer.title,
        url=address(site, offer.url, offer.slug),
        short=f"{site}{offer.url}",
        site_name=wired.catalogue.site_name,
        language=offer.language or wired.catalogue.language,
        dated=wired.catalogue.built_at.date(),
    )
    return {f"{offer.slug}-door.pdf": poster_pdf(poster), f"{offer.slug}-door.svg": code_svg(poster.url)}

"""Contests on the command line: who is in, the draw, and the proof of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from gatepost.actions import drawing
from gatepost.actions.drawing import ContestRefused, Entrant, Shown
from gatepost.cli.wiring import engine_without_links
from gatepost.offers.drawing import faults

_MOST_BYTES = 256 * 1024 * 1024


@click.group()
def contest() -> None:
    """Who is in a contest, the draw, and the proof of it."""


@contest.command("list")
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of a table.")
def list_(as_json: bool) -> None:
    """Every contest, the first to end first."""
    found = drawing.listed(engine_without_links())
    for one in found:
        click.echo(json.dumps(_plain(one), ensure_ascii=False) if as_json else _line(one))
    if not found and not as_json:
        click.echo("There is no contest yet: `gatepost new offer TITLE --kind contest` begins one.")


@contest.command("entries")
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of a table.")
def entries(slug: str, as_json: bool) -> None:
    """Every entry in the contest SLUG with its person; once drawn, in the order of the draw."""
    with _refused():
        found = drawing.entrants(engine_without_links(), slug)
    for one in found:
        click.echo(json.dumps(_entrant(one), ensure_ascii=False) if as_json else _entrant_line(one))
    if not found and not as_json:
        click.echo("Nobody has entered yet.")


@contest.command("withdraw")
@click.argument("slug")
@click.argument("email")
def withdraw(slug: str, email: str) -> None:
    """Take EMAIL out of the contest SLUG, with what they brought to friends. Only before the draw, and for good."""
    with _refused():
        count = drawing.withdraw(engine_without_links(), slug, email)
    if not count:
        raise click.ClickException(
            f"{email} has no entry in {slug}. `gatepost contest entries {slug}` shows who is in."
        )
    click.echo(f"{_entries(count)} withdrawn.")


@contest.command("draw")
@click.argument("slug")
@click.option("--public", default="", help="A text that nobody knew before the end: the numbers of a lottery, say.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Where the record goes.")
def draw(slug: str, public: str, output: Path | None) -> None:
    """Draw the winners of SLUG, once it is over, and write the record to draw-SLUG.json.

    Drawn once is drawn for ever: a second time writes the same record again.
    """
    engine = engine_without_links()
    with _refused():
        before = drawing.look(engine, slug)
        drawn = drawing.draw(engine, slug, public)
    file = output or Path(f"draw-{slug}.json")
    file.write_text(drawn.record, encoding="utf-8")
    if before.record:
        click.echo(f"{slug} was drawn on {drawn.drawn_at:%Y-%m-%d}, and stays as it was drawn.", err=True)
    for one in drawing.entrants(engine, slug):
        if one.prize:
            click.echo(f"{one.place:>6}  {one.prize:<10}  {one.email or '(erased)'}")
    click.echo(f"The record is in {file}. Everybody sees it at {engine.settings.capture_url}/draw/{slug}.")


@contest.command("verify")
@click.argument("file", type=click.Path(exists=True, path_type=Path, dir_okay=False))
@click.option("--commitment", default="", help="The SHA-256 of the seed, as it was shown before the draw.")
@click.option("--digest", default="", help="The SHA-256 of the list of entries, as it was shown before the draw.")
def verify(file: Path, commitment: str, digest: str) -> None:
    """Reckon a draw again from its record FILE, and say whether it is true. Needs no site and no database."""
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise ValueError
        found = json.loads(file.read_text(encoding="utf-8"))
        wrong = faults(found, commitment, digest)
    except (ValueError, RecursionError):
        wrong = ["this is not JSON in UTF-8, or far too long"]
    if wrong:
        raise click.ClickException("\n".join((f"{file} is not a true record:", *(f"- {fault}." for fault in wrong))))
    won = ", ".join(found["winners"])
    click.echo(f"True: {_entries(len(found['entries']))}, drawn as the record says. Won by {won}.")
    if not commitment:
        click.echo("Compare the commitment, too, with the one shown before the draw: --commitment SHA256.")


def _line(one: Shown) -> str:
    state = "drawn" if one.record else "over" if one.is_over else "open"
    ends = f"{one.contest.ends_at:%Y-%m-%d %H:%M} UTC"
    return f"{one.slug:<30}  {state:<5}  ends {ends}  {one.people} people, {_entries(one.count)}"


def _plain(one: Shown) -> dict[str, Any]:
    return {
        "contest": one.slug,
        "title": one.title,
        "ends_at": one.contest.ends_at.isoformat(),
        "is_over": one.is_over,
        "is_drawn": bool(one.record),
        "people": one.people,
        "entries": one.count,
        "commitment": one.commitment,
    }


def _entrant(one: Entrant) -> dict[str, Any]:
    entry = one.entry
    withdrawn = entry.withdrawn_at.isoformat() if entry.withdrawn_at else None
    about = {"entry": str(entry.id), "email": one.email, "state": one.state, "why": entry.why}
    return {**about, "at": entry.at.isoformat(), "withdrawn_at": withdrawn, "place": one.place, "prize": one.prize}


def _entrant_line(one: Entrant) -> str:
    note = "withdrawn" if one.entry.withdrawn_at and not one.place else one.prize
    place = str(one.place or "-")
    return f"{place:>6}  {one.entry.id}  {one.entry.why:<8}  {note:<10}  {one.email or '(erased)'}"


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"


@contextmanager
def _refused() -> Iterator[None]:
    try:
        yield
    except ContestRefused as refused:
        raise click.ClickException(f"{refused} {refused.cure}") from None

"""Notes on dates, on the command line."""

from __future__ import annotations

import json
from uuid import UUID

import click

from gatepost.actions import noting
from gatepost.cli.wiring import engine_without_links
from gatepost.engine import Engine
from gatepost.report.noted import Note

# Less of an id would fit too many: it begins with the time.
SHORTEST = 8


@click.group()
def notes() -> None:
    """Notes on dates: what happened on a day, shown beside the charts."""


@notes.command("add")
@click.argument("day")
@click.argument("text")
@click.option("--article", default="", metavar="SLUG", help="About this article alone.")
def add(day: str, text: str, article: str) -> None:
    """Note TEXT on DAY (as 2026-11-23)."""
    try:
        made = noting.add(engine_without_links(upgrade=True), noting.Typed(day, text, article))
    except noting.NoteRefused as refused:
        raise click.UsageError(str(refused)) from None
    click.echo(f"Noted for {made.day}: {made.text}")


@notes.command("list")
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of words.")
def list_(as_json: bool) -> None:
    """Every note, the latest day first."""
    found = _all(engine_without_links())
    for note in found:
        click.echo(json.dumps(_row(note), ensure_ascii=False) if as_json else _line(note))
    if not found and not as_json:
        click.echo("There is no note. Make one with: gatepost notes add DAY TEXT")


@notes.command("remove")
@click.argument("note_id", metavar="ID")
def remove(note_id: str) -> None:
    """Take the note ID away; of its id as many characters are enough as fit no other, eight at least."""
    wired, typed = engine_without_links(), note_id.lower().replace("-", "")
    fitting = [note for note in _all(wired) if len(typed) >= SHORTEST and note.id.hex.startswith(typed)]
    if len(fitting) != 1:
        problem = "Several notes have ids that begin so" if fitting else "No note has this id"
        raise click.ClickException(f"{problem}. `gatepost notes list` shows every one.")
    noting.remove(wired, UUID(fitting[0].id.hex))
    click.echo(f"Taken away: {fitting[0].says}")


def _all(wired: Engine) -> list[Note]:
    found, total = noting.listed(wired.database)
    pages = range(2, -(-total // noting.PAGE) + 1)
    return [*found, *(note for page in pages for note in noting.listed(wired.database, page)[0])]


def _row(note: Note) -> dict[str, str]:
    return {"id": str(note.id), "day": note.day.isoformat(), "article": note.article, "text": note.text}


def _line(note: Note) -> str:
    return f"{note.id}  {note.day}  {f'({note.article}) ' if note.article else ''}{note.text}"

"""Noting: what happened on a day, so that a peak or a dip in a chart has its reason beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gatepost.engine import Engine
from gatepost.report.noted import Note, typed_day, typed_text
from gatepost.report.span import Span
from gatepost.store import Database, notes

# Notes on one page, and beside one chart.
PAGE, MOST = 50, 20


class NoteRefused(Exception):
    """Something typed that cannot be kept. `mistakes` names each by its field: "day", "text", "article"."""

    cure = "Correct it and send it again; nothing was kept."

    def __init__(self, mistakes: Mapping[str, str]):
        super().__init__(" ".join(mistakes.values()))
        self.mistakes = mistakes


class NoteUnknown(Exception):
    """No note has this id."""

    cure = "The list of notes shows those there are."

    def __init__(self) -> None:
        super().__init__("There is no such note; perhaps it was taken away already.")


@dataclass(frozen=True)
class Typed:
    """A note as somebody typed it; `article` is a slug, "" for the whole site."""

    day: str = ""
    text: str = ""
    article: str = ""


def add(engine: Engine, typed: Typed) -> Note:
    """Keep a new note. Raises NoteRefused, DatabaseUnreachable; CatalogueMissing where an article is named."""
    day, text, article = _read(engine, typed)
    note = Note(engine.new_id(), day, text, engine.now(), article)
    with engine.database.writing() as tx:
        notes.add(tx, note)
    return note


def change(engine: Engine, note_id: UUID, typed: Typed) -> Note:
    """Correct a note; the article it is about may have gone meanwhile. Raises as `add`, and NoteUnknown."""
    before = one(engine.database, note_id)
    day, text, article = _read(engine, typed, known=before.article)
    note = Note(note_id, day, text, before.made_at, article)
    with engine.database.writing() as tx:
        if not notes.change(tx, note):
            raise NoteUnknown
    return note


def remove(engine: Engine, note_id: UUID) -> None:
    """Take a note away. Raises NoteUnknown, DatabaseUnreachable."""
    with engine.database.writing() as tx:
        if not notes.remove(tx, note_id):
            raise NoteUnknown


def one(database: Database, note_id: UUID) -> Note:
    """The note of this id. Raises NoteUnknown, DatabaseUnreachable."""
    with database.reading() as tx:
        found = notes.by_id(tx, note_id)
    if found is None:
        raise NoteUnknown
    return found


def listed(database: Database, page: int = 1) -> tuple[list[Note], int]:
    """One page of notes, the latest day first, and how many there are. Raises DatabaseUnreachable."""
    with database.reading() as tx:
        return notes.page(tx, skip=(page - 1) * PAGE, size=PAGE), notes.count(tx)


def within(database: Database, span: Span, article: str | None = "") -> list[Note]:
    """The latest notes of a span in the order of days, MOST at most: of the whole site, and of `article` where one is named;
    None for those of every article.

    Raises DatabaseUnreachable.
    """
    with database.reading() as tx:
        return notes.within(tx, span, article, MOST)


def _read(engine: Engine, typed: Typed, known: str = "") -> tuple[date, str, str]:
    day, no_day = typed_day(typed.day, engine.now().date())
    text, no_text = typed_text(typed.text)
    article, no_article = typed.article.strip(), ""
    if article not in ("", known) and article not in engine.catalogue.articles:
        no_article = f"There is no article “{article}”; take the last part of its address, or leave this empty."
    mistakes = {"day": no_day, "text": no_text, "article": no_article}
    if day is None or no_text or no_article:
        raise NoteRefused({field: says for field, says in mistakes.items() if says})
    return day, text, article

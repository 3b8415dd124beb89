"""Notes on dates."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from sqlalchemy import Connection, delete, func, insert, select, update

from gatepost.report.noted import Note
from gatepost.report.span import Span
from gatepost.store import periods
from gatepost.store import tables as t

_c = t.note.c


def add(tx: Connection, note: Note) -> None:
    """Keep a new note."""
    tx.execute(insert(t.note), [asdict(note)])


def change(tx: Connection, note: Note) -> bool:
    """Give a note another day, article or text; False where there is none of this id."""
    changed = update(t.note).where(_c.id == note.id).values(day=note.day, article=note.article, text=note.text)
    return bool(tx.execute(changed).rowcount)


def remove(tx: Connection, note_id: UUID) -> bool:
    """Take a note away; False where there is none of this id."""
    return bool(tx.execute(delete(t.note).where(_c.id == note_id)).rowcount)


def by_id(tx: Connection, note_id: UUID) -> Note | None:
    """The note of this id."""
    row = tx.execute(select(t.note).where(_c.id == note_id)).first()
    return Note(**row._mapping) if row else None


def count(tx: Connection) -> int:
    """How many notes there are."""
    return int(tx.execute(select(func.count()).select_from(t.note)).scalar() or 0)


def page(tx: Connection, *, skip: int, size: int) -> list[Note]:
    """Notes, the latest day first."""
    query = select(t.note).order_by(_c.day.desc(), _c.made_at.desc(), _c.id).offset(skip).limit(size)
    return [Note(**row._mapping) for row in tx.execute(query)]


def within(tx: Connection, span: Span, article: str | None, most: int) -> list[Note]:
    """The latest notes of a span, in the order of days: of the whole site, and of one article beside them; None for every note."""
    query = (
        select(t.note)
        .where(*([] if article is None else [_c.article.in_({"", article})]), *periods.days_within(_c.day, span))
        .order_by(_c.day.desc(), _c.made_at.desc(), _c.id)
        .limit(most)
    )
    return [Note(**row._mapping) for row in tx.execute(query)][::-1]

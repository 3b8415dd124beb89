"""What readers answered: kept with the request, gone with the person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, select

from gatepost.store import tables as t
from gatepost.store.upsert import insert_all

_ADD_ANSWER = insert_all(t.answer)


def add(tx: Connection, signup_id: UUID, answers: Mapping[str, tuple[str, ...]]) -> None:
    """Keep what was answered with a request, by the key of each question."""
    rows = [
        {"signup_id": signup_id, "question": key, "place": place, "text": text}
        for key, texts in answers.items()
        for place, text in enumerate(texts)
    ]
    if rows:
        _ADD_ANSWER.run(tx, rows)


def of(tx: Connection, signup_id: UUID) -> dict[str, tuple[str, ...]]:
    """What was answered with a request."""
    found: dict[str, tuple[str, ...]] = {}
    query = select(t.answer).where(t.answer.c.signup_id == signup_id).order_by(t.answer.c.question, t.answer.c.place)
    for row in tx.execute(query):
        found[row.question] = (*found.get(row.question, ()), row.text)
    return found


def drop_unconfirmed(tx: Connection, before: datetime) -> int:
    """Delete answers of requests never confirmed, asked for before a time; returns how many texts went.

    They may be anybody's words under an address that is another's.
    """
    old = select(t.signup.c.id).where(t.signup.c.confirmed_at.is_(None), t.signup.c.requested_at < before)
    return tx.execute(delete(t.answer).where(t.answer.c.signup_id.in_(old))).rowcount


def forget(tx: Connection, lead_id: UUID) -> None:
    """A person's own words go with them."""
    theirs = select(t.signup.c.id).where(t.signup.c.lead_id == lead_id)
    tx.execute(delete(t.answer).where(t.answer.c.signup_id.in_(theirs)))

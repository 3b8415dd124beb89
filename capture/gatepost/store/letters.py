"""Letters as they fared: by kind and state, what waits, and what mail servers answered. No address leaves this place."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import Connection, func, or_, select

from gatepost.report.posted import LetterCount, Refusal, Sent
from gatepost.report.span import ALL_TIME, Span
from gatepost.store import periods
from gatepost.store import tables as t

_box = t.outbox.c


def by_kind(tx: Connection, span: Span = ALL_TIME) -> tuple[LetterCount, ...]:
    """Letters owed in a span, by kind and state. Read from one index alone."""
    query = select(_box.letter, _box.state, func.count())
    rows = tx.execute(
        query.where(*periods.moments_within(_box.created_at, span))
        .group_by(_box.letter, _box.state)
        .order_by(_box.letter, _box.state)
    )
    return tuple(LetterCount(letter, state, int(count)) for letter, state, count in rows)


def overdue(tx: Connection, before: datetime) -> int:
    """How many letters should have been tried before a time."""
    waiting = (_box.state == "queued") & (_box.due_at < before)
    left_lying = (_box.state == "sending") & (_box.leased_until < before)
    return int(tx.execute(select(func.count()).where(or_(waiting, left_lying))).scalar_one())


def oldest_due(tx: Connection, now: datetime) -> datetime | None:
    """When the letter was due that has waited longest; None where none waits. What is due later does not wait."""
    query = select(func.min(_box.due_at)).where(_box.state == "queued", _box.due_at <= now)
    found: datetime | None = tx.execute(query).scalar()
    return found


def refusals(tx: Connection, span: Span, most: int) -> tuple[Refusal, ...]:
    """The latest letters that failed, and those that wait after a try, `most` of each at the most."""
    found: list[Refusal] = []
    for state, *tried in (("failed",), ("queued", _box.tries > 0)):
        query = (
            select(_box.state, _box.letter, _box.answer, _box.tries, _box.lead_id, t.lead.c.email)
            .outerjoin(t.lead, t.lead.c.id == _box.lead_id)
            .where(_box.state == state, *tried, *periods.moments_within(_box.created_at, span))
            .order_by(_box.due_at.desc())
            .limit(most)
        )
        found += [
            Refusal(state, letter, _without(answer, email or ""), int(tries), lead_id, _domain(email or ""))
            for state, letter, answer, tries, lead_id, email in tx.execute(query)
        ]
    return tuple(found)


def sent(tx: Connection, span: Span, most: int) -> tuple[Sent, ...]:
    """The latest letters that went out, `most` at the most."""
    query = (
        select(_box.due_at, _box.sent_at, _box.tries)
        .where(_box.state == "sent", *periods.moments_within(_box.created_at, span))
        .order_by(_box.due_at.desc())
        .limit(most)
    )
    return tuple(Sent((at - due).total_seconds(), int(tries), at) for due, at, tries in tx.execute(query) if at)


def _without(answer: str, email: str) -> str:
    """An answer that does not name its letter box: servers write "user ada unknown", too."""
    box = email.rpartition("@")[0]
    return re.sub(rf"\b{re.escape(box)}\b", "(address)", answer, flags=re.IGNORECASE) if box else answer


def _domain(email: str) -> str:
    return email.rpartition("@")[2].lower() if "@" in email else ""

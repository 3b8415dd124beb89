"""What a survey brought: counts made by the database, and the answers themselves a page at a time.

Of a person who answered twice the last confirmed answers count. `since` bounds confirmations; for requests, these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Subquery, case, distinct, func, select

from gatepost.report.surveys import Given, Took
from gatepost.store import tables as t

_s, _a = t.signup.c, t.answer.c


def people(tx: Connection, offer: str, since: date | None = None) -> Took:
    """How many took part."""
    asked = select(func.count(distinct(_s.lead_id))).where(_s.offer == offer, *_from(_s.requested_at, since))
    counting = _counting(offer, since)
    once = select(
        func.count(),
        func.coalesce(func.sum(_one(counting.c.times > 1)), 0),
        func.coalesce(func.sum(_one(t.lead.c.state == "erased")), 0),
    ).select_from(counting.join(t.lead, t.lead.c.id == counting.c.lead_id))
    confirmed, again, erased = tx.execute(once.where(counting.c.nth == 1)).one()
    return Took(int(tx.execute(asked).scalar_one()), int(confirmed), int(again), int(erased))


def answered(tx: Connection, offer: str, since: date | None = None) -> dict[str, int]:
    """How many people answered each question, by its key: also of questions that are no longer asked."""
    counting = _counting(offer, since)
    # Whoever gave several answers to a question gave a first one.
    query = select(_a.question, func.count()).select_from(_joined(counting)).where(_a.place == 0)
    return {key: int(n) for key, n in tx.execute(query.where(counting.c.nth == 1).group_by(_a.question))}


def offered(tx: Connection) -> list[str]:
    """The slug of every survey that somebody asked to take part in, whether or not it is published."""
    return list(tx.execute(select(_s.offer).where(_s.kind == "survey").distinct().order_by(_s.offer)).scalars())


def counts(
    tx: Connection, offer: str, keys: Collection[str], since: date | None = None, *, most: int | None = None
) -> dict[str, dict[str, int]]:
    """How many people gave each answer to these questions, most first; `most` answers altogether."""
    counting = _counting(offer, since)
    query = select(_a.question, _a.text, func.count().label("n")).select_from(_joined(counting))
    query = query.where(counting.c.nth == 1, _a.question.in_(keys)).group_by(_a.question, _a.text)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for key, text, n in tx.execute(query.order_by(_a.question, func.count().desc(), _a.text).limit(most)):
        found[key][text] = int(n)
    return dict(found)


def given(
    tx: Connection,
    offer: str,
    since: date | None = None,
    *,
    question: str = "",
    answer: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[Given]:
    """The answers that count, newest first: of everybody, of who answered a question, or of who gave one answer."""
    counting = _counting(offer, since)
    query = (
        select(counting, t.lead.c.email)
        .join_from(counting, t.lead, t.lead.c.id == counting.c.lead_id)
        .where(counting.c.nth == 1)
    )
    if question:
        query = query.where(counting.c.id.in_(_who_answered(question, answer)))
    rows = tx.execute(query.order_by(counting.c.confirmed_at.desc(), counting.c.id).limit(limit).offset(offset)).all()
    texts = _texts(tx, [row.id for row in rows])
    return [
        Given(row.lead_id, row.email, row.article, row.channel, row.confirmed_at, row.times, texts.get(row.id, {}))
        for row in rows
    ]


def _who_answered(question: str, answer: str | None) -> Any:
    query = select(_a.signup_id).where(_a.question == question)
    return query if answer is None else query.where(_a.text == answer)


def _texts(tx: Connection, ids: Sequence[UUID]) -> dict[UUID, dict[str, tuple[str, ...]]]:
    found: dict[UUID, dict[str, tuple[str, ...]]] = defaultdict(dict)
    # In portions: a database takes so many values in one statement.
    for start in range(0, len(ids), 500):
        query = select(t.answer).where(_a.signup_id.in_(ids[start : start + 500]))
        for row in tx.execute(query.order_by(_a.signup_id, _a.question, _a.place)):
            before = found[row.signup_id].get(row.question, ())
            found[row.signup_id][row.question] = (*before, row.text)
    return found


def _counting(offer: str, since: date | None) -> Subquery:
    """Confirmed requests, those of one lead numbered from the newest: number one is the one that counts."""
    newest_first = func.row_number().over(partition_by=_s.lead_id, order_by=(_s.confirmed_at.desc(), _s.id.desc()))
    times = func.count().over(partition_by=_s.lead_id)
    columns = (_s.id, _s.lead_id, _s.article, _s.channel, _s.confirmed_at)
    query = select(*columns, newest_first.label("nth"), times.label("times"))
    return query.where(_s.offer == offer, _s.confirmed_at.is_not(None), *_from(_s.confirmed_at, since)).subquery()


def _joined(counting: Subquery) -> Any:
    return counting.join(t.answer, _a.signup_id == counting.c.id)


def _from(column: ColumnElement[Any], since: date | None) -> list[ColumnElement[bool]]:
    return [column >= datetime.combine(since, time(), UTC)] if since else []


def _one(is_so: ColumnElement[bool]) -> ColumnElement[int]:
    return case((is_so, 1), else_=0)

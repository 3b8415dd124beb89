"""Requests with their journeys: the people behind a number, and the confirmed ones that credit is reckoned from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Row,
    Select,
    Subquery,
    and_,
    case,
    distinct,
    func,
    or_,
    select,
    true,
    type_coerce,
    union,
)
from sqlalchemy.types import NullType

from gatepost.journey import Touch
from gatepost.offers import Money
from gatepost.report import Request
from gatepost.report.span import ALL_TIME, Span
from gatepost.store import periods, sums
from gatepost.store import tables as t

_s = t.signup.c
_MANY = 2000


# From so many requests on it is quicker to look at the newest ones than to list all.
def requests(
    tx: Connection, span: Span = ALL_TIME, *, article: str = "", offer: str = "", most: int, skip: int = 0
) -> tuple[list[Request], int]:
    """Requests, newest first, with journeys; and how many there are in all.

    `article` keeps those made on it and those whose journey holds it, `offer` those for one offer.
    """
    only = [_within(span), *([_s.offer == offer] if offer else [])]
    in_all = _how_many(tx, only, span, article)
    if article:
        # Of an article in many journeys the newest are soon met; of one in few, these are soon listed.
        only.append(_holding(article) if in_all > _MANY else _s.id.in_(_of_article(article)))
    newest = select(_s.id, _s.lead_id).where(*only).order_by(_s.requested_at.desc(), _s.id.desc())
    shown = tx.execute(newest.limit(most).offset(skip)).all()
    return _numbered(tx, shown), int(in_all)


def through(
    tx: Connection, span: Span = ALL_TIME, *, channel: str, most: int, skip: int = 0
) -> tuple[list[Request], int]:
    """The conversions counted under a channel, the newest confirmed first; and how many there are in all.

    The owner's word on where a lead came from goes before the request's own channel.
    """
    in_all = sum(count for name, _, count, _ in sums.origins(tx, span) if name == channel)
    if in_all <= skip:
        return [], in_all
    other = t.signup.alias().c
    before = or_(other.confirmed_at < _s.confirmed_at, and_(other.confirmed_at == _s.confirmed_at, other.id < _s.id))
    is_first = ~select(other.id).where(other.lead_id == _s.lead_id, before).exists()
    origin = func.coalesce(func.nullif(t.lead.c.channel, ""), _s.channel)
    newest = select(_s.id, _s.lead_id).join_from(t.signup, t.lead).where(origin == channel, _confirmed(span), is_first)
    shown = tx.execute(newest.order_by(_s.confirmed_at.desc(), _s.id.desc()).limit(most).offset(skip)).all()
    return _numbered(tx, shown), in_all


def _numbered(tx: Connection, shown: Sequence[Any]) -> list[Request]:
    # Numbered within their leads: only these are looked at again.
    nth = _in_order(_s.lead_id.in_({row.lead_id for row in shown}))
    rows = tx.execute(_requests(nth).where(nth.c.id.in_([row.id for row in shown]))).all()
    place = {row.id: number for number, row in enumerate(shown)}
    return _with_journeys(tx, sorted(rows, key=lambda row: place[row.id]))


def _how_many(tx: Connection, only: Sequence[ColumnElement[bool]], span: Span, article: str) -> int:
    count = select(func.count()).select_from(t.signup)
    if not article:
        return int(tx.execute(count.where(*only)).scalar_one())
    if not span.is_all:
        return int(tx.execute(count.where(_holding(article), *only)).scalar_one())
    # Two looks at indexes take a fraction of a union.
    touched = select(func.count(distinct(t.touch.c.signup_id))).join_from(t.touch, t.signup)
    elsewhere = (_s.article == article, ~_touched(article))
    bare = select(func.count(distinct(t.touch.c.signup_id))) if len(only) == 1 else touched.where(*only)
    many = tx.execute(bare.where(t.touch.c.article == article)).scalar_one()
    return int(many + tx.execute(count.where(*elsewhere, *only)).scalar_one())


def _holding(article: str) -> ColumnElement[bool]:
    return or_(_s.article == article, _touched(article))


def _touched(article: str) -> ColumnElement[bool]:
    return select(t.touch.c.place).where(t.touch.c.signup_id == _s.id, t.touch.c.article == article).exists()


def confirmed(tx: Connection, after: UUID | None = None, *, most: int = 2000) -> list[Request]:
    """Confirmed requests with their journeys of the next `most` leads after a lead's id; a lead's own, oldest first."""
    some = select(_s.lead_id).where(_confirmed(ALL_TIME)).distinct().order_by(_s.lead_id).limit(most)
    ids = tx.execute(some.where(_s.lead_id > after) if after else some).scalars().all()
    return _confirmed_between(tx, _s.lead_id.between(ids[0], ids[-1])) if ids else []


def confirmed_of(tx: Connection, leads: Sequence[UUID]) -> list[Request]:
    """Confirmed requests with their journeys of these leads; a lead's own, oldest first."""
    return _confirmed_between(tx, _s.lead_id.in_(leads))


def _confirmed_between(tx: Connection, theirs: ColumnElement[bool]) -> list[Request]:
    nth = _in_order(theirs, _confirmed(ALL_TIME))
    rows = tx.execute(_requests(nth).order_by(nth.c.lead_id, nth.c.nth)).all()
    touches = _touches().join_from(t.touch, t.signup).where(theirs, _confirmed(ALL_TIME))
    journeys = _journeys(tx, touches)
    return [_request(row, journeys.get(row.key, ())) for row in rows]


def _confirmed(span: Span, c: Any = _s) -> ColumnElement[bool]:
    return and_(c.confirmed_at.is_not(None), *periods.moments_within(c.confirmed_at, span))


def _asked_within(span: Span, c: Any = _s) -> ColumnElement[bool]:
    return and_(c.requested_at.is_not(None), *periods.moments_within(c.requested_at, span))


def _within(span: Span, c: Any = _s) -> ColumnElement[bool]:
    return true() if span.is_all else or_(_asked_within(span, c), _confirmed(span, c))


def _of_article(article: str) -> CompoundSelect[tuple[UUID]]:
    return union(
        select(_s.id).where(_s.article == article),
        select(t.touch.c.signup_id).where(t.touch.c.article == article),
    )


def _in_order(*only: ColumnElement[bool]) -> Subquery:
    """Signups numbered within their lead, confirmed ones first and oldest first: number one is the conversion."""
    order = (case((_s.confirmed_at.is_(None), 1), else_=0), _s.confirmed_at, _s.id)
    numbered = select(t.signup, func.row_number().over(partition_by=_s.lead_id, order_by=order).label("nth"))
    return numbered.where(*only).subquery()


def _requests(nth: Subquery) -> Select[Any]:
    theirs = (t.lead.c.email, t.lead.c.state, t.lead.c.channel.label("lead_channel"))
    return select(nth, _key(nth.c.id), *theirs).join_from(nth, t.lead, nth.c.lead_id == t.lead.c.id)


def _with_journeys(tx: Connection, rows: Sequence[Row[Any]]) -> list[Request]:
    ids = [row.id for row in rows]
    journeys = _journeys(tx, _touches().where(t.touch.c.signup_id.in_(ids)))
    return [_request(row, journeys.get(row.key, ())) for row in rows]


def _touches() -> Select[Any]:
    c = t.touch.c
    return select(_key(c.signup_id), c.at, c.article, c.channel, c.rung, c.suspect).order_by(c.signup_id, c.place)


def _key(signup_id: ColumnElement[UUID]) -> ColumnElement[Any]:
    # As the database holds it: to make an id of each touch would take longer than the query.
    return type_coerce(signup_id, NullType()).label("key")


def _journeys(tx: Connection, query: Select[Any]) -> dict[Any, tuple[Touch, ...]]:
    found: dict[Any, list[Touch]] = defaultdict(list)
    for key, *touch in tx.execute(query):
        found[key].append(Touch(*touch))
    return {key: tuple(touches) for key, touches in found.items()}


def _request(row: Row[Any], journey: tuple[Touch, ...]) -> Request:
    return Request(
        signup_id=row.id,
        lead_id=row.lead_id,
        email=row.email,
        state=row.state,
        offer=row.offer,
        article=row.article,
        channel=row.channel,
        value=Money(row.value_amount, row.value_currency) if row.value_amount is not None else None,
        requested_at=row.requested_at,
        confirmed_at=row.confirmed_at,
        converts=row.nth == 1 and row.confirmed_at is not None,
        journey=journey,
        forgetful=row.forgetful,
        lead_channel=row.lead_channel,
    )

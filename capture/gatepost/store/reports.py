"""What a report reads: counters summed by the database, and the leads. How many queries does not depend on how much there is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
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
from gatepost.report import ChannelCount, Counted, CreditSums, DayCount, Facts, People, Request, Steps
from gatepost.report.span import ALL_TIME, Span
from gatepost.store import counted, money, periods, sums
from gatepost.store import people as known
from gatepost.store import tables as t

_s = t.signup.c


def facts(tx: Connection, span: Span = ALL_TIME, *, model: str = "") -> Facts:
    """Everything a report is made of, from sums. `span` bounds days, requests and confirmations alike.

    Only for the Markov model are its steps read.
    """
    # What the Markov model shares out is what journeys ended with.
    money_of = ("last",) if model == "markov" else (model,) if model else ()
    credit = sums.credit(tx, "lead", span, money_of=money_of)
    return Facts(
        rungs=rungs(tx, span),
        asked=known.asked(tx, span),
        helped=sums.helped(tx, span),
        people=people(tx, span),
        dropped=dropped(tx, span),
        credit=credit,
        deals=sums.credit(tx, "deal", span, money_of=money_of),
        coverage=sums.coverage(tx, span),
        spend=money.spend_by_article(tx, span),
        channels=_channels(tx, span),
        steps=Steps(counted.pairs(tx, span), _endings(credit)) if model == "markov" else None,
    )


def rungs(
    tx: Connection, span: Span = ALL_TIME, *, article: str = "", offer: str = ""
) -> dict[str, dict[str, Counted]]:
    """Beacons by article and rung; of one article or one offer where those are named."""
    if not offer:
        return counted.rungs(tx, span, article)
    c = t.touch_day.c
    query = select(c.article, c.rung, func.sum(c.count), func.sum(c.firsts)).group_by(c.article, c.rung)
    return counted.by_article(tx.execute(query.where(*_counted(span, article, offer))))


def _channels(tx: Connection, span: Span) -> tuple[ChannelCount, ...]:
    reads = counted.reads_by_channel(tx, span)
    known = {one.channel: one for one in money.channel_counts(tx, span)}
    names = sorted(reads.keys() | known.keys())
    return tuple(replace(known.get(name, ChannelCount(name)), reads=reads.get(name, 0)) for name in names)


def _endings(credit: CreditSums) -> dict[str, float]:
    # Where a journey ended is what the model of the last touch says.
    return {article: given.shares for article, given in credit.get("last", {}).items() if article}


def _counted(span: Span, article: str, offer: str) -> list[ColumnElement[bool]]:
    """Which of the counters are meant."""
    c = t.touch_day.c
    only = periods.days_within(c.day, span)
    only += [c.article == article] if article else []
    return [*only, c.offer == offer] if offer else only


def people(tx: Connection, span: Span = ALL_TIME, *, article: str = "", offer: str = "") -> People:
    """People that asked, confirmed and downloaded for the first time; of one article or one offer where those are named."""
    if article and offer:
        return _of_both(tx, span, article, offer)
    return known.asking(tx, span, article=article or None, offer=offer)


def _of_both(tx: Connection, span: Span, article: str, offer: str) -> People:
    only = (_s.article == article, _s.offer == offer)
    first = {
        "requested": select(func.min(_s.requested_at).label("at")).where(*only).group_by(_s.lead_id),
        "confirmed": select(func.min(_s.confirmed_at).label("at")).where(*only).group_by(_s.lead_id),
        "downloaded": select(func.min(t.download.c.at).label("at"))
        .select_from(t.download.join(t.grant).join(t.signup, t.grant.c.signup_id == _s.id))
        .where(t.download.c.by == "reader", *only)
        .group_by(t.grant.c.lead_id),
    }
    found = {}
    for name, query in first.items():
        firsts = query.subquery().c
        many = select(func.count()).where(firsts.at.is_not(None), *periods.moments_within(firsts.at, span))
        found[name] = int(tx.execute(many).scalar_one())
    return People(**found)


def requests(
    tx: Connection, span: Span = ALL_TIME, *, article: str = "", offer: str = "", most: int, skip: int = 0
) -> tuple[list[Request], int]:
    """Requests, newest first, with journeys; and how many there are in all.

    `article` keeps those made on it and those whose journey holds it, `offer` those for one offer.
    """
    nth = _in_order()
    only = [_within(span, nth.c)]
    only += [nth.c.id.in_(_of_article(article))] if article else []
    only += [nth.c.offer == offer] if offer else []
    in_all = tx.execute(select(func.count()).select_from(nth).where(*only)).scalar_one()
    newest = (nth.c.requested_at.desc(), nth.c.id.desc())
    rows = tx.execute(_requests(nth).where(*only).order_by(*newest).limit(most).offset(skip)).all()
    return _with_journeys(tx, rows), int(in_all)


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


def days(tx: Connection, span: Span = ALL_TIME, *, article: str = "", offer: str = "") -> list[DayCount]:
    """Counters by day and rung, newest day first; of one article or one offer where those are named."""
    c = t.touch_day.c
    query = select(c.day, c.rung, func.sum(c.count), func.sum(c.firsts)).group_by(c.day, c.rung)
    query = query.where(*_counted(span, article, offer))
    rows = tx.execute(query.order_by(c.day.desc(), c.rung))
    return [DayCount(day, rung, int(count), int(firsts)) for day, rung, count, firsts in rows]


def dropped_days(tx: Connection, span: Span = ALL_TIME) -> list[tuple[date, str, int]]:
    """What was refused, by day and reason, newest day first."""
    c = t.dropped_day.c
    query = select(c.day, c.reason, c.count).order_by(c.day.desc(), c.reason)
    rows = tx.execute(query.where(*periods.days_within(c.day, span)))
    return [(day, reason, int(count)) for day, reason, count in rows]


def dropped(tx: Connection, span: Span) -> dict[str, int]:
    """How much was refused, by reason."""
    c = t.dropped_day.c
    query = select(c.reason, func.sum(c.count)).group_by(c.reason)
    query = query.where(*periods.days_within(c.day, span))
    return {reason: int(count) for reason, count in tx.execute(query)}


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

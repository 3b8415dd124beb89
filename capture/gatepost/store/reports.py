"""What a report reads: counters summed by the database, and the leads. How many queries does not depend on how much there is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
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
from gatepost.report import ChannelCount, Counted, CreditSums, DayCount, Facts, People, Request, Steps
from gatepost.store import counted, money, sums
from gatepost.store import tables as t

_s = t.signup.c


def facts(tx: Connection, since: date | None = None, *, model: str = "") -> Facts:
    """Everything a report is made of, from sums. `since` bounds days, requests and confirmations alike.

    Only for the Markov model are its steps read.
    """
    # What the Markov model shares out is what journeys ended with.
    money_of = ("last",) if model == "markov" else (model,) if model else ()
    credit = sums.credit(tx, "lead", since, money_of=money_of)
    return Facts(
        rungs=rungs(tx, since),
        asked=_asked(tx, since),
        helped=sums.helped(tx, since),
        people=people(tx, since),
        dropped=_dropped(tx, since),
        credit=credit,
        deals=sums.credit(tx, "deal", since, money_of=money_of),
        coverage=sums.coverage(tx, since),
        spend=money.spend_by_article(tx, since),
        channels=_channels(tx, since),
        steps=Steps(counted.pairs(tx, since), _endings(credit)) if model == "markov" else None,
    )


def rungs(
    tx: Connection, since: date | None = None, *, article: str = "", offer: str = ""
) -> dict[str, dict[str, Counted]]:
    """Beacons by article and rung; of one article or one offer where those are named."""
    if not offer:
        return counted.rungs(tx, since, article)
    c = t.touch_day.c
    query = select(c.article, c.rung, func.sum(c.count), func.sum(c.firsts)).group_by(c.article, c.rung)
    return counted.by_article(tx.execute(query.where(*_counted(since, article, offer))))


def _channels(tx: Connection, since: date | None) -> tuple[ChannelCount, ...]:
    reads = counted.reads_by_channel(tx, since)
    known = {one.channel: one for one in money.channel_counts(tx, since)}
    names = sorted(reads.keys() | known.keys())
    return tuple(replace(known.get(name, ChannelCount(name)), reads=reads.get(name, 0)) for name in names)


def _endings(credit: CreditSums) -> dict[str, float]:
    # Where a journey ended is what the model of the last touch says.
    return {article: given.shares for article, given in credit.get("last", {}).items() if article}


def _counted(since: date | None, article: str, offer: str) -> list[ColumnElement[bool]]:
    """Which of the counters are meant."""
    c = t.touch_day.c
    only = [c.day >= since] if since else []
    only += [c.article == article] if article else []
    return [*only, c.offer == offer] if offer else only


def people(tx: Connection, since: date | None = None, *, article: str = "", offer: str = "") -> People:
    """Distinct leads that asked, confirmed and downloaded; of one article or one offer where those are named."""
    only = [_s.article == article] if article else []
    only += [_s.offer == offer] if offer else []
    requested, confirmed = _people_asking(tx, since, only)
    opens = t.download.join(t.grant)
    # Only what is asked of a request needs a look at it.
    opens = opens.join(t.signup, t.grant.c.signup_id == _s.id) if only else opens
    opened = (
        select(func.count(distinct(t.grant.c.lead_id))).select_from(opens).where(t.download.c.by == "reader", *only)
    )
    if since:
        opened = opened.where(t.download.c.at >= _midnight(since))
    return People(int(requested), int(confirmed), int(tx.execute(opened).scalar_one()))


def _people_asking(tx: Connection, since: date | None, only: Sequence[ColumnElement[bool]]) -> tuple[int, int]:
    # By lead first: a database counts different leads faster where they come in order than in a heap.
    has = [func.max(case((is_so, 1), else_=0)).label(name) for name, is_so in _asking(since).items()]
    by_lead = select(*has).where(_within(since), *only).group_by(_s.lead_id).subquery()
    found = tx.execute(select(func.sum(by_lead.c.requested), func.sum(by_lead.c.confirmed))).one()
    return int(found[0] or 0), int(found[1] or 0)


def requests(
    tx: Connection, since: date | None = None, *, article: str = "", offer: str = "", most: int, skip: int = 0
) -> tuple[list[Request], int]:
    """Requests, newest first, with journeys; and how many there are in all.

    `article` keeps those made on it and those whose journey holds it, `offer` those for one offer.
    """
    nth = _in_order()
    only = [_within(since, nth.c)]
    only += [nth.c.id.in_(_of_article(article))] if article else []
    only += [nth.c.offer == offer] if offer else []
    in_all = tx.execute(select(func.count()).select_from(nth).where(*only)).scalar_one()
    newest = (nth.c.requested_at.desc(), nth.c.id.desc())
    rows = tx.execute(_requests(nth).where(*only).order_by(*newest).limit(most).offset(skip)).all()
    return _with_journeys(tx, rows), int(in_all)


def confirmed(tx: Connection, after: UUID | None = None, *, most: int = 2000) -> list[Request]:
    """Confirmed requests with their journeys of the next `most` leads after a lead's id; a lead's own, oldest first."""
    some = select(_s.lead_id).where(_confirmed(None)).distinct().order_by(_s.lead_id).limit(most)
    ids = tx.execute(some.where(_s.lead_id > after) if after else some).scalars().all()
    return _confirmed_between(tx, _s.lead_id.between(ids[0], ids[-1])) if ids else []


def confirmed_of(tx: Connection, leads: Sequence[UUID]) -> list[Request]:
    """Confirmed requests with their journeys of these leads; a lead's own, oldest first."""
    return _confirmed_between(tx, _s.lead_id.in_(leads))


def _confirmed_between(tx: Connection, theirs: ColumnElement[bool]) -> list[Request]:
    nth = _in_order(theirs, _confirmed(None))
    rows = tx.execute(_requests(nth).order_by(nth.c.lead_id, nth.c.nth)).all()
    touches = _touches().join_from(t.touch, t.signup).where(theirs, _confirmed(None))
    journeys = _journeys(tx, touches)
    return [_request(row, journeys.get(row.key, ())) for row in rows]


def days(tx: Connection, since: date | None = None, *, article: str = "", offer: str = "") -> list[DayCount]:
    """Counters by day and rung, newest day first; of one article or one offer where those are named."""
    c = t.touch_day.c
    query = select(c.day, c.rung, func.sum(c.count), func.sum(c.firsts)).group_by(c.day, c.rung)
    query = query.where(*_counted(since, article, offer))
    rows = tx.execute(query.order_by(c.day.desc(), c.rung))
    return [DayCount(day, rung, int(count), int(firsts)) for day, rung, count, firsts in rows]


def dropped_days(tx: Connection, since: date | None = None) -> list[tuple[date, str, int]]:
    """What was refused, by day and reason, newest day first."""
    c = t.dropped_day.c
    query = select(c.day, c.reason, c.count).order_by(c.day.desc(), c.reason)
    rows = tx.execute(query.where(c.day >= since) if since else query)
    return [(day, reason, int(count)) for day, reason, count in rows]


def _asked(tx: Connection, since: date | None) -> dict[str, People]:
    # Since a day, the index by time is the short way; the bare name would lead SQLite along the one by article.
    article = _s.article + "" if since else _s.article
    query = select(article, *_distinct_leads(since)).where(_within(since)).group_by(article)
    return {slug: People(int(asked), int(confirmed)) for slug, asked, confirmed in tx.execute(query)}


def _dropped(tx: Connection, since: date | None) -> dict[str, int]:
    c = t.dropped_day.c
    query = select(c.reason, func.sum(c.count)).group_by(c.reason)
    if since:
        query = query.where(c.day >= since)
    return {reason: int(count) for reason, count in tx.execute(query)}


def _midnight(since: date) -> datetime:
    return datetime.combine(since, time(), UTC)


def _confirmed(since: date | None, c: Any = _s) -> ColumnElement[bool]:
    found: ColumnElement[bool] = c.confirmed_at.is_not(None)
    return and_(found, c.confirmed_at >= _midnight(since)) if since else found


def _asked_within(since: date | None, c: Any = _s) -> ColumnElement[bool]:
    found: ColumnElement[bool] = c.requested_at.is_not(None)
    return and_(found, c.requested_at >= _midnight(since)) if since else found


def _within(since: date | None, c: Any = _s) -> ColumnElement[bool]:
    return true() if since is None else or_(_asked_within(since, c), _confirmed(since, c))


def _distinct_leads(since: date | None) -> list[ColumnElement[int]]:
    return [func.count(distinct(case((is_so, _s.lead_id)))) for is_so in _asking(since).values()]


def _asking(since: date | None) -> dict[str, ColumnElement[bool]]:
    # All of them asked: without a day there is no need to look when.
    return {"requested": _asked_within(since) if since else true(), "confirmed": _confirmed(since)}


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

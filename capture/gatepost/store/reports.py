"""What a report reads: counters summed by the database, and the leads. How many queries does not depend on how much there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    func,
    literal,
    select,
)

from gatepost.report import ChannelCount, Counted, CreditSums, DayCount, Facts, People, Steps
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
    if not article:
        return {"": {rung: Counted(many) for rung, many in counted.rungs_of_offers(tx, span).get(offer, {}).items()}}
    c = t.touch_day.c
    query = select(c.article, c.rung, func.sum(c.count), func.sum(c.firsts)).group_by(c.article, c.rung)
    only = (c.day.in_(_days_kept(tx, span)), c.article == article, c.offer == offer)
    return counted.by_article(tx.execute(query.where(*only)))


def _channels(tx: Connection, span: Span) -> tuple[ChannelCount, ...]:
    reads = counted.reads_by_channel(tx, span)
    known = {one.channel: one for one in money.channel_counts(tx, span)}
    names = sorted(reads.keys() | known.keys())
    return tuple(replace(known.get(name, ChannelCount(name)), reads=reads.get(name, 0)) for name in names)


def _endings(credit: CreditSums) -> dict[str, float]:
    # Where a journey ended is what the model of the last touch says.
    return {article: given.shares for article, given in credit.get("last", {}).items() if article}


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


def days(tx: Connection, span: Span = ALL_TIME, *, article: str = "", offer: str = "") -> list[DayCount]:
    """Counters by day and rung, newest day first; of one article or one offer where those are named."""
    found = _days_of_article(tx, span, article, offer) if article else _days_of_site(tx, span, offer)
    return [DayCount(day, rung, int(count), int(firsts)) for day, rung, count, firsts in found]


def _days_of_article(tx: Connection, span: Span, article: str, offer: str) -> Sequence[Any]:
    c = t.touch_day.c
    every = _days_kept(tx, span)
    only = [c.article == article, *([c.offer == offer] if offer else [])]
    query = select(c.day, c.rung, func.sum(c.count), func.sum(c.firsts)).group_by(c.day, c.rung)
    return tx.execute(query.where(c.day.in_(every), *only).order_by(c.day.desc(), c.rung)).all()


def _days_kept(tx: Connection, span: Span) -> list[date]:
    """The days of a span of which anything is kept, one by one: each is one look at the key of a table that begins with the
    day, while a range would lead through all articles of all days."""
    c = t.touch_day.c
    # Asked for in one question, SQLite would look at every row for both.
    begin, end = (tx.execute(select(of(c.day))).scalar() for of in (func.min, func.max))
    if begin is None or end is None:
        return []
    first, last = max(span.first or begin, begin), min(span.last or end, end)
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _days_of_site(tx: Connection, span: Span, offer: str) -> Iterator[tuple[date, str, int, int]]:
    table = t.offer_sum if offer else t.channel_sum
    c = table.c
    firsts = literal(0) if offer else func.sum(c.firsts)
    query = select(c.period, c.rung, func.sum(c.count), firsts).where(func.length(c.period) == 10)
    query = query.where(*([c.offer == offer] if offer else []), *periods.day_keys_within(c.period, span))
    for day, rung, count, first in tx.execute(query.group_by(c.period, c.rung).order_by(c.period.desc(), c.rung)):
        yield date.fromisoformat(day), rung, count, first


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

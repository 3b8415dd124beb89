"""The whole site in a few numbers, and by day: from sums only."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, distinct, func, select

from gatepost.offers import Money
from gatepost.report.climbing import CLIENT, CONFIRMED, REQUESTED, SITE
from gatepost.report.home import Now
from gatepost.report.span import Span
from gatepost.store import people, periods, sums
from gatepost.store import tables as t

_s, _d = t.signup.c, t.deal.c
EXPERT = "expert"


def now(tx: Connection, span: Span) -> Now:
    """One span's figures."""
    c = t.channel_sum.c
    read = select(func.sum(c.count), func.sum(c.firsts)).where(c.rung == "read", periods.within(c.period, span))
    reads, readers = tx.execute(read).one()
    by_rung = people.counted(tx, span, SITE).get("", {})
    leads = {rung: found.leads for rung, found in by_rung.items()}
    return Now(
        reads=int(reads or 0),
        readers=int(readers or 0),
        requested=leads.get(REQUESTED, 0),
        confirmed=leads.get(CONFIRMED, 0),
        clients=leads.get(CLIENT, 0),
        repeat=_repeat(tx, span),
        referrals=_referred(tx, span),
        value=value(tx, span),
        deals=deals(tx, span),
    )


def by_day(tx: Connection, span: Span) -> dict[date, tuple[int, int]]:
    """Reads and new leads by day, of a span with both its ends."""
    c, p = t.channel_sum.c, t.people_sum.c
    reads = select(c.period, func.sum(c.count)).where(c.rung == "read", *_keys(c.period, span)).group_by(c.period)
    # Named one by one: a range would lead through all articles of all days.
    days = [(span.first + timedelta(days=number)).isoformat() for number in range(span.days or 0)] if span.first else []
    leads = select(p.period, p.leads).where(p.period.in_(days), p.scope == SITE, p.name == "", p.rung == CONFIRMED)
    found: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    for place, query in enumerate((reads, leads)):
        for key, count in tx.execute(query):
            found[date.fromisoformat(key)][place] += int(count)
    return {day: (one[0], one[1]) for day, one in found.items()}


def value(tx: Connection, span: Span) -> tuple[Money, ...]:
    """What the offers that leads confirmed are worth, by currency."""
    found: dict[str, int] = defaultdict(int)
    for _, currency, _, amount in sums.origins(tx, span):
        found[currency] += amount
    return _money(found)


def deals(tx: Connection, span: Span) -> tuple[Money, ...]:
    """What clients paid, by currency."""
    query = select(_d.currency, func.sum(_d.amount)).where(*periods.days_within(_d.day, span)).group_by(_d.currency)
    return _money({currency: int(amount) for currency, amount in tx.execute(query)})


def ends(tx: Connection) -> tuple[date, date] | None:
    """The first and the last day of which any beacon is known."""
    c = t.channel_sum.c
    # Asked for in one question, SQLite would look at every row for both; a key like "2026-11" is a month.
    first, last = (
        tx.execute(select(c.period).where(func.length(c.period) == 10).order_by(way).limit(1)).scalar()
        for way in (c.period, c.period.desc())
    )
    return (date.fromisoformat(first), date.fromisoformat(last)) if first and last else None


def _keys(period: Any, span: Span) -> list[Any]:
    return [func.length(period) == 10, *periods.day_keys_within(period, span)]


def _repeat(tx: Connection, span: Span) -> int:
    query = select(func.count()).where(_d.kind == "repeat", _d.amount > 0, *periods.days_within(_d.day, span))
    return int(tx.execute(query).scalar_one())


def _referred(tx: Connection, span: Span) -> int:
    confirmed = (_s.confirmed_at.is_not(None), *periods.moments_within(_s.confirmed_at, span))
    by_link = select(func.count(distinct(_s.lead_id))).where(_s.referrer.is_not(None), _s.channel != EXPERT, *confirmed)
    by_word = sum(leads for channel, _, leads, _ in sums.origins(tx, span) if channel == EXPERT)
    return int(tx.execute(by_link).scalar_one()) + by_word


def _money(by_currency: dict[str, int]) -> tuple[Money, ...]:
    return tuple(Money(amount, currency) for currency, amount in sorted(by_currency.items()) if currency and amount)

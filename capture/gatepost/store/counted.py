"""Sums of what was counted, read back: reads and rungs by article and by channel, and pairs of articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, func, select, union_all

from gatepost.report import Counted
from gatepost.report.span import ALL_TIME, Span
from gatepost.store import periods
from gatepost.store import tables as t


def rungs(tx: Connection, span: Span = ALL_TIME, article: str = "") -> dict[str, dict[str, Counted]]:
    """Beacons by article and rung; of one article where it is named."""
    rows = _within(
        t.touch_sum,
        t.touch_day,
        ("article", "rung"),
        ("count", "firsts"),
        span,
        **({"article": article} if article else {}),
    )
    return by_article(plain(tx, rows))


def site_rungs(tx: Connection, span: Span = ALL_TIME) -> dict[str, int]:
    """Beacons of the whole site by rung."""
    c = t.channel_sum.c
    query = select(c.rung, func.sum(c.count)).where(periods.within(c.period, span)).group_by(c.rung)
    return {rung: int(count) for rung, count in tx.execute(query)}


def rungs_of(tx: Connection, articles: Collection[str], span: Span = ALL_TIME) -> dict[str, dict[str, Counted]]:
    """Beacons by article and rung, of these articles only."""
    rows = _within(t.touch_sum, t.touch_day, ("article", "rung"), ("count", "firsts"), span, article=list(articles))
    return by_article(plain(tx, rows))


def reads(tx: Connection, span: Span = ALL_TIME) -> dict[str, Counted]:
    """Reads by article."""
    c = t.touch_sum.c
    query = select(c.article, func.sum(c.count), func.sum(c.firsts)).where(
        c.rung == "read", periods.within(c.period, span)
    )
    return {
        article: Counted(int(count), int(firsts)) for article, count, firsts in plain(tx, query.group_by(c.article))
    }


def plain(tx: Connection, query: Select[Any]) -> list[Any]:
    """The driver's own rows: to wrap 100,000 of them takes longer than to read them. For texts and numbers only."""
    cursor: Any = tx.execute(query).cursor
    return list(cursor.fetchall())


def by_article(rows: Iterable[Any]) -> dict[str, dict[str, Counted]]:
    """Rows of article, rung, count and firsts, by article and rung."""
    found: dict[str, dict[str, Counted]] = defaultdict(dict)
    for slug, rung, count, firsts in rows:
        found[slug][rung] = Counted(int(count), int(firsts))
    return dict(found)


def reads_by_channel(tx: Connection, span: Span = ALL_TIME) -> dict[str, int]:
    """Reads by the channel they came through."""
    c = t.channel_sum.c
    query = select(c.channel, func.sum(c.count)).where(c.rung == "read", periods.within(c.period, span))
    rows = tx.execute(query.group_by(c.channel))
    return {channel: int(count) for channel, count in rows}


def rungs_of_offers(tx: Connection, span: Span = ALL_TIME) -> dict[str, dict[str, int]]:
    """Beacons by offer and rung."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    c = t.offer_sum.c
    query = select(c.offer, c.rung, func.sum(c.count)).where(periods.within(c.period, span)).group_by(c.offer, c.rung)
    for offer, rung, count in tx.execute(query):
        found[offer][rung] = int(count)
    return dict(found)


def pairs(tx: Connection, span: Span = ALL_TIME) -> dict[tuple[str, str], int]:
    """How often one article was read right after another; "" before an article is where a visit began."""
    rows = plain(tx, _within(t.pair_sum, t.pair_day, ("previous", "article"), ("count",), span))
    return {(previous, article): int(count) for previous, article, count in rows}


def _within(
    sums: Table, days: Table, key: tuple[str, ...], added: tuple[str, ...], span: Span, **only: str | list[str]
) -> Select[Any]:
    """All time as it stands; else whole months from the sums, and days where the span divides a month."""
    if span.is_all:
        whole = select(*(sums.c[name] for name in (*key, *added)))
        return whole.where(sums.c.period == periods.ALL, *_of(sums, only))
    found = periods.parts(span)
    chosen = [_part(sums, key, added).where(sums.c.period.in_(found.months), *_of(sums, only))]
    for begin, end, sign in found.days:
        chosen.append(_part(days, key, added, sign).where(days.c.day >= begin, days.c.day < end, *_of(days, only)))
    both = union_all(*chosen).subquery()
    summed = select(*(both.c[name] for name in key), *(func.sum(both.c[name]).label(name) for name in added))
    # What was taken away again leaves nothing behind.
    return summed.group_by(*(both.c[name] for name in key)).having(func.sum(both.c[added[0]]) != 0)


def _part(table: Table, key: tuple[str, ...], added: tuple[str, ...], sign: int = 1) -> Select[Any]:
    columns = [table.c[name] for name in key]
    return select(*columns, *((sign * func.sum(table.c[name])).label(name) for name in added)).group_by(*columns)


def _of(table: Table, only: Mapping[str, str | list[str]]) -> list[ColumnElement[bool]]:
    return [
        table.c[name].in_(value) if isinstance(value, list) else table.c[name] == value for name, value in only.items()
    ]

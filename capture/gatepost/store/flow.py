"""Steps of leads' journeys, read back: what came before an article, what came next, and how journeys begin and end."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, case, desc, func, select

from gatepost.report.flow import OUTSIDE, Step, Through
from gatepost.report.span import Span
from gatepost.store import periods
from gatepost.store import tables as t
from gatepost.store.counted import plain

_c = t.step_sum.c
_COUNT = func.sum(_c.leads)


def leading(tx: Connection, span: Span, most: int) -> list[str]:
    """The articles that helped most leads."""
    c = t.helped_sum.c
    count = func.sum(c.count)
    query = select(c.article).where(periods.within(c.period, span)).group_by(c.article)
    return list(tx.execute(query.order_by(count.desc(), c.article).limit(most)).scalars())


def through(tx: Connection, span: Span, articles: Collection[str]) -> dict[str, Through]:
    """How often these articles were read in journeys, and of these times as the first and as the last one."""
    within = periods.within(_c.period, span)
    last = func.sum(case((_c.article == OUTSIDE, _c.leads), else_=0))
    # Each time an article was come to it was left again, and who left lies together in the key.
    left = select(_c.previous, _COUNT, last).where(within, _c.previous.in_(articles)).group_by(_c.previous)
    began = select(_c.article, _COUNT).where(within, _c.previous == OUTSIDE, _c.article.in_(articles))
    first = {article: int(count) for article, count in plain(tx, began.group_by(_c.article))}
    return {article: Through(int(reads), first.get(article, 0), int(last)) for article, reads, last in plain(tx, left)}


def whole(tx: Connection, span: Span) -> Through:
    """The same of all articles together: as many journeys began as ended."""
    began = func.sum(case((_c.previous == OUTSIDE, _c.leads), else_=0))
    row = tx.execute(select(_COUNT, began).where(periods.within(_c.period, span))).one()
    steps, journeys = int(row[0] or 0), int(row[1] or 0)
    return Through(steps - journeys, journeys, journeys)


def steps(tx: Connection, span: Span, articles: Collection[str], most: int) -> list[Step]:
    """The commonest steps from these articles to any other."""
    # Who left an article lies together in the key: of a large site, only a part is read.
    only = (periods.within(_c.period, span), _c.previous.in_(articles), _c.article != OUTSIDE)
    query = select(_c.previous, _c.article, _COUNT.label("times")).where(*only).group_by(_c.previous, _c.article)
    ordered = query.order_by(desc("times"), _c.previous, _c.article).limit(most)
    return [Step(previous, article, int(times)) for previous, article, times in plain(tx, ordered)]


def around(tx: Connection, span: Span, article: str) -> tuple[dict[str, int], dict[str, int]]:
    """What was read right before an article and right after it, each with how often; "" is the beginning and the request."""
    within = periods.within(_c.period, span)
    before = select(_c.previous, _COUNT).where(within, _c.article == article).group_by(_c.previous)
    after = select(_c.article, _COUNT).where(within, _c.previous == article).group_by(_c.article)
    came, went = ({other: int(count) for other, count in plain(tx, query)} for query in (before, after))
    return came, went

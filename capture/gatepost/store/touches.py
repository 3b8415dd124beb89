"""How many touches and articles leads took, and how deep readers went: read back from sums by day."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection, func, or_, select

from gatepost.report.span import Span
from gatepost.report.touches import ARTICLES_LEAD, TOUCHES_CLIENT, TOUCHES_LEAD, Taken
from gatepost.store import periods, sums
from gatepost.store import tables as t

_FACTS = (TOUCHES_LEAD, ARTICLES_LEAD, TOUCHES_CLIENT)


def taken(tx: Connection, span: Span) -> Taken:
    """Everything that the panel of touches is made of."""
    c = t.coverage_day.c
    # "touches-lead-07": the names of the facts begin alike, and end with how many there were.
    ours = or_(*(c.fact.like(f"{fact}-%") for fact in _FACTS))
    query = select(c.fact, func.sum(c.count)).where(ours, *periods.days_within(c.day, span)).group_by(c.fact)
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for fact, count in tx.execute(query):
        name, _, depth = fact.rpartition("-")
        found[name][int(depth)] = int(count)
    return Taken(
        found[TOUCHES_LEAD], found[ARTICLES_LEAD], found[TOUCHES_CLIENT], _readers(tx, span), sums.coverage(tx, span)
    )


def _readers(tx: Connection, span: Span) -> dict[int, int]:
    c = t.depth_day.c
    query = select(c.depth, func.sum(c.count)).where(*periods.days_within(c.day, span)).group_by(c.depth)
    return {depth: int(count) for depth, count in tx.execute(query)}

"""An article's reads over time, with the notes of these days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gatepost.actions import noting
from gatepost.engine import Engine
from gatepost.report import DayCount
from gatepost.report.home import lines, unit_of
from gatepost.report.noted import beside
from gatepost.report.span import Span
from gatepost.web.owner import charts


@dataclass(frozen=True)
class OverTime:
    """The chart, what a place of it is, and the numbers behind."""

    chart: charts.Series
    unit: str
    rows: tuple[tuple[str, str], ...]
    total: int


def reads(engine: Engine, slug: str, days: Sequence[DayCount], span: Span) -> OverTime | None:
    """Reads by day, week or month; None where there is no line to draw, that is on fewer than two of them."""
    counted = {one.day: (one.count, 0) for one in days if one.rung == "read"}
    if not counted:
        return None
    # From the first read on: an address may name any year, and what lay before that day is none of the article's.
    closed = Span(max(span.first or min(counted), min(counted)), min(span.last or max(counted), engine.now().date()))
    line = lines(counted, closed, unit_of(closed))
    if len(line.days) < 2:
        return None
    noted = noting.within(engine.database, closed, slug)
    return OverTime(
        charts.series([line.reads], line.labels, beside(line, noted)),
        line.unit,
        tuple((label, f"{count:,}") for label, count in zip(line.labels, line.reads, strict=True)),
        sum(line.reads),
    )

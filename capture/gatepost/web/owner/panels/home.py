"""The overview: one look at what worked, what to do more of, and what is uncertain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatepost.actions import looking, noting
from gatepost.engine import Engine
from gatepost.report.goals import GOALS
from gatepost.report.home import Line, Overview, has_little, why
from gatepost.report.noted import Note, beside
from gatepost.web.owner import charts
from gatepost.web.owner.choice import Choice
from gatepost.web.owner.panels.sheet import Sheet

_UNITS = {"day": "Day", "week": "Week from", "month": "Month"}


def data(engine: Engine, choice: Choice) -> dict[str, Any]:
    """The overview, and its two charts."""
    found = looking.look(engine.database, engine.catalogue, span=choice.span, compare=choice.compare, now=engine.now())
    noted = noting.within(engine.database, choice.span)
    return {
        "found": found,
        "goals": GOALS.values(),
        "why": why,
        "has_little": has_little(found.first_steps, found.now),
        "reads": _chart(found, "reads", noted),
        "leads": _chart(found, "leads", noted),
        "unit": _UNITS[found.line.unit],
        "rows": {name: _rows(found, name) for name in ("reads", "leads")},
    }


def sheets(_engine: Engine, _choice: Choice, data: Mapping[str, Any]) -> tuple[Sheet, ...]:
    """The figures of both spans, and one row a day, week or month."""
    found: Overview = data["found"]
    figures = [
        (name, getattr(found.now, name), getattr(found.before, name) if found.before else None)
        for name in vars(found.now)
    ]
    rows = list(zip(found.line.days, found.line.reads, found.line.leads, strict=True))
    return (
        Sheet("figures", "Figures", ("figure", "now", "before"), figures),
        Sheet("days", "By " + found.line.unit, (found.line.unit, "reads", "leads"), rows),
    )


def _chart(found: Overview, name: str, noted: list[Note]) -> charts.Series:
    now: tuple[int, ...] = getattr(found.line, name)
    lines = [now, *([_fitted(found.line_before, name, len(now))] if found.line_before else [])]
    return charts.series(lines, found.line.labels, beside(found.line, noted))


def _fitted(line: Line, name: str, places: int) -> list[int | None]:
    """The time before, place by place beside the present: a longer month is cut, a shorter one ends early."""
    counts: tuple[int, ...] = getattr(line, name)
    return [*counts[:places], *([None] * (places - len(counts)))]


def _rows(found: Overview, name: str) -> list[tuple[Any, ...]]:
    now: tuple[int, ...] = getattr(found.line, name)
    columns: list[Any] = [found.line.labels, [f"{count:,}" for count in now]]
    if found.line_before:
        columns.append(["–" if count is None else f"{count:,}" for count in _fitted(found.line_before, name, len(now))])
    return list(zip(*columns, strict=True))

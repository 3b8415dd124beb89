"""Which articles bring leads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatepost.actions import reporting
from gatepost.engine import Engine
from gatepost.report.plain import COLUMNS, cells
from gatepost.web.owner.choice import Choice
from gatepost.web.owner.panels.sheet import Sheet


def data(engine: Engine, choice: Choice) -> dict[str, Any]:
    """The report, and the highest end of its intervals, which the bars are drawn to."""
    report = reporting.report(
        engine.database, engine.catalogue, model=choice.model, span=choice.span, now=engine.now()
    )
    return {"report": report, "widest": max((row.rate.interval.high for row in report.rows if row.rate), default=0.0)}


def sheets(data: Mapping[str, Any]) -> tuple[Sheet, ...]:
    """One row an article."""
    return (Sheet("articles", "Articles", COLUMNS, [cells(row) for row in data["report"].rows]),)

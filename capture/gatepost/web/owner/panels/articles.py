"""Which articles bring leads."""

from __future__ import annotations

from typing import Any

from gatepost.actions import reporting
from gatepost.engine import Engine
from gatepost.web.owner.choice import Choice


def data(engine: Engine, choice: Choice) -> dict[str, Any]:
    """The report, and the highest end of its intervals, which the bars are drawn to."""
    report = reporting.report(
        engine.database, engine.catalogue, model=choice.model, since=choice.since, now=engine.now()
    )
    return {"report": report, "widest": max((row.rate.interval.high for row in report.rows if row.rate), default=0.0)}

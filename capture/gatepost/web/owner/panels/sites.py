"""Several sites side by side, this one among them. Nothing is fetched while the page is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatepost.actions import visiting
from gatepost.engine import Engine
from gatepost.report import span
from gatepost.report.goals import GOALS
from gatepost.report.home import Now
from gatepost.report.sites import COUNTS, SiteRow, ordered, total
from gatepost.web.owner.choice import Choice
from gatepost.web.owner.panels.sheet import Sheet

DEFAULT = "month"
# Other sites answer for the named periods only.
_OWN_DAYS = "Other sites answer for named periods only, so this is this month."


def data(engine: Engine, choice: Choice) -> dict[str, Any]:
    """One row a site, and the sums of what can be added up."""
    period = choice.period or DEFAULT
    rows = [row for row in visiting.rows(engine, period) if choice.find.casefold() in row.name.casefold()]
    return {
        "rows": ordered(rows, choice.order),
        "total": total(rows),
        "period": period,
        "periods": span.PERIODS,
        "trouble": "" if choice.period else _OWN_DAYS,
        "goals": GOALS,
        "now": engine.now(),
        "has_others": bool(visiting.listed(engine)),
    }


def sheets(_engine: Engine, _choice: Choice, data: Mapping[str, Any]) -> tuple[Sheet, ...]:
    """One row a site: counts and money of the span and of the one before."""
    columns = (
        "site", "url", "goal", "first", "last", *COUNTS, "value", "deals",
        *(f"{name}_before" for name in (*COUNTS, "value", "deals")), "answered_at", "trouble",
    )  # fmt: skip
    return (Sheet("sites", "Sites", columns, [_cells(row) for row in data["rows"]]),)


def _cells(row: SiteRow) -> tuple[Any, ...]:
    found = row.compared
    days = (found.span.first, found.span.last) if found else (None, None)
    now, before = (_figures(one) for one in ((found.now, found.before) if found else (None, None)))
    answered = row.answered_at.isoformat() if row.answered_at else None
    return (row.name, row.url, row.goal, *days, *now, *before, answered, row.trouble)


def _figures(now: Now | None) -> tuple[Any, ...]:
    if now is None:
        return (None,) * (len(COUNTS) + 2)
    return (*(getattr(now, name) for name in COUNTS), now.value, now.deals)

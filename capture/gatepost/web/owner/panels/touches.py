"""How many touches come before a lead and before a client, and at which depth readers ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatepost.actions import looking_further
from gatepost.engine import Engine
from gatepost.report.touches import Distribution
from gatepost.web.owner import charts, plots
from gatepost.web.owner.choice import Choice
from gatepost.web.owner.panels.sheet import Sheet, interval


def data(engine: Engine, choice: Choice) -> dict[str, Any]:
    """The distributions, the readers by depth, and where their plots' marks lie."""
    found = looking_further.touches(engine.database, span=choice.span)
    before = looking_further.touches(engine.database, span=choice.compare) if choice.compare else None
    return {
        "found": found,
        "before": before,
        "parts": [
            _part("lead", "Before a lead", found.leads, before.leads if before else None),
            _part("client", "Before a client", found.clients, before.clients if before else None),
        ],
        "whiskers": plots.whiskers(found.depths),
        "width": plots.WIDTH,
        "height": plots.HEIGHT,
    }


def _part(key: str, title: str, one: Distribution, before: Distribution | None) -> tuple[Any, ...]:
    """What the template shows of one distribution: with its chart, and the rows of the table behind that."""
    labels = [bar.label.replace(" or more", "+") for bar in one.bars]
    claimed = [place for place, bar in enumerate(one.bars) if bar.is_claimed]
    marked = range(claimed[0], claimed[-1] + 1) if claimed else range(0)
    chart = charts.columns([bar.count for bar in one.bars], labels, marked)
    return (key, title, one, before, chart, [(bar.label, f"{bar.count:,}") for bar in one.bars])


def sheets(_engine: Engine, _choice: Choice, data: Mapping[str, Any]) -> tuple[Sheet, ...]:
    """One row a number of touches; one row a depth; one row for each test of the claim."""
    found = data["found"]
    both = {"lead": found.leads, "client": found.clients}
    counts = [(what, bar.label, bar.count) for what, one in both.items() for bar in one.bars]
    depths = [(one.label, one.leads, one.readers, *interval(one.hazard)) for one in found.depths]
    claims = [
        (what, one.total, one.fewer, one.claimed, one.more, *interval(one.within), *_middle(one.spread), one.verdict)
        for what, one in both.items()
    ]
    shares = ("share", "share_low", "share_high")
    return (
        Sheet("touches", "Touches", ("before", "touches", "count"), counts),
        Sheet("depths", "By depth", ("depth", "leads", "readers", *shares), depths),
        Sheet(
            "claim",
            "Seven to thirteen",
            ("before", "count", "fewer", "seven_to_thirteen", "more", *shares, "median", "low", "high", "verdict"),
            claims,
        ),
    )


def _middle(found: Any) -> tuple[int | None, int | None, int | None]:
    return (found.median, found.low, found.high) if found else (None, None, None)

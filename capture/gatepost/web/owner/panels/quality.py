"""Can the numbers be believed?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatepost.actions import judging
from gatepost.engine import Engine
from gatepost.report.dropped import ABOUT
from gatepost.report.quality import Stretch
from gatepost.web.owner.choice import Choice
from gatepost.web.owner.panels.sheet import Sheet, interval


def data(engine: Engine, choice: Choice) -> dict[str, Any]:
    """What was refused, what arrives, and what is known of journeys."""
    found = judging.judged(engine.database, engine.catalogue, span=choice.span, now=engine.now())
    return {
        "quality": found.quality,
        "advice": found.advice,
        "by_day": found.by_day,
        "about": ABOUT,
        "most": max((one.counted + one.refused for one in found.quality.stretches), default=0),
    }


def sheets(_engine: Engine, _choice: Choice, data: Mapping[str, Any]) -> tuple[Sheet, ...]:
    """Reasons, days with their reasons, articles that the catalogue does not have, and the coverage of journeys."""
    found = data["quality"]
    reasons = [(one.key, one.about, one.says, one.cure, one.count, one.share) for one in found.dropped]
    coverage = found.journeys.coverage
    return (
        Sheet("reasons", "Not counted, by reason", ("reason", "about", "says", "cure", "count", "share"), reasons),
        Sheet(
            "periods",
            "Not counted, by day or month",
            ("period", "counted", "refused", "share", "share_low", "share_high"),
            [_cells(one) for one in found.stretches],
        ),
        Sheet(
            "by-reason",
            "Not counted, by day or month and reason",
            ("period", "reason", "count"),
            [(one.period, key, count) for one in found.stretches for key, count in one.reasons.items()],
        ),
        Sheet("journeys", "Journeys", tuple(vars(coverage)), [tuple(vars(coverage).values())]),
        Sheet(
            "unknown", "Articles that the catalogue does not have", ("article", "reads"), list(found.unknown.items())
        ),
    )


def _cells(one: Stretch) -> tuple[Any, ...]:
    return (one.period, one.counted, one.refused, *interval(one.share))

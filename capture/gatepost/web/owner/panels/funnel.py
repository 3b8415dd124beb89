"""How many take each step, on the whole site, on one article, or towards one offer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatepost.actions import reporting
from gatepost.engine import Engine
from gatepost.report.funnel import NOTE
from gatepost.web.owner.choice import Choice
from gatepost.web.owner.panels.sheet import Sheet, interval


def data(engine: Engine, choice: Choice) -> dict[str, Any]:
    """The steps, and what can be chosen between."""
    found = reporting.steps(engine.database, article=choice.article, offer=choice.offer, span=choice.span)
    built = engine.catalogue
    return {
        "funnel": found,
        "most": max((step.count for step in found.steps), default=0),
        "note": NOTE,
        "articles": sorted((a.title, slug) for slug, a in built.articles.items()),
        "offers": sorted((o.title, slug) for slug, o in built.offers.items()),
    }


def sheets(_engine: Engine, _choice: Choice, data: Mapping[str, Any]) -> tuple[Sheet, ...]:
    """One row a rung."""
    columns = ("rung", "label", "counted_by", "count", "before", "before_count", "share", "share_low", "share_high")
    rows = [
        (one.rung, one.label, one.counted_by, one.count, one.before, one.before_count, *interval(one.share))
        for one in data["funnel"].steps
    ]
    return (Sheet("steps", "Steps", columns, rows),)

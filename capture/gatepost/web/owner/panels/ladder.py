"""Who stands on which rung, on which article, and what each offer brought."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatepost.actions import reporting
from gatepost.engine import Engine
from gatepost.report.given import SHOWN
from gatepost.report.ladder import NOTE, PROOF_NOTE
from gatepost.web.owner.choice import Choice
from gatepost.web.owner.panels.sheet import Sheet, interval


def data(engine: Engine, choice: Choice) -> dict[str, Any]:
    """The ladder of the site or of the chosen article, and the offers."""
    built = engine.catalogue
    found = reporting.ladder(engine.database, built, span=choice.span, now=engine.now())
    rungs = found.articles.get(choice.article, ()) if choice.article else found.rungs
    return {
        "ladder": found,
        "rungs": rungs,
        "most": max((rung.count for rung in rungs if rung.counted_by == "capture"), default=0),
        "shown": SHOWN,
        "note": NOTE,
        "proof_note": PROOF_NOTE,
        "articles": sorted((article.title, slug) for slug, article in built.articles.items()),
    }


def sheets(data: Mapping[str, Any]) -> tuple[Sheet, ...]:
    """One row a rung."""
    columns = ("rung", "label", "counted_by", "count", "went_on", "share", "share_low", "share_high")
    rows = [(one.key, one.label, one.counted_by, one.count, one.went_on, *interval(one.on)) for one in data["rungs"]]
    return (Sheet("ladder", "Ladder", columns, rows),)

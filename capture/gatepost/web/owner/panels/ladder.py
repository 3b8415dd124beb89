"""Who stands on which rung, on the whole site and on which article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatepost.actions import reporting
from gatepost.engine import Engine
from gatepost.report.ladder import NOTE, PROOF_NOTE
from gatepost.web.owner.choice import Choice
from gatepost.web.owner.panels.sheet import Sheet, interval


def data(engine: Engine, choice: Choice) -> dict[str, Any]:
    """The ladder of the site or of the chosen article, and one page of the articles."""
    built = engine.catalogue
    found, total = reporting.ladder_page(
        engine.database,
        built,
        article=choice.article,
        span=choice.span,
        find=choice.find,
        page=choice.page,
        now=engine.now(),
    )
    rungs = found.articles.get(choice.article, ()) if choice.article else found.rungs
    return {
        "ladder": found,
        "rungs": rungs,
        "most": max((rung.count for rung in rungs if rung.counted_by == "capture"), default=0),
        "total": total,
        "page_size": reporting.LADDERS,
        "note": NOTE,
        "proof_note": PROOF_NOTE,
    }


def sheets(_engine: Engine, _choice: Choice, data: Mapping[str, Any]) -> tuple[Sheet, ...]:
    """One row a rung, and one a rung of each article on the page."""
    columns = ("rung", "label", "counted_by", "count", "went_on", "share", "share_low", "share_high")

    def cells(rung: Any) -> tuple[Any, ...]:
        return (rung.key, rung.label, rung.counted_by, rung.count, rung.went_on, *interval(rung.on))

    by_article = [(slug, *cells(rung)) for slug, rungs in data["ladder"].articles.items() for rung in rungs]
    return (
        Sheet("ladder", "Ladder", columns, [cells(rung) for rung in data["rungs"]]),
        Sheet("articles", "Ladder by article", ("article", *columns), by_article),
    )

"""Which articles bring leads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatepost.actions import ranking, reporting
from gatepost.attribution import DEFAULT, MODELS
from gatepost.engine import Engine
from gatepost.report.paging import ORDERS, ArticlePage
from gatepost.report.plain import COLUMNS, cells
from gatepost.web.owner.choice import Choice
from gatepost.web.owner.panels.sheet import Sheet

# The Markov model needs the steps of the whole site: from so many articles on that takes longer than a page may.
MOST_FOR_CHAIN = 500
_TOO_MANY = (
    "The Markov model needs all steps of the site, which takes seconds at this size: gatepost report --model markov. "
    "This is “linear”."
)


def data(engine: Engine, choice: Choice) -> dict[str, Any]:
    """One page of the ranking, and the highest end of its intervals, which the bars are drawn to."""
    model, trouble = choice.model, ""
    if MODELS[model].shares is None and len(engine.catalogue.articles) > MOST_FOR_CHAIN:
        model, trouble = DEFAULT, _TOO_MANY
    page = _page(engine, choice, model)
    return {
        "page": page,
        "report": page.report,
        "trouble": trouble,
        "orders": ORDERS,
        "page_size": ranking.PAGE,
        "widest": max((row.rate.interval.high for row in page.report.rows if row.rate), default=0.0),
    }


def sheets(engine: Engine, choice: Choice, _data: Mapping[str, Any]) -> tuple[Sheet, ...]:
    """One row an article, all pages of them."""
    report = reporting.report(engine.database, engine.catalogue, model=choice.model, span=choice.span, now=engine.now())
    return (Sheet("articles", "Articles", COLUMNS, [cells(row) for row in report.rows]),)


def _page(engine: Engine, choice: Choice, model: str) -> ArticlePage:
    if MODELS[model].shares is not None:
        return ranking.page(
            engine.database,
            engine.catalogue,
            model=model,
            span=choice.span,
            order=choice.order,
            find=choice.find,
            number=choice.page,
            now=engine.now(),
        )
    whole = reporting.report(engine.database, engine.catalogue, model=model, span=choice.span, now=engine.now())
    return ArticlePage(whole, len(whole.rows), len(whole.rows), 0)

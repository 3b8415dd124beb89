"""What each offer brings under each article, and how likely it is the best one there: what `Offer: auto` learns from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatepost.actions import learning
from gatepost.actions.learning import Placed
from gatepost.engine import Engine
from gatepost.web.owner.choice import Choice
from gatepost.web.owner.panels.sheet import Sheet, interval

_COLUMNS = (
    "article", "offer", "seen", "requested", "confirmed", "rate", "rate_low", "rate_high", "best", "stands_there",
)  # fmt: skip
_EVERY = 1_000_000


def data(engine: Engine, choice: Choice) -> dict[str, Any]:
    """A page of pairs."""
    built, found = engine.catalogue, _placed(engine, choice, choice.page, learning.PAGE)
    named = {choice.article, *(row.article for row in found.rows)} & built.articles.keys()
    return {
        "found": found,
        "articles": {slug: built.articles[slug].title for slug in named},
        "offers": {slug: offer.title for slug, offer in built.offers.items()},
        "standing": {slug: built.articles[slug].offers for slug in named},
        "widest": max((row.rate.high for row in found.rows), default=0.0),
        "page_size": learning.PAGE,
    }


def sheets(engine: Engine, choice: Choice, data: Mapping[str, Any]) -> tuple[Sheet, ...]:
    """One row an offer under an article, of all pages."""
    articles = engine.catalogue.articles
    rows = [
        (
            *(row.article, row.offer, row.counts.seen, row.counts.requested, row.counts.confirmed),
            *interval(row.rate),
            row.best,
            row.article in articles and row.offer in articles[row.article].offers,
        )
        for row in _placed(engine, choice, 1, _EVERY).rows
    ]
    return (Sheet("placements", "Offers by article", _COLUMNS, rows),)


def _placed(engine: Engine, choice: Choice, page: int, most: int) -> Placed:
    return learning.placed(
        engine.database, engine.catalogue, engine.now(), page=page, most=most,
        article=choice.article, offer=choice.offer, find=choice.find, order=choice.order,
    )  # fmt: skip

"""What each offer brought."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatepost.actions import reporting
from gatepost.engine import Engine
from gatepost.report.ladder import OfferRow
from gatepost.web.owner.choice import Choice
from gatepost.web.owner.panels.sheet import Sheet, interval

_COUNTS = ("seen", "clicks", "started")
_PEOPLE = ("requested", "confirmed", "downloaded", "came", "clients")
_SHARES = ("rate", "rate_low", "rate_high", "closing", "closing_low", "closing_high")


def data(engine: Engine, choice: Choice) -> dict[str, Any]:
    """The offers by kind, and where something to compare with was chosen, the same offers then."""
    now, built, database = engine.now(), engine.catalogue, engine.database
    found = reporting.offers(database, built, span=choice.span, now=now)
    before = reporting.offers(database, built, span=choice.compare, now=now) if choice.compare else ()
    return {
        "offers": found,
        "before": {row.slug: row for row in before},
        "widest": max((row.rate.high for row in found if row.rate), default=0.0),
    }


def sheets(_engine: Engine, _choice: Choice, data: Mapping[str, Any]) -> tuple[Sheet, ...]:
    """One row an offer."""
    columns = ("slug", "title", "kind", *_COUNTS, *_PEOPLE, *_SHARES)
    return (Sheet("offers", "Offers", columns, [_cells(row) for row in data["offers"]]),)


def _cells(row: OfferRow) -> tuple[Any, ...]:
    people = (getattr(row.counted, name) for name in _PEOPLE)
    counts = (row.seen, row.clicks, row.started)
    return (row.slug, row.title, row.kind, *counts, *people, *interval(row.rate), *interval(row.closing))

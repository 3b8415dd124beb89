"""Tests of calls to action: which look brings more, how sure that is, and how long the next test would take."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from gatepost.actions import trying
from gatepost.actions.trying import Overview, Told, finite
from gatepost.engine import Engine
from gatepost.report import Interval
from gatepost.trials import Compared, Looked, words
from gatepost.web.owner.choice import Choice
from gatepost.web.owner.panels.sheet import Sheet

# Offers without a test, on one page.
PAGE = 50
# A bar of ratios reaches from a quarter to four times as many, with "alike" in its middle.
_WIDEST_RATIO = 4.0
_COLUMNS = (
    "offer", "trial", "running", "first", "last", "verdict", "variant", "name", "seen", "requested", "confirmed",
    "rate", "rate_low", "rate_high", "ratio", "ratio_low", "ratio_high", "p", "chance", "split_p",
)  # fmt: skip


def data(engine: Engine, choice: Choice) -> dict[str, Any]:
    """Running and past tests, and a page of the offers that have none."""
    found = trying.overview(engine.database, engine.catalogue, engine.now(), choice.offer)
    begin = (choice.page - 1) * PAGE
    # A number opens to its rows on this page: `find` is the variant then, as browsers name it.
    rows = ":" in choice.find and choice.offer
    return {
        "tests": found,
        "untested": found.untested[begin : begin + PAGE],
        "page_size": PAGE,
        "shown": trying.behind(engine.database, choice.offer, choice.find, page=choice.page, most=PAGE)
        if rows
        else None,
        "named": next((name for one in (*found.running, *found.past) for name in _named(one, choice.find)), ""),
        "titles": {slug: article.title for slug, article in engine.catalogue.articles.items()},
        "rates": {(one.offer, one.trial): _rates(one) for one in (*found.running, *found.past)},
        "ratios": _ratio,
        "about": words.about,
        "days": words.days,
        "lifted": words.lifted,
        "first_up": words.first_up,
        "ends": words.ends,
    }


def sheets(engine: Engine, choice: Choice, data: Mapping[str, Any]) -> tuple[Sheet, ...]:
    """One row a variant; one row an offer without a test and a difference to be seen; one row a variant and day."""
    found: Overview = data["tests"]
    sizes = [
        (one.offer, one.title, one.present.rate, one.present.a_day, size.lift, size.leads, size.readers, size.days)
        for one in found.untested
        for size in one.sizes
    ]
    days = trying.days(engine.database, choice.offer)
    return (
        Sheet("tests", "Tests", _COLUMNS, [row for one in (*found.running, *found.past) for row in _rows(one)]),
        Sheet(
            "sizes", "What a test takes",
            ("offer", "title", "rate", "readers_a_day", "lift", "leads", "readers", "days"), sizes,
        ),
        Sheet("days", "By day", ("offer", "trial", "variant", "day", "seen", "requested", "confirmed"), days),
    )  # fmt: skip


def _rows(one: Told) -> Iterator[tuple[Any, ...]]:
    against = {it.key: it for it in one.result.compared}
    for look in one.result.looks:
        it, counts = against.get(look.key), look.counts
        yield (
            *(one.offer, one.trial, one.is_running, one.first, one.last, it.verdict if it else ""),
            *(look.key, one.names[look.key], counts.seen, counts.requested, counts.confirmed),
            *(look.rate, look.low, look.high),
            *((finite(it.ratio), it.low, finite(it.high), it.p, it.chance) if it else (None,) * 5),
            one.result.split.p,
        )


def _named(one: Told, find: str) -> Iterator[str]:
    return (name for key, name in one.names.items() if f"{one.trial}:{key}" == find)


def _rates(one: Told) -> dict[str, Any]:
    """The bars of a test's rates, what they are drawn to, and what was compared, by variant."""
    bars = {look.key: _bar(look) for look in one.result.looks if look.counts.seen}
    return {
        "bars": bars,
        "widest": max((bar.high for bar in bars.values()), default=0.0),
        "against": {it.key: it for it in one.result.compared},
    }


def _bar(look: Looked) -> Interval:
    return Interval(min(look.rate or 0.0, 1.0), look.low, look.high)


def _ratio(one: Compared) -> Interval:
    """Where a ratio lies on a bar from 0 to 1: as many times more as fewer is as far from the middle."""
    return Interval(_along(one.ratio or 0.0), _along(one.low), _along(one.high))


def _along(ratio: float) -> float:
    if ratio <= 0:
        return 0.0
    return min(max(0.5 + math.log(ratio) / math.log(_WIDEST_RATIO) / 2, 0.0), 1.0) if math.isfinite(ratio) else 1.0

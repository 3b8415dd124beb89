"""One page of the ranking of articles, in the order that was asked for: whatever is not shown is not reckoned."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from gatepost.offers import Money
from gatepost.report import journeys, money, notes
from gatepost.report.composing import Line, Ranked, rows_of
from gatepost.report.facts import Facts
from gatepost.report.funnel import Funnel
from gatepost.report.given import Given, give
from gatepost.report.rows import Published, Report, Totals
from gatepost.report.span import Span

# What a table of articles can be sorted by; "-" before one of them puts the largest first.
ORDERS = (
    "title",
    "reads",
    "readers",
    "signed_up_here",
    "confirmed",
    "helped",
    "rate",
    "above",
    "credit",
    "value",
    "deals",
)
# Which facts of all articles an order needs, beside those of every ranking.
NEEDS = {"signed_up_here": "asked", "confirmed": "asked", "credit": "credit", "value": "credit", "deals": "deals"}


@dataclass(frozen=True)
class Whole:
    """What is known of the whole site without its articles' credit."""

    facts: Facts
    value: tuple[Money, ...] = ()
    deals: tuple[Money, ...] = ()


@dataclass(frozen=True)
class ArticlePage:
    """A report whose rows are one page of `total` articles that were asked for, of `articles` in all; from place `first` on."""

    report: Report
    total: int
    articles: int
    first: int


def ordered(
    ranked: Ranked, published: Mapping[str, Published], facts: Facts, *, order: str, find: str, model: str
) -> list[int]:
    """The places of the lines to be shown, all pages of them: those whose title or slug holds `find`, by one of ORDERS."""

    def title(place: int) -> str:
        slug = ranked.lines[place].slug
        return (published[slug].title if slug in published else slug).casefold()

    wanted = find.casefold()
    found = [at for at in ranked.places if not wanted or wanted in title(at) or wanted in ranked.lines[at].slug]
    key = order.removeprefix("-")
    if key not in ORDERS:
        return found
    by: Callable[[int], Any] = title if key == "title" else _values(key, ranked, facts, model)
    return sorted(found, key=by, reverse=order.startswith("-"))


def _values(key: str, ranked: Ranked, facts: Facts, model: str) -> Callable[[int], float]:
    lines, rates = ranked.lines, ranked.rates
    counts: dict[str, Callable[[Line], float]] = {
        "reads": lambda line: line.reads,
        "readers": lambda line: line.readers,
        "signed_up_here": lambda line: line.asked.requested,
        "confirmed": lambda line: line.asked.confirmed,
        "helped": lambda line: line.helped,
        "credit": lambda line: credit[line.slug].shares if line.slug in credit else 0.0,
        # Amounts in several currencies have no order: they are taken at their face.
        "value": lambda line: sum(one.amount for one in credit[line.slug].amounts) if line.slug in credit else 0,
        "deals": lambda line: sum(one.amount for one in deals[line.slug].amounts) if line.slug in deals else 0,
    }
    credit, deals = facts.credit.get(model, {}), facts.deals.get(model, {})
    if key in counts:
        return lambda place: counts[key](lines[place])
    column = rates.means if key == "rate" else rates.above
    return lambda place: column[place] if lines[place].helped or lines[place].readers else -1.0


def page(
    whole: Whole,
    shown: Facts,
    ranked: Ranked,
    places: Sequence[int],
    published: Mapping[str, Published],
    *,
    site_name: str,
    model: str,
    span: Span,
    now: datetime,
) -> Report:
    """The report of a page's lines. `shown` are the facts of its articles only, `whole` those of the site."""
    facts = replace(whole.facts, credit=shown.credit, deals=shown.deals, asked=shown.asked, spend=shown.spend)
    lines = [(line._replace(asked=shown.asked.get(line.slug, line.asked)), rate) for line, rate in ranked.rated(places)]
    slugs = [line.slug for line, _ in lines]
    given = give(facts, model, slugs, slugs)
    by = money.taken(facts.deals, [*shown.spend.values(), *(one.spend for one in whole.facts.channels)])
    rows = rows_of(facts, published, lines, given, by)
    known, totals = journeys.known(whole.facts), _totals(whole, ranked, given[""])
    is_first = ranked.is_ranked
    said = notes.of(ranked.lines, totals, known, is_ranked=is_first, is_fitted=ranked.is_fitted)
    return Report(
        site_name=site_name, made_at=now, span=span, model=model, rows=rows, totals=totals, funnel=Funnel(()),
        site_rate=ranked.site_rate, is_ranked=is_first, journeys=known, return_of=by, notes=said,
        dropped=dict(whole.facts.dropped),
    )  # fmt: skip


def slugs_of(ranked: Ranked, places: Iterable[int]) -> list[str]:
    """The articles of some lines, and "" for what no article can be given."""
    return [*(ranked.lines[place].slug for place in places), ""]


def _totals(whole: Whole, ranked: Ranked, unplaced: Given) -> Totals:
    facts = whole.facts
    elsewhere = facts.asked.get("")
    return Totals(
        reads=sum(line.reads for line in ranked.lines),
        readers=sum(line.readers for line in ranked.lines),
        requested=facts.people.requested,
        confirmed=facts.people.confirmed,
        conversions=facts.coverage.leads,
        without_journey=facts.coverage.without_journey,
        elsewhere=elsewhere if elsewhere else type(facts.people)(),
        unplaced=unplaced,
        value=whole.value,
        deals=whole.deals,
    )

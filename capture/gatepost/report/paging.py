"""One page of the ranking of articles, in the order that was asked for: whatever is not shown is not reckoned."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from gatepost.offers import Money
from gatepost.report import journeys, money, notes
from gatepost.report.composing import Line, Ranked, rows_of
from gatepost.report.facts import Facts
from gatepost.report.funnel import Funnel
from gatepost.report.given import Given, give
from gatepost.report.rates import Rate
from gatepost.report.rows import ArticleRow, Published, Report, Totals
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

_Ranking = tuple[Line, Rate | None]


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
    best: tuple[ArticleRow, ...] = field(default=())


def ordered(
    ranked: Ranked, published: Mapping[str, Published], facts: Facts, *, order: str, find: str, model: str
) -> list[_Ranking]:
    """The lines to be shown, all pages of them: those whose title or slug holds `find`, by one of ORDERS or as ranked."""

    def title(line: Line) -> str:
        return (published[line.slug].title if line.slug in published else line.slug).casefold()

    wanted = find.casefold()
    found = [one for one in ranked.lines if not wanted or wanted in title(one[0]) or wanted in one[0].slug]
    key = order.removeprefix("-")
    if key not in ORDERS:
        return found
    value = _values(key, facts, model)
    if key == "title":
        return sorted(found, key=lambda one: title(one[0]), reverse=order.startswith("-"))
    return sorted(found, key=value, reverse=order.startswith("-"))


def _values(key: str, facts: Facts, model: str) -> Callable[[_Ranking], float]:
    credit, deals = facts.credit.get(model, {}), facts.deals.get(model, {})
    plain: dict[str, Callable[[_Ranking], float]] = {
        "reads": lambda one: one[0].reads,
        "readers": lambda one: one[0].readers,
        "signed_up_here": lambda one: one[0].asked.requested,
        "confirmed": lambda one: one[0].asked.confirmed,
        "helped": lambda one: one[0].helped,
        "rate": lambda one: one[1].interval.mean if one[1] else -1.0,
        "above": lambda one: one[1].above if one[1] else -1.0,
        "credit": lambda one: credit[one[0].slug].shares if one[0].slug in credit else 0.0,
        # Amounts in several currencies have no order: they are taken at their face.
        "value": lambda one: sum(a.amount for a in credit[one[0].slug].amounts) if one[0].slug in credit else 0,
        "deals": lambda one: sum(a.amount for a in deals[one[0].slug].amounts) if one[0].slug in deals else 0,
        "title": lambda one: 0.0,
    }
    return plain[key]


def page(
    whole: Whole,
    shown: Facts,
    ranked: Ranked,
    lines: Sequence[_Ranking],
    published: Mapping[str, Published],
    *,
    site_name: str,
    model: str,
    span: Span,
    now: datetime,
) -> Report:
    """The report of a page's lines. `shown` are the facts of their articles only, `whole` those of the site."""
    facts = replace(whole.facts, credit=shown.credit, deals=shown.deals, asked=shown.asked, spend=shown.spend)
    lines = [(replace(line, asked=shown.asked.get(line.slug, line.asked)), rate) for line, rate in lines]
    slugs = [line.slug for line, _ in lines]
    given = give(facts, model, slugs, slugs)
    by = money.taken(facts.deals, [*shown.spend.values(), *(one.spend for one in whole.facts.channels)])
    rows = rows_of(facts, published, replace(ranked, lines=lines), given, by)
    known, totals = journeys.known(whole.facts), _totals(whole, ranked, given[""])
    is_first = ranked.is_ranked
    said = notes.of(ranked.lines, totals, known, is_ranked=is_first, is_fitted=ranked.is_fitted)
    return Report(
        site_name=site_name, made_at=now, span=span, model=model, rows=rows, totals=totals, funnel=Funnel(()),
        site_rate=ranked.site_rate, is_ranked=is_first, journeys=known, return_of=by, notes=said,
        dropped=dict(whole.facts.dropped),
    )  # fmt: skip


def slugs_of(lines: Collection[_Ranking]) -> list[str]:
    """The articles of some lines, and "" for what no article can be given."""
    return [*(line.slug for line, _ in lines), ""]


def _totals(whole: Whole, ranked: Ranked, unplaced: Given) -> Totals:
    facts = whole.facts
    elsewhere = facts.asked.get("")
    return Totals(
        reads=sum(line.reads for line, _ in ranked.lines),
        readers=sum(line.readers for line, _ in ranked.lines),
        requested=facts.people.requested,
        confirmed=facts.people.confirmed,
        conversions=facts.coverage.leads,
        without_journey=facts.coverage.without_journey,
        elsewhere=elsewhere if elsewhere else type(facts.people)(),
        unplaced=unplaced,
        value=whole.value,
        deals=whole.deals,
    )

"""The sentences of a report: what its numbers rest on, and what they cannot say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from gatepost.report import rates
from gatepost.report.journeys import Journeys
from gatepost.report.rows import Report, Totals
from gatepost.report.words import many

CAUSE = (
    "Neither “touched by” nor the removal effect proves cause: both tell which articles lie on the way of readers who became "
    "leads, and one that keen readers would have passed anyway looks the same as one that won them."
)
CLASSES = (
    "Each class of leads has its own close rate, cost and time, so there is no rate over all of them. Clients are leads with a "
    "deal; the interval is Wilson's, 90 %."
)
# In simulated sites of 60 articles and some 240 leads, the five articles on top by this order held 47 % of the truly best
# five; orders by raw rate or by Wilson's bound did no better.
FEW_LEADS, TOP = 300, 5


class Line(Protocol):
    """What the notes ask of an article."""

    @property
    def helped(self) -> int: ...
    @property
    def readers(self) -> int: ...
    @property
    def is_uncounted(self) -> bool: ...
    @property
    def is_published(self) -> bool: ...


def of(
    lines: Sequence[Line],
    totals: Totals,
    journeys: Journeys,
    *,
    is_ranked: bool,
    is_fitted: bool,
) -> tuple[str, ...]:
    """What a reader of the report has to know, the weightiest first. `lines` are all articles."""
    uncounted = sum(line.is_uncounted for line in lines)
    gone = sum(not line.is_published for line in lines)
    rated = sum(bool(line.helped or line.readers) for line in lines)
    few = rates.FEWEST_LEADS
    is_shaky = is_ranked and totals.conversions < FEW_LEADS and rated > TOP
    found = (
        (not is_ranked, f"Fewer than {few} confirmed leads: articles stand in order of reads and are not ranked."),
        (
            is_shaky,
            f"With so few leads the order is a hint: in simulations of sites of this size only about half of the {TOP} "
            "articles on top were truly among the best.",
        ),
        (
            not is_fitted and rated > 0,
            f"Intervals lean on a weak guess (2 in 100, worth 25 readers) until {few} leads are confirmed "
            "and two articles have readers.",
        ),
        (
            uncounted > 0,
            f"{many(uncounted, 'article')} helped more leads than readers were counted: readers without script are "
            "not counted. The rate is then taken of the leads, and ranked below all others.",
        ),
        *((True, said) for said in journeys.says),
        (
            totals.elsewhere.requested > 0,
            f"Asked on a page that is no article: {many(totals.elsewhere.requested, 'lead')}.",
        ),
        (gone > 0, f"Not on the site any more, and shown under the slug: {many(gone, 'article')}."),
    )
    return tuple(text for holds, text in found if holds)


def money(report: Report) -> tuple[str, ...]:
    """What the report's money is, where there is any."""
    said = []
    if report.totals.value or report.has_deals:
        said.append("Value is what the leads' offers are said to be worth, deals what the leads brought.")
    if report.return_of:
        of = ", ".join(
            f"{currency} from {'deals' if money == 'deals' else 'the offers’ value'}"
            for currency, money in report.return_of.items()
        )
        said.append(f"Return is (money - cost) / cost, reckoned for {of}; there is none where nothing was spent.")
    return tuple(said)

"""Leads for reports made by hand: Ada read two articles, Bo one, and of Cy nothing is known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from gatepost.journey import Touch
from gatepost.offers import Money
from gatepost.report import ChannelCount, Counted, Coverage, Facts, Report, Request, Steps, compose
from gatepost.report.span import ALL_TIME
from tests.report import summing

AT = datetime(2026, 11, 1, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Page:
    """A published article."""

    slug: str
    title: str
    url: str


def asked(number: int, article: str, *read: str, value: Money | None = None, suspect: str = "") -> Request:
    """A confirmed request after reads an hour apart; the article named `suspect` is one that is not believed."""
    touches = tuple(
        Touch(
            AT - timedelta(hours=len(read) - place),
            slug,
            "search",
            suspect="receipt-missing" if slug == suspect else "",
        )
        for place, slug in enumerate(read)
    )
    some = UUID(int=number)
    return Request(
        some,
        some,
        f"lead{number}@example.org",
        "confirmed",
        "checklist",
        article,
        "search",
        value,
        AT,
        AT,
        True,
        touches,
    )


ADA = asked(1, "b", "a", "b", value=Money(4000, "EUR"))
BO = asked(2, "a", "a", value=Money(9000, "EUR"))
CY = asked(3, "")
PAGES = (Page("a", "Article A", "a.html"), Page("b", "Article B", "b.html"), Page("c", "Article C", "c.html"))


def three() -> Facts:
    """Ada, Bo and Cy; Ada bought for 1,000.00 EUR, and a day's work of 200.00 EUR went into article a."""
    read = {slug: {"read": Counted(count, count)} for slug, count in (("a", 10), ("b", 10), ("c", 4))}
    found = summing.facts([ADA, BO, CY], rungs=read)
    ends = {slug: given.shares for slug, given in found.credit["last"].items() if slug}
    return replace(
        found,
        deals=summing.credit([replace(ADA, value=Money(100_000, "EUR"))]),
        spend={"a": (Money(20_000, "EUR"),)},
        steps=Steps({("", "a"): 10, ("a", "b"): 5, ("", "b"): 5}, ends),
    )


def busy() -> Facts:
    """The same with channels, coverage and reasons, so that a page has something of everything."""
    return replace(
        three(),
        coverage=Coverage(120, 20, 300, 12, forgetful=31, remembering=69, reaching_back=15),
        dropped={"crawler": 4, "journey-future": 2, "receipt-missing": 12},
        channels=(
            ChannelCount("search", 900, 70, 7, (Money(280_000, "EUR"),), (Money(90_000, "EUR"),)),
            ChannelCount("social", 300, 30, 2, (), (Money(10_000, "EUR"),)),
            ChannelCount("email", 80, 20, 4, (), (Money(60_000, "EUR"),), (Money(30_000, "EUR"),)),
            ChannelCount("direct", 50, 0, 0),
            ChannelCount("display"),
        ),
    )


def made(facts: Facts, model: str = "linear") -> Report:
    """A report of them."""
    return compose(facts, PAGES, site_name="By hand", model=model, span=ALL_TIME, now=AT)

"""What the dashboard's table of articles reads: few facts of every article, and everything of those it shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection

from gatepost.offers import Money
from gatepost.report import Facts
from gatepost.report.paging import Whole
from gatepost.report.span import Span
from gatepost.store import counted, money, overview, people, reports, sums


def whole(tx: Connection, span: Span, *, model: str, needs: str = "") -> Whole:
    """The site's facts with reads and help of every article, and what an order needs beside them (see paging.NEEDS)."""
    by_value = {"money_of": (model,), "models": (model,)}
    facts = Facts(
        rungs={article: {"read": found} for article, found in counted.reads(tx, span).items()},
        helped=sums.helped(tx, span),
        people=people.asking(tx, span),
        asked=people.asked(tx, span) if needs == "asked" else people.asked(tx, span, [""]),
        dropped=reports.dropped(tx, span),
        coverage=sums.coverage(tx, span),
        credit=sums.credit(tx, "lead", span, **by_value) if needs == "credit" else {},
        deals=sums.credit(tx, "deal", span, **by_value) if needs == "deals" else {},
    )
    return Whole(facts, overview.value(tx, span), overview.deals(tx, span))


def shown(tx: Connection, span: Span, articles: Collection[str], *, model: str) -> Facts:
    """Credit by every model, requests and spend of some articles."""
    return Facts(
        asked=people.asked(tx, span, articles),
        credit=sums.credit(tx, "lead", span, money_of=(model,), articles=articles),
        deals=sums.credit(tx, "deal", span, money_of=(model,), models=(model,), articles=articles),
        spend=_of(money.spend_by_article(tx, span), articles),
    )


def _of(found: Mapping[str, tuple[Money, ...]], articles: Collection[str]) -> dict[str, tuple[Money, ...]]:
    return {article: found[article] for article in articles if article in found}

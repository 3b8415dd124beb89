"""What stands behind an article's numbers: the requests of its leads, and its counters by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gatepost.attribution import ADDITIVE
from gatepost.offers import Money
from gatepost.report import credit
from gatepost.report.facts import DayCount, Request
from gatepost.report.funnel import Funnel
from gatepost.report.rows import ArticleRow, Report


@dataclass(frozen=True)
class Behind:
    """One request and what it adds to an article's row: signed up here, confirmed, helped, credit, value."""

    request: Request
    is_here: bool
    helped: bool
    credit: float
    value: Money | None


@dataclass(frozen=True)
class ArticleBehind:
    """An article's row opened. `rows` are newest first, of `total` in all; `days` newest first."""

    report: Report
    row: ArticleRow
    rows: tuple[Behind, ...]
    total: int
    days: tuple[DayCount, ...]
    funnel: Funnel


def open_up(slug: str, requests: Sequence[Request], model: str) -> tuple[Behind, ...]:
    """What each request adds to the article."""
    return tuple(_behind(slug, request, model) for request in requests)


def _behind(slug: str, request: Request, model: str) -> Behind:
    share, value = 0.0, None
    if request.converts:
        placed = credit.by_article(request, ADDITIVE[model])
        share = placed.get(slug, 0.0)
        if request.value and slug in placed:
            amounts = credit.split(request.value.amount, list(placed.values()))
            value = Money(dict(zip(placed, amounts, strict=True))[slug], request.value.currency)
    return Behind(request, request.article == slug, request.helped_by(slug), share, value)

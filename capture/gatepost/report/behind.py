"""What stands behind an article's numbers: the requests of its leads, and its counters by day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gatepost.attribution import MODELS, Shares
from gatepost.offers import Money
from gatepost.report.credit import by_article, split
from gatepost.report.facts import DayCount, Request
from gatepost.report.funnel import Funnel
from gatepost.report.rows import ArticleRow, Report


@dataclass(frozen=True)
class Behind:
    """One request and what it adds to an article's row: signed up here, confirmed, helped, credit, value.

    `credit` and `value` are None under a model that cannot judge one journey.
    """

    request: Request
    is_here: bool
    helped: bool
    credit: float | None
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
    shares = MODELS[model].shares
    if shares is None:
        return Behind(request, request.article == slug, request.helped_by(slug), None, None)
    credit, value = _added(slug, request, shares)
    return Behind(request, request.article == slug, request.helped_by(slug), credit, value)


def _added(slug: str, request: Request, shares: Shares) -> tuple[float, Money | None]:
    if not request.converts:
        return 0.0, None
    # Money goes to articles with a share, exactly as the running sums have it.
    placed = {article: share for article, share in by_article(request, shares).items() if share}
    if not request.value or slug not in placed:
        return placed.get(slug, 0.0), None
    amounts = split(request.value.amount, list(placed.values()))
    return placed[slug], Money(dict(zip(placed, amounts, strict=True))[slug], request.value.currency)

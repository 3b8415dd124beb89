"""Ranking: the table of articles page by page, and the best of them, at a price that does not grow with the credit kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gatepost.actions.keeping import keeping_everything
from gatepost.attribution import DEFAULT, MODELS
from gatepost.catalogue import Catalogue
from gatepost.report import ArticleRow, Report
from gatepost.report.composing import rank
from gatepost.report.paging import NEEDS, ArticlePage, ordered, slugs_of
from gatepost.report.paging import page as compose_page
from gatepost.report.span import ALL_TIME, Span
from gatepost.store import Database, rankings

# Articles on one page.
PAGE = 50
ABOVE = "above"


def page(
    database: Database,
    catalogue: Catalogue,
    *,
    model: str = DEFAULT,
    span: Span = ALL_TIME,
    order: str = "",
    find: str = "",
    number: int = 1,
    size: int = PAGE,
    now: datetime,
) -> ArticlePage:
    """One page of the ranking. `order` is one of `paging.ORDERS`, "" as ranked. Raises DatabaseUnreachable.

    Raises KeyError for a model that cannot judge each journey by itself: that one needs the whole report.
    """
    return _page(database, catalogue, _Wanted(model, span, order, find, (number - 1) * size, size), now)


def one(
    database: Database, catalogue: Catalogue, slug: str, *, model: str = DEFAULT, span: Span = ALL_TIME, now: datetime
) -> Report:
    """The report with the row of one article, or with none where nobody knows it. Raises as `page` does."""
    return _page(database, catalogue, _Wanted(model, span, slug=slug), now).report


@dataclass(frozen=True)
class _Wanted:
    model: str
    span: Span
    order: str = ""
    find: str = ""
    skip: int = 0
    size: int = 1
    slug: str = ""


def _page(database: Database, catalogue: Catalogue, wanted: _Wanted, now: datetime) -> ArticlePage:
    if MODELS[wanted.model].shares is None:
        raise KeyError(wanted.model)
    model, span, order, size = wanted.model, wanted.span, wanted.order, wanted.size
    published = catalogue.articles
    with keeping_everything(), database.reading() as tx:
        whole = rankings.whole(tx, span, model=model, needs=NEEDS.get(order.removeprefix("-"), ""))
        ranked = rank(whole.facts, published)
        places = ordered(ranked, published, whole.facts, order=order, find=wanted.find, model=model)
        if wanted.slug:
            places = [place for place in places if ranked.lines[place].slug == wanted.slug]
        first = min(wanted.skip, max(len(places) - 1, 0) // size * size)
        chosen = places[first : first + size]
        shown = rankings.shown(tx, span, slugs_of(ranked, chosen), model=model)
    made = compose_page(
        whole, shown, ranked, chosen, published, site_name=catalogue.site_name, model=model, span=span, now=now
    )
    return ArticlePage(made, len(places), len(ranked.lines), first)


def best(
    database: Database, catalogue: Catalogue, *, span: Span = ALL_TIME, now: datetime, most: int = 3
) -> tuple[ArticleRow, ...]:
    """The articles to do more of: those most probably above the mean, at least as probable as not; none on too few leads."""
    found = page(database, catalogue, span=span, order=f"-{ABOVE}", size=most, now=now).report
    return better(found)


def better(ranked: Report) -> tuple[ArticleRow, ...]:
    """The rows that are more probably above the site's mean than not; none where too few leads are known to rank."""
    if not ranked.is_ranked:
        return ()
    return tuple(row for row in ranked.rows if row.rate and row.rate.above > 0.5 and not row.is_uncounted)

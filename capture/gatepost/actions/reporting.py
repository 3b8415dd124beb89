"""Reporting: which articles turn readers into leads. Needs a database and a catalogue, and no keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from gatepost.actions import ranking
from gatepost.actions.keeping import keeping_everything
from gatepost.attribution import DEFAULT, MODELS
from gatepost.catalogue import Catalogue
from gatepost.report import (
    ArticleBehind,
    Counted,
    DayCount,
    Funnel,
    Report,
    Request,
    as_csv,
    as_dict,
    compose,
    funnel,
    notes,
    open_up,
    opened,
)
from gatepost.report.given import SHOWN
from gatepost.report.ladder import NOTE as LADDER_NOTE
from gatepost.report.ladder import PROOF_NOTE, Ladder, Offered, OfferRow, Standing
from gatepost.report.ladder import as_dict as ladder_as_dict
from gatepost.report.ladder import compose as compose_ladder
from gatepost.report.span import ALL_TIME, Span
from gatepost.report.words import between, chance, percent
from gatepost.store import Database, counted, reports, standing
from gatepost.store import requests as asked

if TYPE_CHECKING:
    from jinja2 import Environment

# Requests shown on one page behind an article's numbers.
PAGE = 100
# The same on the page of an article, where each shows its journey.
PAGE_OF_ARTICLE = 50
# Articles on one page of the ladder.
LADDERS = 50


class ArticleUnknown(Exception):
    """Neither the catalogue nor any counter knows this article."""

    cure = "Take the slug from the report's JSON or from the article's address."

    def __init__(self, slug: str):
        super().__init__(f"There is no article {slug!r}.")
        self.slug = slug


def report(
    database: Database, catalogue: Catalogue, *, model: str = DEFAULT, span: Span = ALL_TIME, now: datetime
) -> Report:
    """The whole report. `span` is of days in UTC. Raises DatabaseUnreachable."""
    with keeping_everything():
        with database.reading() as tx:
            facts = reports.facts(tx, span, model=model)
        articles = catalogue.articles.values()
        return compose(facts, articles, site_name=catalogue.site_name, model=model, span=span, now=now)


def steps(database: Database, *, article: str = "", offer: str = "", span: Span = ALL_TIME) -> Funnel:
    """The funnel by rung; of one article or one offer where those are named. Raises DatabaseUnreachable."""
    with database.reading() as tx:
        people = reports.people(tx, span, article=article, offer=offer)
        if article or offer:
            found = funnel.over_articles(reports.rungs(tx, span, article=article, offer=offer))
        else:
            found = {rung: Counted(count) for rung, count in counted.site_rungs(tx, span).items()}
    return funnel.build(found, people, article=article, offer=offer)


def article(
    database: Database,
    catalogue: Catalogue,
    slug: str,
    *,
    model: str = DEFAULT,
    span: Span = ALL_TIME,
    now: datetime,
    page: int = 1,
) -> ArticleBehind:
    """One article's row with the rows behind it, PAGE_OF_ARTICLE requests a page. Raises ArticleUnknown, DatabaseUnreachable."""
    if MODELS[model].shares is None:
        whole = report(database, catalogue, model=model, span=span, now=now)
    else:
        whole = ranking.one(database, catalogue, slug, model=model, span=span, now=now)
    row = whole.row(slug)
    if row is None:
        raise ArticleUnknown(slug)
    with database.reading() as tx:
        requests, total = asked.requests(
            tx, span, article=slug, most=PAGE_OF_ARTICLE, skip=(page - 1) * PAGE_OF_ARTICLE
        )
        days = reports.days(tx, span, article=slug)
    found = steps(database, article=slug, span=span)
    return ArticleBehind(whole, row, open_up(slug, requests, model), total, tuple(days), found)


def ladder(database: Database, catalogue: Catalogue, *, span: Span = ALL_TIME, now: datetime) -> Ladder:
    """Who stands on which rung, on the whole site and on each article, and what each offer brought.

    Raises DatabaseUnreachable.
    """
    with keeping_everything():
        with database.reading() as tx:
            found = standing.standing(tx, span, published=catalogue.offers)
        return _ladder(found, catalogue, span, now)


def ladder_page(
    database: Database,
    catalogue: Catalogue,
    *,
    article: str = "",
    span: Span = ALL_TIME,
    find: str = "",
    page: int = 1,
    now: datetime,
) -> tuple[Ladder, int]:
    """The ladder of the site and of LADDERS articles, those with most leads first; of one where it is named.

    Also gives how many articles there are whose titles or slugs hold `find`. Raises DatabaseUnreachable.
    """
    with database.reading() as tx:
        names = [article] if article else _matching(standing.articles(tx, span), catalogue, find)
        shown = names[(page - 1) * LADDERS : page * LADDERS]
        found = standing.standing(tx, span, published=catalogue.offers, articles=shown)
    made = _ladder(found, catalogue, span, now)
    in_order = {slug: made.articles[slug] for slug in shown if slug in made.articles}
    return replace(made, articles=in_order), len(names)


def offers(database: Database, catalogue: Catalogue, *, span: Span = ALL_TIME, now: datetime) -> tuple[OfferRow, ...]:
    """What each offer brought, by kind. Raises DatabaseUnreachable."""
    with database.reading() as tx:
        found = standing.standing(tx, span, published=catalogue.offers, articles=())
    return _ladder(found, catalogue, span, now).offers


def _matching(names: list[str], catalogue: Catalogue, find: str) -> list[str]:
    wanted = find.casefold()
    titles = {slug: article.title.casefold() for slug, article in catalogue.articles.items()} if wanted else {}
    return [name for name in names if wanted in name or wanted in titles.get(name, "")]


def _ladder(found: Standing, catalogue: Catalogue, span: Span, now: datetime) -> Ladder:
    offers = [Offered(offer.slug, offer.title, offer.kind) for offer in catalogue.offers.values()]
    titles = {slug: article.title for slug, article in catalogue.articles.items()}
    return compose_ladder(found, offers, titles, span=span, now=now)


def requests(
    database: Database, *, article: str = "", offer: str = "", span: Span = ALL_TIME, page: int = 1
) -> tuple[list[Request], int]:
    """The people behind a number: requests, newest first, PAGE a page; and how many in all."""
    with database.reading() as tx:
        return asked.requests(tx, span, article=article, offer=offer, most=PAGE, skip=(page - 1) * PAGE)


def days(database: Database, *, article: str = "", offer: str = "", span: Span = ALL_TIME) -> list[DayCount]:
    """The days behind a count of beacons, newest first."""
    with database.reading() as tx:
        return reports.days(tx, span, article=article, offer=offer)


def dropped_days(database: Database, *, span: Span = ALL_TIME) -> list[tuple[date, str, int]]:
    """The days behind what was refused: day, reason, how many."""
    with database.reading() as tx:
        return reports.dropped_days(tx, span)


def html(report: Report, ladder: Ladder | None = None) -> str:
    """The report as one page that asks nothing of any server; of very many articles it shows the first SHOWN."""
    page = _pages().get_template("report.html")
    model, models = MODELS[report.model], MODELS.values()
    words = {"funnel_note": funnel.NOTE, "ladder_note": LADDER_NOTE, "proof_note": PROOF_NOTE, "notes": notes}
    return page.render(report=report, ladder=ladder, model=model, models=models, most=SHOWN, **words)


def json(report: Report, ladder: Ladder | None = None) -> dict[str, Any]:
    """The report for json.dumps; the shape stands at `gatepost.report.as_dict`, and for `ladder` at its own."""
    return as_dict(report) | ({"ladder": ladder_as_dict(ladder)} if ladder else {})


def csv(report: Report) -> str:
    """The report's articles as CSV, safe to open in a spreadsheet."""
    return as_csv(report)


def article_json(behind: ArticleBehind) -> dict[str, Any]:
    """One article with the rows behind it, for json.dumps."""
    return opened(behind)


@lru_cache(maxsize=1)
def _pages() -> Environment:
    from jinja2 import Environment, PackageLoader

    pages = Environment(loader=PackageLoader("gatepost.report"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    pages.filters |= {"percent": percent, "between": between, "chance": chance}
    return pages

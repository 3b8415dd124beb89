"""Reporting: which articles turn readers into leads. Needs a database and a catalogue, and no keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from gatepost.attribution import DEFAULT
from gatepost.catalogue import Catalogue
from gatepost.report import (
    ArticleBehind,
    ArticleRow,
    DayCount,
    Funnel,
    Report,
    Request,
    as_csv,
    as_dict,
    compose,
    funnel,
    open_up,
    opened,
)
from gatepost.store import Database, reports

if TYPE_CHECKING:
    from jinja2 import Environment
    from rich.table import Table

# Columns that the whole table needs beside a title one can recognise.
_WIDE = 120
# Requests shown on one page behind an article's numbers.
PAGE = 200


class ArticleUnknown(Exception):
    """Neither the catalogue nor any counter knows this article."""

    cure = "Take the slug from the report's JSON or from the article's address."

    def __init__(self, slug: str):
        super().__init__(f"There is no article {slug!r}.")
        self.slug = slug


def report(
    database: Database, catalogue: Catalogue, *, model: str = DEFAULT, since: date | None = None, now: datetime
) -> Report:
    """The whole report. `since` counts from the midnight (UTC) that begins that day. Raises DatabaseUnreachable."""
    with database.reading() as tx:
        facts = reports.facts(tx, since)
    return compose(facts, catalogue.articles.values(), site_name=catalogue.site_name, model=model, since=since, now=now)


def steps(database: Database, *, article: str = "", offer: str = "", since: date | None = None) -> Funnel:
    """The funnel by rung; of one article or one offer where those are named. Raises DatabaseUnreachable."""
    with database.reading() as tx:
        counted = reports.rungs(tx, since, article=article, offer=offer)
        people = reports.people(tx, since, article=article, offer=offer)
    return funnel.build(funnel.over_articles(counted), people, article=article, offer=offer)


def article(
    database: Database,
    catalogue: Catalogue,
    slug: str,
    *,
    model: str = DEFAULT,
    since: date | None = None,
    now: datetime,
    page: int = 1,
) -> ArticleBehind:
    """One article's row with the rows behind it, PAGE requests a page. Raises ArticleUnknown, DatabaseUnreachable."""
    whole = report(database, catalogue, model=model, since=since, now=now)
    row = whole.row(slug)
    if row is None:
        raise ArticleUnknown(slug)
    with database.reading() as tx:
        requests, total = reports.requests(tx, since, article=slug, most=PAGE, skip=(page - 1) * PAGE)
        days = reports.days(tx, since, article=slug)
    found = steps(database, article=slug, since=since)
    return ArticleBehind(whole, row, open_up(slug, requests, model), total, tuple(days), found)


def requests(
    database: Database, *, article: str = "", offer: str = "", since: date | None = None, page: int = 1
) -> tuple[list[Request], int]:
    """The people behind a number: requests, newest first, PAGE a page; and how many in all."""
    with database.reading() as tx:
        return reports.requests(tx, since, article=article, offer=offer, most=PAGE, skip=(page - 1) * PAGE)


def days(database: Database, *, article: str = "", offer: str = "", since: date | None = None) -> list[DayCount]:
    """The days behind a count of beacons, newest first."""
    with database.reading() as tx:
        return reports.days(tx, since, article=article, offer=offer)


def dropped_days(database: Database, *, since: date | None = None) -> list[tuple[date, str, int]]:
    """The days behind what was refused: day, reason, how many."""
    with database.reading() as tx:
        return reports.dropped_days(tx, since)


def table(report: Report, *, most: int | None = None, width: int | None = None) -> Table:
    """The report for a terminal, all columns where they fit into `width` (the terminal's); `most` keeps so many rows."""
    from rich.console import Console

    width = width or Console().width
    if width < _WIDE:
        return short_table(report, most=most, width=width, caption=_caption(report))
    names = ("Reads", "Readers", "Signed up", "Confirmed", "Helped", "Rate", "90 % interval", "", "Credit", "Value")
    return _table(names, [_table_cells(row) for row in report.rows[:most]], width, _caption(report))


def short_table(report: Report, *, most: int | None = 5, width: int = 80, caption: str = "") -> Table:
    """The first articles in eighty columns: what a build shows."""
    names = ("Readers", "Confirmed", "Helped", "Rate", "90 % interval")
    picked = (0, 2, 4, 5, 6, 7)
    rows = [[cells[place] for place in picked] for cells in map(_table_cells, report.rows[:most])]
    return _table(names, rows, width, caption or "\n".join((_summary(report), *report.notes[:1])))


def html(report: Report) -> str:
    """The report as one page that asks nothing of any server."""
    return _pages().get_template("report.html").render(report=report, funnel_note=funnel.NOTE)


def json(report: Report) -> dict[str, Any]:
    """The report for json.dumps; the shape stands at `gatepost.report.as_dict`."""
    return as_dict(report)


def csv(report: Report) -> str:
    """The report's articles as CSV, safe to open in a spreadsheet."""
    return as_csv(report)


def article_json(behind: ArticleBehind) -> dict[str, Any]:
    """One article with the rows behind it, for json.dumps."""
    return opened(behind)


def article_table(behind: ArticleBehind) -> Table:
    """The requests behind one article, for a terminal."""
    from rich.table import Table

    shown = Table(title=f"{_plain(behind.row.title)}: {behind.total} requests", title_justify="left")
    for name in ("Lead", "State", "Offer", "Asked", "Confirmed", "Here", "Helped", "Credit", "Journey"):
        shown.add_column(name, overflow="fold")
    for one in behind.rows:
        asked = one.request
        shown.add_row(
            asked.email or "(erased)",
            asked.state,
            asked.offer,
            f"{asked.requested_at:%Y-%m-%d}",
            f"{asked.confirmed_at:%Y-%m-%d}" if asked.confirmed_at else "-",
            "yes" if one.is_here else "-",
            "yes" if one.helped else "-",
            f"{one.credit:.2f}" if one.credit else "-",
            " > ".join(touch.article for touch in asked.touches) or "-",
        )
    return shown


def percent(share: float) -> str:
    """A share of one as people read it: two figures that matter."""
    number = share * 100
    return f"{number:.0f} %" if number >= 10 or not share else f"{number:.1f} %" if number >= 1 else f"{number:.2f} %"


def chance(probability: float) -> str:
    """A probability in words that never claim to be certain."""
    return "over 99 %" if probability > 0.99 else "under 1 %" if probability < 0.01 else f"{probability * 100:.0f} %"


def _table_cells(row: ArticleRow) -> list[str]:
    sure = ["-", "", ""]
    if row.rate:
        between = row.rate.interval
        sure = [percent(between.mean), f"{percent(between.low)} - {percent(between.high)}", row.rate.verdict]
    counts = [str(n) for n in (row.reads, row.unique_readers, row.signed_up_here, row.confirmed, row.helped)]
    credit = f"{row.credit:.2f}" if row.credit else "-"
    return [_plain(row.title), *counts, *sure, credit, ", ".join(str(money) for money in row.value) or "-"]


def _table(names: Sequence[str], rows: Sequence[Sequence[str]], width: int, caption: str) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    shown = Table(
        title="Articles and leads", title_justify="left", caption=caption, caption_justify="left", box=SIMPLE_HEAD
    )
    # A number that lost its end would be another number: only titles give way to a narrow terminal.
    widest = [max([len(name), *(len(row[place]) for row in rows)]) for place, name in enumerate(names, 1)]
    left = width - sum(widest) - 3 * len(widest) - 4
    shown.add_column("Article", overflow="ellipsis", no_wrap=True, max_width=max(12, left))
    for name, cells in zip(names, widest, strict=True):
        shown.add_column(name, justify="right", no_wrap=True, min_width=cells)
    for row in rows:
        shown.add_row(*row)
    return shown


def _plain(title: str) -> str:
    # Rich reads [brackets] as styles; a title means them as they are.
    from rich.markup import escape

    return escape(title)


def _summary(report: Report) -> str:
    totals = report.totals
    since = f" since {report.since:%Y-%m-%d}" if report.since else ""
    return f"Leads: {totals.requested} asked, {totals.confirmed} confirmed{since}."


def _caption(report: Report) -> str:
    lines = [
        f"{_summary(report)} Credit by the model “{report.model}”; the site's rate is {percent(report.site_rate)}.",
        *report.notes,
    ]
    if report.dropped:
        lines.append(
            "Not counted: " + ", ".join(f"{reason} {count}" for reason, count in sorted(report.dropped.items()))
        )
    return "\n".join(lines)


@lru_cache(maxsize=1)
def _pages() -> Environment:
    from jinja2 import Environment, PackageLoader

    pages = Environment(loader=PackageLoader("gatepost.report"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    pages.filters["percent"] = percent
    return pages

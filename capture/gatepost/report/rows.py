"""The report: one row an article, the totals, and the notes that say what the numbers cannot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from gatepost.attribution import ADDITIVE
from gatepost.offers import Money
from gatepost.report import credit, funnel, rates
from gatepost.report.credit import Credit, Shared
from gatepost.report.facts import Counted, Facts, People
from gatepost.report.funnel import Funnel
from gatepost.report.rates import Rate


class Published(Protocol):
    """What a report says of a published article."""

    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def url(self) -> str: ...


@dataclass(frozen=True)
class ArticleRow:
    """One article. Reads are events; readers are first reads; the rest are distinct leads, `credit` a sum of shares.

    `rate` is helped per reader, None where nobody was counted. An article taken off the site has no `url`.
    """

    slug: str
    title: str
    url: str
    is_published: bool
    reads: int = 0
    unique_readers: int = 0
    signed_up_here: int = 0
    confirmed: int = 0
    helped: int = 0
    rate: Rate | None = None
    credit: float = 0.0
    value: tuple[Money, ...] = ()

    @property
    def is_uncounted(self) -> bool:
        """Were more leads helped than readers counted? They read without script."""
        return self.helped > self.unique_readers


@dataclass(frozen=True)
class Totals:
    """The whole site. Leads are distinct people, so the articles' leads do not add up to them; credit and value do.

    `conversions` are leads by their first confirmed signup; `without_journey` of them sent none.
    """

    reads: int
    readers: int
    requested: int
    confirmed: int
    conversions: int
    without_journey: int
    elsewhere: People
    unplaced: Credit
    value: tuple[Money, ...]


@dataclass(frozen=True)
class Report:
    """Rows are ranked by leads helped, or stand in order of reads while there are too few leads (`is_ranked`)."""

    site_name: str
    made_at: datetime
    since: date | None
    model: str
    rows: tuple[ArticleRow, ...]
    totals: Totals
    funnel: Funnel
    site_rate: float
    is_ranked: bool
    notes: tuple[str, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)

    def row(self, slug: str) -> ArticleRow | None:
        """The row of one article."""
        return next((row for row in self.rows if row.slug == slug), None)


def compose(
    facts: Facts, articles: Iterable[Published], *, site_name: str, model: str, since: date | None, now: datetime
) -> Report:
    """A report of the facts under one of ADDITIVE. Raises KeyError for a model that is not there."""
    shared = credit.share_out(facts.conversions, ADDITIVE[model])
    plain = _plain_rows(facts, {article.slug: article for article in articles}, shared)
    pairs = _pairs(plain)
    prior = rates.fit(pairs, len(facts.conversions))
    readers = sum(n for _, n in pairs)
    site_rate = sum(k for k, _ in pairs) / readers if readers else 0.0
    is_ranked = len(facts.conversions) >= rates.FEWEST_LEADS
    rows = _ordered([_with_rate(row, prior, site_rate) for row in plain], is_ranked)
    totals = _totals(facts, rows, shared)
    notes = _notes(rows, totals, is_ranked, prior.is_fitted)
    whole = funnel.build(funnel.over_articles(facts.rungs), facts.people)
    return Report(
        site_name, now, since, model, tuple(rows), totals, whole, site_rate, is_ranked, notes, dict(facts.dropped)
    )


def _plain_rows(facts: Facts, articles: Mapping[str, Published], shared: Shared) -> list[ArticleRow]:
    counted = facts.rungs.keys() | facts.asked.keys() | facts.helped.keys() | shared.by_article.keys()
    return [_plain_row(slug, facts, articles.get(slug), shared) for slug in (articles.keys() | counted) - {""}]


def _plain_row(slug: str, facts: Facts, article: Published | None, shared: Shared) -> ArticleRow:
    read = facts.rungs.get(slug, {}).get("read", Counted())
    asked = facts.asked.get(slug, People())
    given = shared.by_article.get(slug, Credit())
    return ArticleRow(
        slug=slug,
        title=article.title if article else slug,
        url=article.url if article else "",
        is_published=article is not None,
        reads=read.count,
        unique_readers=read.firsts,
        signed_up_here=asked.requested,
        confirmed=asked.confirmed,
        helped=facts.helped.get(slug, 0),
        credit=given.leads,
        value=given.value,
    )


def _pairs(rows: Sequence[ArticleRow]) -> list[tuple[int, int]]:
    # An article whose readers were not counted says nothing about rates, unless there is no other.
    counted = [(row.helped, row.unique_readers) for row in rows if row.unique_readers and not row.is_uncounted]
    return counted or [(row.helped, row.helped) for row in rows if row.helped]


def _with_rate(row: ArticleRow, prior: rates.Prior, site_rate: float) -> ArticleRow:
    return ArticleRow(**{**vars(row), "rate": rates.rate(prior, row.helped, row.unique_readers, site_rate)})


def _ordered(rows: list[ArticleRow], is_ranked: bool) -> list[ArticleRow]:
    if not is_ranked:
        return sorted(rows, key=lambda row: (-row.reads, -row.unique_readers, row.slug))
    return sorted(
        rows, key=lambda row: (-row.helped, -(row.rate.interval.mean if row.rate else 0), -row.reads, row.slug)
    )


def _totals(facts: Facts, rows: Sequence[ArticleRow], shared: Shared) -> Totals:
    return Totals(
        reads=sum(row.reads for row in rows),
        readers=sum(row.unique_readers for row in rows),
        requested=facts.people.requested,
        confirmed=facts.people.confirmed,
        conversions=len(facts.conversions),
        without_journey=sum(not lead.has_journey for lead in facts.conversions),
        elsewhere=facts.asked.get("", People()),
        unplaced=shared.unplaced,
        value=credit.total([row.value for row in rows] + [shared.unplaced.value]),
    )


def _notes(rows: Sequence[ArticleRow], totals: Totals, is_ranked: bool, is_fitted: bool) -> tuple[str, ...]:
    uncounted = sum(row.is_uncounted for row in rows)
    gone = sum(not row.is_published for row in rows)
    few = rates.FEWEST_LEADS
    found = (
        (not is_ranked, f"Fewer than {few} confirmed leads: articles stand in order of reads and are not ranked."),
        (
            not is_fitted and any(row.rate for row in rows),
            f"Intervals lean on a weak guess (2 in 100, worth 25 readers) until {few} leads are confirmed "
            "and two articles have readers.",
        ),
        (
            uncounted > 0,
            f"{_many(uncounted, 'article')} helped more leads than readers were counted: readers without script are "
            "not counted. The rate is then taken of the leads.",
        ),
        (
            totals.without_journey > 0,
            f"{totals.without_journey} of {_many(totals.conversions, 'confirmed lead')} sent no journey (no script, "
            "tracking refused, or another device) and count for the page of their signup only.",
        ),
        (
            totals.elsewhere.requested > 0,
            f"Asked on a page that is no article: {_many(totals.elsewhere.requested, 'lead')}.",
        ),
        (gone > 0, f"Not on the site any more, and shown under the slug: {_many(gone, 'article')}."),
    )
    return tuple(text for holds, text in found if holds)


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"

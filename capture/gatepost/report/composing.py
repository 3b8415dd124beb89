"""How facts become a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from gatepost.attribution import MODELS
from gatepost.report import funnel, groups, journeys, money, notes, rates
from gatepost.report.facts import Counted, Facts, People
from gatepost.report.given import Given, give
from gatepost.report.rates import Rate
from gatepost.report.rows import ArticleRow, Published, Report, Totals
from gatepost.report.span import Span


@dataclass(frozen=True)
class Line:
    """What was counted of one article, before credit."""

    slug: str
    reads: int
    readers: int
    asked: People
    helped: int

    is_published: bool = True

    @property
    def is_uncounted(self) -> bool:
        return self.helped > self.readers


@dataclass(frozen=True)
class Ranked:
    """Lines in the order of the report, each with its rate."""

    lines: Sequence[tuple[Line, Rate | None]]
    site_rate: float
    is_ranked: bool
    is_fitted: bool


def compose(
    facts: Facts, articles: Iterable[Published], *, site_name: str, model: str, span: Span, now: datetime
) -> Report:
    """A report of the facts under one of MODELS. Raises KeyError for a model that is not there, and StepsMissing for the
    Markov model where the facts have no steps."""
    if model not in MODELS:
        raise KeyError(model)
    published = {article.slug: article for article in articles}
    ranked = rank(facts, published)
    slugs = [line.slug for line, _ in ranked.lines]
    given = give(facts, model, slugs, slugs)
    by = money.taken(facts.deals, [*facts.spend.values(), *(one.spend for one in facts.channels)])
    rows = rows_of(facts, published, ranked, given, by)
    known, totals = journeys.known(facts), _totals(facts, rows, given[""])
    return Report(
        site_name=site_name,
        made_at=now,
        span=span,
        model=model,
        rows=rows,
        totals=totals,
        funnel=funnel.build(funnel.over_articles(facts.rungs), facts.people),
        site_rate=ranked.site_rate,
        is_ranked=ranked.is_ranked,
        journeys=known,
        channels=groups.channels(facts.channels, by),
        classes=groups.classes(facts.channels, by),
        return_of=by,
        notes=notes.of(ranked.lines, totals, known, is_ranked=ranked.is_ranked, is_fitted=ranked.is_fitted),
        dropped=dict(facts.dropped),
    )


def _lines(facts: Facts, published: Mapping[str, Published]) -> list[Line]:
    slugs = {*published, *facts.rungs, *facts.asked, *facts.helped, *facts.spend}
    for given in (*facts.credit.values(), *facts.deals.values()):
        slugs.update(given)
    return [_line(facts, slug, slug in published) for slug in sorted(slugs) if slug]


def _line(facts: Facts, slug: str, is_published: bool) -> Line:
    read = facts.rungs.get(slug, {}).get("read") or Counted()
    return Line(
        slug, read.count, read.firsts, facts.asked.get(slug) or People(), facts.helped.get(slug, 0), is_published
    )


def rank(facts: Facts, published: Mapping[str, Published]) -> Ranked:
    """Every article in the order of the report. Of the facts, rungs "read", `helped` and the leads of `coverage` are enough."""
    lines, leads = _lines(facts, published), facts.coverage.leads
    # An article whose readers were not counted says nothing about rates, unless there is no other.
    pairs = [(line.helped, line.readers) for line in lines if line.readers and not line.is_uncounted]
    pairs = pairs or [(line.helped, line.helped) for line in lines if line.helped]
    prior = rates.fit(pairs, leads)
    mean = rates.site_mean(prior, pairs)
    found = rates.rates(prior, [(line.helped, line.readers) for line in lines], mean)
    is_ranked = leads >= rates.FEWEST_LEADS
    if not is_ranked:
        # A verdict on so few would be a ranking by another name.
        found = [replace(rate, verdict=rates.TOO_EARLY) if rate else None for rate in found]
    rated = sorted(zip(lines, found, strict=True), key=_by_rate if is_ranked else _by_reads)
    return Ranked(rated, mean, is_ranked, prior.is_fitted)


def _by_rate(one: tuple[Line, Rate | None]) -> tuple[object, ...]:
    line, rate = one
    # Rates taken of the leads themselves cannot be compared with others: they stand below.
    return (line.is_uncounted, rate is None, -rate.interval.mean if rate else 0, -line.helped, -line.reads, line.slug)


def _by_reads(one: tuple[Line, Rate | None]) -> tuple[object, ...]:
    line, _ = one
    return (-line.reads, -line.readers, line.slug)


def rows_of(
    facts: Facts,
    published: Mapping[str, Published],
    ranked: Ranked,
    given: Mapping[str, Given],
    by: Mapping[str, str],
) -> tuple[ArticleRow, ...]:
    """The rows of ranked lines. `by` is what `money.taken` says."""
    leads = max(facts.people.confirmed, facts.coverage.leads)
    return tuple(
        _row(line, rate, published.get(line.slug), facts, given[line.slug], leads, by) for line, rate in ranked.lines
    )


def _row(
    line: Line,
    rate: Rate | None,
    article: Published | None,
    facts: Facts,
    given: Given,
    leads: int,
    by: Mapping[str, str],
) -> ArticleRow:
    spend = facts.spend.get(line.slug, ())
    return ArticleRow(
        slug=line.slug,
        title=article.title if article else line.slug,
        url=article.url if article else "",
        is_published=article is not None,
        reads=line.reads,
        unique_readers=line.readers,
        signed_up_here=line.asked.requested,
        confirmed=line.asked.confirmed,
        helped=line.helped,
        rate=rate,
        touched_by=line.helped / leads if leads else None,
        given=given,
        spend=spend,
        returns=money.returns(spend, given.value, given.deals, by) if spend else (),
    )


def _totals(facts: Facts, rows: Sequence[ArticleRow], unplaced: Given) -> Totals:
    return Totals(
        reads=sum(row.reads for row in rows),
        readers=sum(row.unique_readers for row in rows),
        requested=facts.people.requested,
        confirmed=facts.people.confirmed,
        conversions=facts.coverage.leads,
        without_journey=facts.coverage.without_journey,
        elsewhere=facts.asked.get("", People()),
        unplaced=unplaced,
        value=money.total([*(row.given.sums.amounts for row in rows), unplaced.sums.amounts]),
        deals=money.total([*(row.given.sold.amounts for row in rows), unplaced.sold.amounts]),
    )

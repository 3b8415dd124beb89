"""How facts become a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from gatepost.attribution import MODELS
from gatepost.report import funnel, groups, journeys, money, notes, rates
from gatepost.report.facts import Counted, Facts, People
from gatepost.report.given import Given, give
from gatepost.report.rates import Rate, Rates
from gatepost.report.rows import ArticleRow, Published, Report, Totals
from gatepost.report.span import Span


class Line(NamedTuple):
    """What was counted of one article, before credit."""

    slug: str
    reads: int
    readers: int
    asked: People
    helped: int
    is_published: bool = True

    @property
    def is_uncounted(self) -> bool:
        """Were more leads helped than readers counted?"""
        return self.helped > self.readers


@dataclass(frozen=True)
class Ranked:
    """All articles with their rates. `places` are those of the lines in the order of the report."""

    lines: Sequence[Line]
    rates: Rates
    places: Sequence[int]
    is_ranked: bool
    is_fitted: bool

    @property
    def site_rate(self) -> float:
        """The rate of the mean article."""
        return self.rates.site_mean

    def rate(self, place: int) -> Rate | None:
        """The rate of one line. A verdict on very few leads would be a ranking by another name."""
        found = self.rates.rate(place)
        return found if self.is_ranked or found is None else replace(found, verdict=rates.TOO_EARLY)

    def rated(self, places: Iterable[int]) -> list[tuple[Line, Rate | None]]:
        """Some lines, each with its rate."""
        return [(self.lines[place], self.rate(place)) for place in places]


def compose(
    facts: Facts, articles: Iterable[Published], *, site_name: str, model: str, span: Span, now: datetime
) -> Report:
    """A report of the facts under one of MODELS. Raises KeyError for a model that is not there, and StepsMissing for the
    Markov model where the facts have no steps."""
    if model not in MODELS:
        raise KeyError(model)
    published = {article.slug: article for article in articles}
    ranked = rank(facts, published)
    lines = ranked.rated(ranked.places)
    slugs = [line.slug for line, _ in lines]
    given = give(facts, model, slugs, slugs)
    by = money.taken(facts.deals, [*facts.spend.values(), *(one.spend for one in facts.channels)])
    rows = rows_of(facts, published, lines, given, by)
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
    found = rates.columns(prior, [(line.helped, line.readers) for line in lines], rates.site_mean(prior, pairs))
    is_ranked = leads >= rates.FEWEST_LEADS
    keys = (
        [_by_rate(line, mean) for line, mean in zip(lines, found.means, strict=True)] if is_ranked else _by_reads(lines)
    )
    places = sorted(range(len(lines)), key=keys.__getitem__)
    return Ranked(lines, found, places, is_ranked, prior.is_fitted)


def _by_rate(line: Line, mean: float) -> tuple[object, ...]:
    # Rates taken of the leads themselves cannot be compared with others: they stand below.
    is_unknown = not (line.helped or line.readers)
    return (line.is_uncounted, is_unknown, 0 if is_unknown else -mean, -line.helped, -line.reads, line.slug)


def _by_reads(lines: Sequence[Line]) -> list[tuple[object, ...]]:
    return [(-line.reads, -line.readers, line.slug) for line in lines]


def rows_of(
    facts: Facts,
    published: Mapping[str, Published],
    lines: Sequence[tuple[Line, Rate | None]],
    given: Mapping[str, Given],
    by: Mapping[str, str],
) -> tuple[ArticleRow, ...]:
    """The rows of ranked lines. `by` is what `money.taken` says."""
    leads = max(facts.people.confirmed, facts.coverage.leads)
    return tuple(_row(line, rate, published.get(line.slug), facts, given[line.slug], leads, by) for line, rate in lines)


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

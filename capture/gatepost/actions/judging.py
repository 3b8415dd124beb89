"""Judging: can the numbers be believed? What was refused, what arrives, and what is known of journeys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from gatepost.catalogue import Catalogue
from gatepost.report import Facts, journeys, quality
from gatepost.report.quality import Quality
from gatepost.report.span import ALL_TIME, Span
from gatepost.store import Database, counted, people, sums
from gatepost.store import quality as stored

# Longer spans are shown by month.
MOST_DAYS = 93
# Articles that the catalogue does not have, at most so many of them.
UNKNOWN = 50


@dataclass(frozen=True)
class Judged:
    """The quality of a span, and what to do; the newest `by_day` or by month."""

    quality: Quality
    advice: tuple[str, ...]
    by_day: bool


def judged(database: Database, catalogue: Catalogue, *, span: Span = ALL_TIME, now: datetime) -> Judged:
    """Long spans are taken as whole months. Raises DatabaseUnreachable. What arrived last, and unknown articles, are looked for whatever the span."""
    by_day = span.days is not None and span.days <= MOST_DAYS
    span = span if by_day else _whole_months(span)
    with database.reading() as tx:
        dropped = stored.dropped(tx, span)
        arrived = stored.arrived(tx, span, by_day=by_day)
        asked = {
            offer: found["requested"].leads
            for offer, found in people.counted(tx, span, "offer").items()
            if "requested" in found
        }
        begun = counted.rungs_of_offers(tx, span)
        coverage = sums.coverage(tx, span)
        reads, latest, backup = counted.reads(tx), stored.latest(tx), stored.last_backup(tx)
    made = Quality(
        dropped=quality.reasons(dropped, sum(arrived.values())),
        stretches=quality.stretches(dropped, arrived, by_day=by_day),
        journeys=journeys.known(Facts(coverage=coverage)),
        suspect=quality.suspect(dropped),
        unscripted=quality.unscripted(asked, begun),
        unknown=quality.unknown(reads, catalogue.articles.keys(), UNKNOWN),
        latest=latest,
        size=stored.size(database),
        backup=backup,
    )
    return Judged(made, quality.advice(made, now), by_day)


def _whole_months(span: Span) -> Span:
    last = span.last and (span.last.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return Span(span.first and span.first.replace(day=1), last)

"""Trying: which look of a call to action brings more. Counted as it happens, and told in plain words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gatepost.catalogue import Catalogue
from gatepost.leads import Signup
from gatepost.offers import KINDS, NOW, Offer
from gatepost.report.span import Span
from gatepost.store import Database, Transaction, trials
from gatepost.store.trials import VariantKey
from gatepost.trials import FEWEST, LIFTS, Asked, Present, Result, Size, Tried, result, size, words

# The beacon of a reader who saw a variant, once a browser and trial. It is no rung: every reader of an offer under test
# sees one variant or another.
SEEN = "variant-seen"
# After so many days a test's own readers say how many come; before, the offer's do.
_SETTLED = 7
# The difference that a sentence speaks of: half as many again is worth having and found in good time.
_SPOKEN = LIFTS[1]


@dataclass(frozen=True)
class Told:
    """One test. `names` are its variants in words; `first` and `last` the days counted on, None where nothing was.

    Not `is_running`: the offer's texts have changed since, or it has gone. `sizes` are what it takes from its beginning.
    """

    offer: str
    title: str
    trial: str
    is_running: bool
    result: Result
    names: Mapping[str, str]
    sentence: str
    sizes: tuple[Size, ...]
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Untested:
    """An offer without a test: how it does, and what it takes to test one variant of it."""

    offer: str
    title: str
    present: Present
    sizes: tuple[Size, ...]


@dataclass(frozen=True)
class Overview:
    """Running tests in the order of the site, past ones with the newest first, and offers that could be tested."""

    running: tuple[Told, ...]
    past: tuple[Told, ...]
    untested: tuple[Untested, ...]


def unfit(known: Catalogue, offer: str, article: str, variant: str) -> str:
    """Why a beacon that says a variant was seen cannot be counted, or ""."""
    if offer not in known.offers:
        return "unknown-offer"
    if article and article not in known.articles:
        return "unknown-article"
    return _unknown(known.offers[offer], variant)


def seen(day: date, offer: str, variant: str) -> VariantKey:
    """What a beacon that is fit counts for."""
    trial, _, key = variant.partition(":")
    return day, offer, trial, key


def dropped(offer: Offer, variant: str, reasons: Counter[str]) -> None:
    """Count, by reason, that a request came with a variant that is none of its offer's: it takes no part in a trial."""
    if variant and (reason := _unknown(offer, variant)):
        reasons[reason] += 1


def count_request(tx: Transaction, offer: Offer, signup: Signup) -> None:
    """Count a request for its variant, in the transaction that stores it."""
    if signup.variant and not _unknown(offer, signup.variant):
        trials.add_request(tx, signup)


def count_confirmed(tx: Transaction, signup: Signup, day: date) -> None:
    """Count a confirmation for the variant that was asked under, also when its trial has ended since."""
    if signup.variant:
        trials.add_confirmed(tx, signup, day)


def _unknown(offer: Offer, variant: str) -> str:
    trial, _, key = variant.partition(":")
    if offer.trial is None or offer.trial.key != trial:
        return "unknown-trial"
    return "" if offer.trial.has(key) else "unknown-variant"


@dataclass(frozen=True)
class Behind:
    """What lies behind the numbers of one variant: (day, seen, requested, confirmed), and a page of the requests."""

    offer: str
    name: str
    days: tuple[tuple[date, int, int, int], ...]
    people: tuple[Asked, ...]
    total: int


def behind(database: Database, offer: str, named: str, *, page: int = 1, most: int) -> Behind | None:
    """The rows behind one variant, named as browsers do: "TRIAL:KEY". None where nothing was counted for it."""
    with database.reading() as tx:
        days = trials.days(tx, offer, named)
        if not days:
            return None
        # What was asked for on the trial's days, by an index of days.
        span = Span(days[-1][3], days[0][3])
        found, total = trials.people(tx, offer, named, span, most=most, skip=(page - 1) * most)
    return Behind(offer, named, tuple(row[3:] for row in days), tuple(found), total)


def overview(database: Database, known: Catalogue, now: datetime, offer: str = "") -> Overview:
    """Every test of the site, or of one offer. Raises DatabaseUnreachable."""
    with database.reading() as tx:
        tried = trials.tried(tx)
        present = trials.present(tx, now.date())
    offers = [one for one in known.offers.values() if not offer or one.slug == offer]
    counted = {(one.offer, one.trial): one for one in tried}
    running = tuple(
        _running(one, counted.get((one.slug, one.trial.key)), present.get(one.slug, Present()), now.date())
        for one in offers
        if one.trial
    )
    lives = {(one.slug, one.trial.key) for one in known.offers.values() if one.trial}
    ended = [one for one in tried if (one.offer, one.trial) not in lives and (not offer or one.offer == offer)]
    past = tuple(_past(known, one) for one in sorted(ended, key=lambda one: one.last, reverse=True))
    untested = tuple(
        _untested(one, present.get(one.slug, Present())) for one in offers if not one.trial and KINDS[one.kind].asks
    )
    return Overview(running, past, untested)


def days(database: Database, offer: str = "") -> list[tuple[Any, ...]]:
    """The days behind every test, or those of one offer: offer, trial, variant, day, seen, requested, confirmed."""
    with database.reading() as tx:
        return trials.days(tx, offer)


def as_plain(found: Overview) -> dict[str, Any]:
    """Tests for json.dumps. Shares are of one; what has no upper end, and what is not known, is null."""
    return {
        "running": [_plain_test(one) for one in found.running],
        "past": [_plain_test(one) for one in found.past],
        "untested": [
            {
                "offer": one.offer, "title": one.title, "rate": one.present.rate, "readers_a_day": one.present.a_day,
                "sizes": [vars(size) for size in one.sizes],
            }
            for one in found.untested
        ],
    }  # fmt: skip


def _running(offer: Offer, tried: Tried | None, present: Present, today: date) -> Told:
    assert offer.trial
    names = {one.key: words.called(one) for one in offer.trial.variants}
    found = result(tried.counts if tried else {}, list(names))
    rate = found.now.rate if found.now.counts.confirmed >= FEWEST else present.rate
    sizes = _sizes(len(found.looks), rate, _a_day(tried, found, present, today))
    sentence = words.whole(found, names, next(one for one in sizes if one.lift == _SPOKEN))
    days = (tried.first, tried.last) if tried else (None, None)
    return Told(offer.slug, offer.title, offer.trial.key, True, found, names, sentence, sizes, *days)


def _past(known: Catalogue, tried: Tried) -> Told:
    found = result(tried.counts)
    # Its texts have gone with the page they stood on; the words that named the variants are kept.
    names = {one.key: words.AS_IT_STOOD if one.key == NOW else f"“{one.key}”" for one in found.looks}
    title = known.offers[tried.offer].title if tried.offer in known.offers else tried.offer
    return Told(
        tried.offer, title, tried.trial, False, found, names, words.ended(found, names), (), tried.first, tried.last
    )


def _untested(offer: Offer, present: Present) -> Untested:
    return Untested(offer.slug, offer.title, present, _sizes(2, present.rate, present.a_day or None))


def _sizes(variants: int, rate: float | None, a_day: float | None) -> tuple[Size, ...]:
    return tuple(size(lift, variants, rate, a_day) for lift in LIFTS)


def _a_day(tried: Tried | None, found: Result, present: Present, today: date) -> float | None:
    days = (today - tried.first).days + 1 if tried else 0
    return (found.readers / days if days >= _SETTLED else present.a_day) or None


def _plain_test(one: Told) -> dict[str, Any]:
    found = one.result
    return {
        "offer": one.offer, "title": one.title, "trial": one.trial, "running": one.is_running,
        "first": one.first.isoformat() if one.first else None, "last": one.last.isoformat() if one.last else None,
        "verdict": found.verdict, "sentence": one.sentence,
        "split": {"even": found.split.is_even, "p": found.split.p},
        "variants": [
            {
                "key": look.key, "name": one.names[look.key], **vars(look.counts),
                "rate": look.rate, "rate_low": look.low, "rate_high": look.high,
            }
            for look in found.looks
        ],
        "compared": [
            {
                "key": it.key, "verdict": it.verdict, "ratio": finite(it.ratio), "ratio_low": it.low,
                "ratio_high": finite(it.high), "p": it.p, "chance": it.chance,
            }
            for it in found.compared
        ],
        "sizes": [vars(size) for size in one.sizes],
    }  # fmt: skip


def finite(ratio: float | None) -> float | None:
    """None for what has no end: JSON knows no infinity."""
    return ratio if ratio is not None and math.isfinite(ratio) else None

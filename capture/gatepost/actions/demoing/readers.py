"""Readers who never left an address: what their browsers' beacons count for, a day at a time."""

from __future__ import annotations

from collections import Counter
from datetime import date
from math import exp
from random import Random

from gatepost.actions import trying
from gatepost.actions.demoing import year as years
from gatepost.actions.demoing.shelf import Shelf, Shelved
from gatepost.actions.demoing.year import Year
from gatepost.ladder import depth_bucket
from gatepost.store.counters import Tally

# Of readers of an article, how many see its offer, open it, and begin the form (times the article's pull).
_SAW, _OPENED, _BEGAN = 0.55, 0.05, 0.025
_DEPTHS = dict(zip(range(1, 14), (52, 18, 10, 6, 4, 3, 2, 1.6, 1.2, 0.8, 0.6, 0.4, 0.4), strict=True))
_REASONS = {"crawler": 0.35, "prerender": 0.05, "webdriver": 0.01, "too-fast": 0.03, "start-missing": 0.015}


def count(tally: Tally, dice: Random, shelf: Shelf, year: Year, day: date, reads: float) -> None:
    """Add a day of about so many reads."""
    there = shelf.on(day)
    if not there:
        return
    times = _about(dice, reads)
    weights = [one.traffic * _fresh(one, day) for one in there]
    channels = years.drawn(dice, years.mix(year, day), times)
    for one, channel in zip(dice.choices(there, weights, k=times), channels, strict=True):
        _read(tally, dice, shelf, year, day, one, channel, there)
    for slug in shelf.offers:
        # Its own page, found from a menu or a letter.
        if seen := _about(dice, times * 0.012):
            _touch(tally, day, "", "offer-seen", "direct", seen, offer=slug)
    _drop(tally, dice, day, times)


def _read(
    tally: Tally, dice: Random, shelf: Shelf, year: Year, day: date, one: Shelved, channel: str, there: list[Shelved]
) -> None:
    is_first = dice.random() < 0.72
    _touch(tally, day, one.slug, "read", channel, 1, is_first)
    _touch(tally, day, one.slug, "view", channel, dice.choice((1, 2, 2, 3)))
    if dice.random() < 0.4:
        _touch(tally, day, one.slug, "consumed", channel)
    previous = "" if dice.random() < 0.68 else dice.choice(there).slug
    if previous != one.slug:
        tally.pairs[day, previous, one.slug] += 1
    if is_first:
        depth = dice.choices(list(_DEPTHS), list(_DEPTHS.values()))[0]
        tally.depths[day, depth_bucket(depth)] += 1
    for slug in one.offers:
        _offer(tally, dice, shelf, year, day, one, slug, channel)


def _offer(
    tally: Tally, dice: Random, shelf: Shelf, year: Year, day: date, one: Shelved, slug: str, channel: str
) -> None:
    if dice.random() >= _SAW:
        return
    if slug not in shelf.offers:
        # A call that asks for nothing: LinkedIn.
        _touch(tally, day, one.slug, "linkedin-seen", channel, offer=slug)
        if dice.random() < 0.035:
            _touch(tally, day, one.slug, "linkedin-click", channel, offer=slug)
        return
    _touch(tally, day, one.slug, "offer-seen", channel, offer=slug)
    trial = shelf.offers[slug].trial
    if trial and day >= year.tested_from and dice.random() < 0.8:
        tally.variants[trying.seen(day, slug, trial.name_of(dice.choice(trial.variants).key))] += 1
    for rung, share in (("offer-click", _OPENED), ("form-start", _BEGAN)):
        if dice.random() < share * one.pull:
            _touch(tally, day, one.slug, rung, channel, offer=slug)


def asked(tally: Tally, day: date, article: str, offer: str, channel: str) -> None:
    """What the browser of somebody who asked had counted on that day, beside the reads."""
    for rung in ("offer-seen", "offer-click", "form-start"):
        _touch(tally, day, article, rung, channel, offer=offer)


def read(tally: Tally, day: date, article: str, channel: str, previous: str, *, is_first: bool, depth: int) -> None:
    """One read of somebody who will ask."""
    _touch(tally, day, article, "view", channel)
    _touch(tally, day, article, "read", channel, 1, is_first)
    if previous != article:
        tally.pairs[day, previous, article] += 1
    if is_first:
        tally.depths[day, depth_bucket(depth)] += 1


def _touch(
    tally: Tally,
    day: date,
    article: str,
    rung: str,
    channel: str,
    times: int = 1,
    is_first: bool = False,
    offer: str = "",
) -> None:
    key = (day, article, rung, offer, channel)
    tally.touches[key] += times
    tally.firsts[key] += int(is_first)


def _fresh(one: Shelved, day: date) -> float:
    """A new article is read more in its first weeks, and then found by search for ever."""
    return 1 + 1.5 * exp(-(day - one.since).days / 14)


def _drop(tally: Tally, dice: Random, day: date, times: int) -> None:
    found: Counter[str] = Counter({reason: _about(dice, times * share) for reason, share in _REASONS.items()})
    tally.drop(day, +found)


def _about(dice: Random, mean: float) -> int:
    return max(0, round(dice.gauss(mean, mean**0.5)))

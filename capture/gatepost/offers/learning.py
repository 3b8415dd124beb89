"""Learning which offer belongs under which article: Thompson sampling.

What is believed of the rate of an offer under an article is a beta distribution. One number is drawn from each, and the
offer with the highest is shown: an offer is taken as often as it is likely to be the best, so what is good is shown more and
more, and what is little known is still tried (Thompson, On the likelihood that one unknown probability exceeds another,
Biometrika 25, 1933; Chapelle and Li, An empirical evaluation of Thompson sampling, NIPS 2011; Russo and others, A tutorial
on Thompson sampling, 2018).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from gatepost.offers import chance

# Before there are numbers: two in a hundred take an offer they see.
USUAL = 0.02
# What is known from elsewhere is worth as many views as bring half a lead: at two in a hundred 25. Never less in leads, or a
# belief would take a hundred views without a lead for a proof that there will be none.
HALF = 0.5
# The closest offer is expected to do as well as it does elsewhere, one that has nothing in common half as well.
FARTHEST = 0.5
# Nothing is given up for good: below one in a thousand and above one in two nothing is expected in advance.
LEAST, MOST = 0.001, 0.5


@dataclass(frozen=True)
class Counts:
    """How often an offer was seen (beacons), and leads that asked for it and that confirmed, each lead once."""

    seen: int = 0
    requested: int = 0
    confirmed: int = 0

    @property
    def tries(self) -> int:
        """What `confirmed` is a part of. A browser that sends no beacon may still bring a lead."""
        return max(self.seen, self.confirmed)

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.seen + other.seen, self.requested + other.requested, self.confirmed + other.confirmed)


@dataclass(frozen=True)
class Belief:
    """Beta(a, b): what is believed of a rate."""

    a: float
    b: float

    @property
    def mean(self) -> float:
        """The rate expected."""
        return self.a / (self.a + self.b)


@dataclass(frozen=True)
class Evidence:
    """Counts by (article, offer); those of offers that are gone count for the site as well."""

    pairs: Mapping[tuple[str, str], Counts]

    def of(self, article: str, offer: str) -> Counts:
        """What an offer brought under an article."""
        return self.pairs.get((article, offer), Counts())

    @cached_property
    def offers(self) -> Mapping[str, Counts]:
        """What each offer brought under all articles."""
        return _summed((offer, counts) for (_, offer), counts in self.pairs.items())

    @cached_property
    def articles(self) -> Mapping[str, Counts]:
        """What all offers brought under each article."""
        return _summed((article, counts) for (article, _), counts in self.pairs.items())

    @cached_property
    def site(self) -> Counts:
        """Everything."""
        return sum(self.offers.values(), Counts())


@dataclass(frozen=True)
class Drawn:
    """One offer in the draw of an article."""

    offer: str
    draw: float
    counts: Counts
    belief: Belief


def believe(here: Counts, everywhere: Counts, site: Counts, closeness: float | None = None) -> Belief:
    """What is believed of an offer under an article: what it does elsewhere, as far as too little is known of it here.

    The site's rate is drawn towards the usual one, the offer's rate under other articles towards the site's, and the pair's
    towards that, m: Beta(1/2 + confirmed, 1/(2 m) - 1/2 + tries - confirmed), whose mean is m as long as there are no numbers.
    What was counted here is left out of m, so that nobody counts twice. `closeness` is from 0 to 1, the closest offer 1; None where subjects are not known.
    """
    confirmed = max(everywhere.confirmed - here.confirmed, 0)
    tries = max(everywhere.tries - here.tries, confirmed)
    usual = _drawn_towards(USUAL, site.confirmed, site.tries)
    weight = 1.0 if closeness is None else FARTHEST + (1.0 - FARTHEST) * closeness
    mean = min(max(_drawn_towards(usual, confirmed, tries) * weight, LEAST), MOST)
    return Belief(HALF + here.confirmed, HALF / mean - HALF + (here.tries - here.confirmed))


def _drawn_towards(rate: float, confirmed: int, tries: int) -> float:
    return (HALF + confirmed) / (HALF / rate + tries)


def choose(article: str, closeness: Mapping[str, float], evidence: Evidence, seed: int) -> tuple[Drawn, ...]:
    """Every offer of `closeness` with its draw, the one to be shown first.

    The same seed and evidence give the same draws, whatever the machine, the day or the order. New numbers under this
    article, and only these, make new chance: pages that nobody saw since the last build stay as they are.
    """
    drawn = [_drawn(article, offer, close, evidence, seed) for offer, close in closeness.items()]
    return tuple(sorted(drawn, key=lambda one: (-one.draw, one.offer)))


def _drawn(article: str, offer: str, closeness: float, evidence: Evidence, seed: int) -> Drawn:
    here, under = evidence.of(article, offer), evidence.articles.get(article, Counts())
    belief = believe(here, evidence.offers.get(offer, Counts()), evidence.site, closeness)
    text = json.dumps([seed, article, offer, under.seen, under.confirmed])
    return Drawn(offer, chance.beta(belief.a, belief.b, chance.uniforms(text)), here, belief)


def _summed(counted: Iterable[tuple[str, Counts]]) -> Mapping[str, Counts]:
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for key, counts in counted:
        sums = found[key]
        sums[0] += counts.seen
        sums[1] += counts.requested
        sums[2] += counts.confirmed
    return {key: Counts(*sums) for key, sums in found.items()}

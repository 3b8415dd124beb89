"""How sure a rate is: empirical Bayes over all articles, and Wilson's interval for a single step.

A few leads on a few readers say little, and ranking raw rates puts the luckiest small number first. So every
article's rate is drawn towards what all articles have in common, as far as its own numbers are weak
(beta-binomial model; mean and strength of the prior by maximum likelihood).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

LEVEL = 0.90
Z = 1.6448536269514722  # the normal quantile of 0.95: five in a hundred on either side

TOO_EARLY, ABOVE, BELOW = "too early", "above", "below"


@dataclass(frozen=True)
class Prior:
    """What is believed of an article before its own numbers: Beta(a, b), worth a + b readers."""

    a: float
    b: float
    is_fitted: bool = True

    @property
    def mean(self) -> float:
        """The rate it expects."""
        return self.a / (self.a + self.b)


# Two in a hundred, worth 25 readers: a usual rate for a gated offer, and soon outweighed by an article's own numbers.
WEAK = Prior(0.5, 24.5, is_fitted=False)
# Below this many leads in all there is nothing to learn a prior from, and nothing to rank.
FEWEST_LEADS = 5


@dataclass(frozen=True)
class Interval:
    """A share between 0 and 1 and the 90 % interval around it."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Rate:
    """Leads helped per unique reader. `above` is the probability of lying over the site's mean rate."""

    helped: int
    readers: int
    interval: Interval
    above: float
    verdict: str


def fit(pairs: Sequence[tuple[int, int]], leads: int) -> Prior:
    """The prior under which (helped, readers) of all articles are likeliest, or WEAK where too little is known.

    It is never worth more readers than were counted in all: without that bound, articles that happen to agree would
    be taken for exactly alike.
    """
    known = [(k, n) for k, n in pairs if n > 0]
    if len(known) < 2 or leads < FEWEST_LEADS or not any(k for k, _ in known):
        return WEAK
    import numpy as np
    from scipy.optimize import minimize

    k, n = np.array(known, dtype=float).T
    most = math.log(max(float(n.sum()), 4.0))
    mean = min(max(float(k.sum() / n.sum()), 1e-6), 1 - 1e-6)
    bounds = [(-14.0, 14.0), (math.log(2.0), most)]
    # The surface can be flat in one direction: several starts, and the best end is taken.
    ends = [
        minimize(_descent, (_logit(mean), start), args=(k, n), jac=True, method="L-BFGS-B", bounds=bounds, tol=1e-12)
        for start in (math.log(2.0), most / 2, most)
    ]
    logit_mean, log_strength = min(ends, key=lambda end: float(end.fun)).x
    return _prior(float(logit_mean), float(log_strength))


def _descent(at: Any, k: Any, n: Any) -> tuple[float, Any]:
    """What fit minimises, and its gradient: the minus log-likelihood at (logit mean, log strength)."""
    import numpy as np
    from scipy.special import digamma

    prior = _prior(float(at[0]), float(at[1]))
    whole = digamma(n + prior.a + prior.b) - digamma(prior.a + prior.b)
    by_a = float((digamma(k + prior.a) - digamma(prior.a) - whole).sum())
    by_b = float((digamma(n - k + prior.b) - digamma(prior.b) - whole).sum())
    slope = prior.mean * (1 - prior.mean) * (prior.a + prior.b)
    gradient = np.array([slope * (by_a - by_b), prior.a * by_a + prior.b * by_b])
    return -log_likelihood(float(at[0]), float(at[1]), k, n), -gradient


def log_likelihood(logit_mean: float, log_strength: float, k: Any, n: Any) -> float:
    """Of beta-binomial counts (arrays), up to a constant that depends on the data only."""
    from scipy.special import betaln

    prior = _prior(float(logit_mean), float(log_strength))
    return float((betaln(k + prior.a, n - k + prior.b) - betaln(prior.a, prior.b)).sum())


def site_mean(prior: Prior, pairs: Sequence[tuple[int, int]]) -> float:
    """The mean that articles are held against: that of the fitted prior, else helped per reader over all of them."""
    if prior.is_fitted:
        return prior.mean
    readers = sum(n for _, n in pairs)
    return sum(k for k, _ in pairs) / readers if readers else 0.0


@dataclass(frozen=True)
class Rates:
    """The rates of many articles as columns: an object for each is made only when it is asked for.

    `means` and `above` have a number an article also where nobody was counted: there `rate` gives None.
    """

    pairs: Sequence[tuple[int, int]]
    site_mean: float
    means: Sequence[float]
    lows: Sequence[float]
    highs: Sequence[float]
    above: Sequence[float]

    def rate(self, place: int) -> Rate | None:
        """The rate of the article at this place; None where nobody was counted."""
        if not any(self.pairs[place]):
            return None
        numbers = (column[place] for column in (self.means, self.lows, self.highs, self.above))
        return _rate(self.site_mean, self.pairs[place], *numbers)


def columns(prior: Prior, pairs: Sequence[tuple[int, int]], mean: float) -> Rates:
    """The rates of articles with (helped, readers) under a prior, held against a mean.

    Where more were helped than counted, the readers are taken as the leads, and no verdict is given on such a base.
    """
    if not pairs:
        return Rates((), mean, (), (), (), ())
    import numpy as np
    from scipy.special import betainc, betaincinv

    # All at once: ten thousand calls one by one would take longer than the rest of the report.
    helped, counted = np.array(pairs, dtype=float).T
    readers = np.maximum(counted, helped)
    a, b = prior.a + helped, prior.b + readers - helped
    tail = (1 - LEVEL) / 2
    numbers = (a / (a + b), betaincinv(a, b, tail), betaincinv(a, b, 1 - tail), 1 - betainc(a, b, mean))
    return Rates(pairs, mean, *(column.tolist() for column in numbers))


def rates(prior: Prior, pairs: Sequence[tuple[int, int]], mean: float) -> list[Rate | None]:
    """The same as a list with one rate an article, None where nobody was counted."""
    found = columns(prior, pairs, mean)
    return [found.rate(place) for place in range(len(pairs))]


def _rate(mean: float, pair: tuple[int, int], middle: float, low: float, high: float, above: float) -> Rate:
    helped, readers = pair
    # Where nearly everything lies at one end, the mean may fall just outside its own quantiles.
    interval = Interval(middle, min(low, middle), max(high, middle))
    verdict = TOO_EARLY if helped > readers else _verdict(interval, mean)
    return Rate(helped, max(readers, helped), interval, above, verdict)


def wilson(k: int, n: int) -> Interval | None:
    """The share k/n with Wilson's 90 % interval; None where k of n is no share."""
    if not 0 <= k <= n or n == 0:
        return None
    share, square = k / n, Z * Z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = Z / (1 + square / n) * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    # At the ends the formula is exact and only its rounding is not.
    return Interval(share, 0.0 if k == 0 else middle - half, 1.0 if k == n else middle + half)


def _verdict(interval: Interval, site_mean: float) -> str:
    if interval.low <= site_mean <= interval.high:
        return TOO_EARLY
    return ABOVE if interval.low > site_mean else BELOW


def _prior(logit_mean: float, log_strength: float) -> Prior:
    mean, strength = 1 / (1 + math.exp(-logit_mean)), math.exp(log_strength)
    return Prior(mean * strength, (1 - mean) * strength)


def _logit(share: float) -> float:
    return math.log(share / (1 - share))

"""How strongly counts speak against an expected split, valid however often and whenever one looks.

The test is a bet: E starts at 1 and is multiplied, at every count, by the probability that the bettor gave to what came over
the one it has if the split is as expected. If it is, E is on average 1 at every moment and passes 20 once in twenty tests at
most, ever (Ville 1939), so an owner may look every day and stop at will. The bettor is a Dirichlet prior around the expected
split: Lindon & Malek, "Anytime-Valid Inference for Multinomial Count Data", NeurIPS 2022, equation (9) and section 3.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

# How sure the bettor is of the expected split, in counts: small finds great differences soon, large finds small ones.
MASS = 20.0
# One false alarm in twenty tests.
ALPHA = 0.05
# The prior of a single rate, of which nothing is expected (Jeffreys).
_HALF = (0.5, 0.5)


def log_e(counts: Sequence[int], expected: Sequence[float], mass: float = MASS) -> float:
    """The natural logarithm of E for counts whose shares are expected to be `expected` (positive, with the sum 1).

    ln B(a + n) - ln B(a) - sum n_i ln expected_i, where a = mass * expected and B is the multivariate beta function.
    """
    prior = [mass * share for share in expected]
    after = [a + n for a, n in zip(prior, counts, strict=True)]
    known = sum(n * math.log(share) for n, share in zip(counts, expected, strict=True))
    return _log_beta(after) - _log_beta(prior) - known


def p_value(log_e: float, tests: int = 1) -> float:
    """The always-valid p-value: 1 / E, times the number of tests that were made beside it (Bonferroni), 1 at most."""
    return min(1.0, tests * math.exp(-log_e)) if log_e > 0 else 1.0


def share_sequence(
    others: int, count: int, expected: float = 0.5, *, alpha: float = ALPHA, mass: float = MASS
) -> tuple[float, float]:
    """The confidence sequence of a share, of which `count` out of `others + count` were seen: every share not betted away.

    The bets are those around `expected`; a share is out once its own E reaches 1 / alpha (Lindon & Malek, section 4).
    """
    return _not_betted_away(others, count, (mass * (1 - expected), mass * expected), alpha)


def rate_sequence(count: int, readers: int, *, alpha: float = ALPHA) -> tuple[float, float]:
    """The confidence sequence of a rate, `count` out of `readers`; by the same bets, around no rate in particular.

    More counted than there are readers (browsers that keep their beacons back) is taken for all of them.
    """
    count = min(count, readers)
    return _not_betted_away(readers - count, count, _HALF, alpha)


def ratio(share: float, expected: float = 0.5) -> float:
    """How many times the others' rate a rate is whose share of all conversions is `share` where `expected` would be equal."""
    return share / (1 - share) * (1 - expected) / expected if share < 1 else math.inf


def _not_betted_away(others: int, count: int, prior: tuple[float, float], alpha: float) -> tuple[float, float]:
    bound = math.log(1 / alpha)
    bets = _log_beta((prior[0] + others, prior[1] + count)) - _log_beta(prior)

    def is_out(share: float) -> bool:
        return bets - others * math.log1p(-share) - count * math.log(share) >= bound

    if not others + count:
        return 0.0, 1.0
    middle = count / (others + count)
    # E falls towards the share that was seen and rises behind it: each end lies between that and the end of the scale.
    low = _edge(is_out, 0.0, middle) if count else 0.0
    high = _edge(is_out, 1.0, middle) if others else 1.0
    return low, high


def _edge(is_out: Callable[[float], bool], out: float, within: float) -> float:
    """Between a share that is out and one that is within, where it changes."""
    while True:
        middle = (out + within) / 2
        if middle in (out, within):
            return middle
        if is_out(middle):
            out = middle
        else:
            within = middle


def _log_beta(of: Sequence[float]) -> float:
    return sum(map(math.lgamma, of)) - math.lgamma(sum(of))

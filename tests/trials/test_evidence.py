"""The bet against an even split: the numbers of the vectors, fair by enumeration, and safe however often one looks."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.trials import chance, splitting
from gatepost.trials.evidence import ALPHA, log_e, p_value, rate_sequence, ratio, share_sequence
from gatepost.trials.sizing import crossing, leads_needed
from tests.attribution.cast import vector

FEW = st.integers(0, 60)


def test_the_vectors_of_the_bet() -> None:
    for row in vector("ab_eprocess_expected"):
        others, count, share = int(row["conv_a"]), int(row["conv_b"]), float(row["alloc_b"])
        mass = float(row["prior_mass_k"])
        found = log_e((others, count), (1 - share, share), mass)
        low, high = share_sequence(others, count, share, mass=mass)
        expected = [float(row[name]) for name in ("log_e", "p_always_valid", "theta_lo95", "theta_hi95")]
        assert (found, p_value(found), low, high) == pytest.approx(expected, abs=1e-9)
        ends = (float(row["rate_ratio_b_over_a_lo95"]), float(row["rate_ratio_hi95"]))
        assert (ratio(low, share), ratio(high, share)) == pytest.approx(ends, rel=1e-9, abs=1e-9)


def test_the_vectors_of_the_chance() -> None:
    for row in vector("ab_prob_expected"):
        a, of_a, b, of_b = (int(row[name]) for name in ("k_a", "n_a", "k_b", "n_b"))
        assert chance.higher(b, of_b, a, of_a) == pytest.approx(float(row["p_b_gt_a"]), abs=1e-9)


@given(FEW, FEW, FEW, FEW)
def test_one_of_two_rates_is_higher(a: int, of_a: int, b: int, of_b: int) -> None:
    there, back = chance.higher(a, of_a, b, of_b), chance.higher(b, of_b, a, of_a)
    assert there + back == pytest.approx(1, abs=1e-9)
    assert -1e-12 <= there <= 1 + 1e-12


def test_of_many_counts_the_curve_says_what_the_sum_says() -> None:
    many = chance.MANY + 100
    for other in (many - 60, many, many + 120):
        exact = chance._higher(many, 200_000, other, 200_000)
        assert chance.higher(many, 200_000, other, 200_000) == pytest.approx(exact, abs=1e-3)
    assert chance.higher(many, many, many, many) == pytest.approx(0.5)


def _compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _compositions(total - first, parts - 1):
            yield (first, *rest)


@given(st.lists(st.floats(0.05, 1), min_size=2, max_size=4), st.integers(0, 7), st.floats(0.5, 100))
def test_the_bet_is_fair_at_every_moment_where_the_split_is_as_expected(
    weights: list[float], total: int, mass: float
) -> None:
    expected = [weight / math.fsum(weights) for weight in weights]
    mean = math.fsum(
        math.exp(log_e(counts, expected, mass))
        * math.factorial(total)
        * math.prod(share**n / math.factorial(n) for share, n in zip(expected, counts, strict=True))
        for counts in _compositions(total, len(expected))
    )
    assert mean == pytest.approx(1, abs=1e-9)


@given(st.tuples(FEW, FEW), st.floats(0.05, 0.95))
def test_each_step_is_fair_too(counts: tuple[int, int], share: float) -> None:
    others, count = counts
    expected = (1 - share, share)
    steps = (log_e((others + 1, count), expected), log_e((others, count + 1), expected))
    mean = (1 - share) * math.exp(steps[0]) + share * math.exp(steps[1])
    assert math.log(mean) == pytest.approx(log_e(counts, expected), abs=1e-9)


@given(FEW, FEW, st.floats(0.2, 0.8))
def test_a_share_is_out_exactly_when_the_bet_against_it_is_won(others: int, count: int, share: float) -> None:
    low, high = share_sequence(others, count, share)
    assert 0 <= low <= high <= 1
    if others + count:
        assert low <= count / (others + count) <= high
    assert (low <= share <= high) == (p_value(log_e((others, count), (1 - share, share))) > ALPHA)


def test_a_rate_keeps_within_bounds_also_where_beacons_are_missing() -> None:
    assert rate_sequence(0, 0) == (0.0, 1.0)
    low, high = rate_sequence(30, 1000)
    assert 0.013 < low < 0.03 < high < 0.055
    assert rate_sequence(9, 5) == rate_sequence(5, 5)


def _leads(variants: int, runs: int, leads: int) -> np.ndarray:
    """Leads of each variant after each lead, where all bring alike: [run, lead, variant]. The same each time."""
    drawn = np.random.default_rng(20261123).integers(0, variants, (runs, leads))
    return (drawn[:, :, None] == np.arange(variants)).cumsum(axis=1)


def test_who_looks_after_every_lead_is_wrong_in_fewer_than_one_test_in_twenty() -> None:
    """600 leads are 20,000 readers at three in a hundred; between two leads no reader changes anything."""
    now, other = np.moveaxis(_leads(2, 4000, 600), 2, 0)
    bounds = np.array([crossing(n) for n in range(601)])
    alarms = (np.maximum(now, other) >= bounds[now + other]).any(axis=1)
    assert 0.01 < alarms.mean() < ALPHA


def test_of_several_variants_one_test_in_twenty_at_most_is_wrong_about_any_of_them() -> None:
    now, *others = np.moveaxis(_leads(4, 2500, 900), 2, 0)
    bounds = np.array([crossing(n, comparisons=3) for n in range(901)])
    alarms = np.zeros(len(now), dtype=bool)
    for other in others:
        alarms |= (np.maximum(now, other) >= bounds[now + other]).any(axis=1)
    assert 0 < alarms.mean() < ALPHA


def test_the_check_of_the_split_seldom_throws_a_good_test_away() -> None:
    seen = _leads(3, 1500, 400)[:, ::20]
    alarms = [
        any(not splitting.check(dict(zip("abc", map(int, row), strict=True))).is_even for row in run)
        for run in seen[:300]
    ]
    assert np.mean(alarms) < 0.02


def test_a_split_that_is_out_of_balance_is_found() -> None:
    assert splitting.check({"now": 5000, "short": 5100}).is_even
    assert not splitting.check({"now": 5000, "short": 5600}).is_even
    assert not splitting.check({"now": 50, "short": 0}).is_even
    assert splitting.check({"now": 50}).is_even


@pytest.mark.parametrize(("lift", "comparisons"), [(0.5, 1), (1.0, 1), (1.0, 3)])
def test_the_expected_size_is_what_tests_take(lift: float, comparisons: int) -> None:
    share, leads = (1 + lift) / (2 + lift), 500
    mine = (np.random.default_rng(7).random((4000, leads)) < share).cumsum(axis=1)
    bounds = np.array([crossing(n, comparisons) for n in range(1, leads + 1)])
    won = mine >= bounds
    first = np.where(won.any(axis=1), won.argmax(axis=1) + 1, leads)
    assert leads_needed(lift, comparisons) == pytest.approx(np.median(first), rel=0.08)


def test_three_in_a_hundred_against_four_and_a_half_takes_about_five_thousand_readers() -> None:
    """research: a median of 5,400 when one looks every 200 readers; who looks after every lead knows a little earlier."""
    assert 4500 < leads_needed(0.5) / 0.0375 < 5400

"""Laws of models, credit, rates and cells, with hypothesis looking for a case against each."""

from __future__ import annotations

import csv
import io
import math
import re
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatepost.attribution import ADDITIVE
from gatepost.journey import Touch
from gatepost.report import csv_cell, csv_text
from gatepost.report.credit import split
from gatepost.report.rates import WEAK, Prior, Rate, fit, log_likelihood, rates, wilson
from tests.conftest import VECTORS, missing

AT = datetime(2026, 11, 1, tzinfo=UTC)
SLUGS = st.sampled_from(["a", "b", "c", "d"])
JOURNEYS = st.lists(SLUGS, max_size=9).map(
    lambda slugs: tuple(Touch(AT + timedelta(hours=n), slug) for n, slug in enumerate(slugs))
)


@pytest.mark.parametrize("model", ADDITIVE)
@given(touches=JOURNEYS)
def test_shares_are_one_each_and_sum_to_one(model: str, touches: tuple[Touch, ...]) -> None:
    shares = ADDITIVE[model](touches, AT)
    assert len(shares) == len(touches)
    assert all(share >= 0 for share in shares)
    assert math.isclose(math.fsum(shares), 1.0) if touches else shares == []


@pytest.mark.parametrize("model", ADDITIVE)
def test_a_single_touch_gets_all_and_no_touch_nothing(model: str) -> None:
    assert ADDITIVE[model]([Touch(AT, "a")], AT) == [1.0]
    assert ADDITIVE[model]([], AT) == []


@given(amount=st.integers(0, 10**15), weights=st.lists(st.floats(1e-9, 1), min_size=1, max_size=50))
def test_a_split_keeps_the_sum_and_is_fair_to_a_unit(amount: int, weights: list[float]) -> None:
    parts = split(amount, weights)
    assert sum(parts) == amount
    exact = [amount * weight / math.fsum(weights) for weight in weights]
    assert all(abs(part - share) <= 1 + amount * 1e-12 for part, share in zip(parts, exact, strict=True))


def rate(prior: Prior, helped: int, readers: int, mean: float) -> Rate | None:
    return rates(prior, [(helped, readers)], mean)[0]


PAIRS = [(9, 300), (2, 310), (14, 420), (0, 80), (5, 900), (31, 700), (1, 40)]


def test_the_prior_is_the_likeliest_a_fine_grid_can_find() -> None:
    prior = fit(PAIRS, leads=40)
    k, n = np.array(PAIRS, dtype=float).T
    strength = prior.a + prior.b
    ours = log_likelihood(math.log(prior.mean / (1 - prior.mean)), math.log(strength), k, n)
    grid = [
        log_likelihood(logit, log_strength, k, n)
        for logit in np.linspace(-6, -2, 81)
        for log_strength in np.linspace(math.log(2), math.log(float(n.sum())), 81)
    ]
    assert ours >= max(grid) - 1e-6


def test_an_interval_holds_nine_tenths_of_the_posterior_counted_by_hand() -> None:
    prior = fit(PAIRS, leads=40)
    found = rate(prior, 9, 300, 0.02)
    assert found is not None
    at = np.linspace(1e-7, 1 - 1e-7, 2_000_001)
    logs = (prior.a + 9 - 1) * np.log(at) + (prior.b + 291 - 1) * np.log1p(-at)
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    low, high = at[np.searchsorted(weights.cumsum(), [0.05, 0.95])]
    assert found.interval.low == pytest.approx(low, abs=2e-6)
    assert found.interval.high == pytest.approx(high, abs=2e-6)
    assert found.above == pytest.approx(float(weights[at > 0.02].sum()), abs=1e-5)


def test_a_lucky_small_number_does_not_outrank_a_proven_one() -> None:
    pairs = [(3, 3), (98, 1600), (19, 557), (1, 1), *[(20, 1000)] * 10]
    prior = fit(pairs, leads=120)
    lucky, proven = rate(prior, 1, 1, 0.02), rate(prior, 98, 1600, 0.02)
    assert lucky is not None
    assert proven is not None
    assert lucky.interval.mean < proven.interval.mean
    assert lucky.verdict == "too early"


def test_too_little_is_known_for_a_prior_of_ones_own() -> None:
    assert fit([(4, 100)], leads=9) is WEAK
    assert fit([(1, 100), (2, 100)], leads=4) is WEAK
    assert fit([(0, 100), (0, 100)], leads=9) is WEAK
    assert rate(WEAK, 0, 0, 0.02) is None


@settings(max_examples=40, deadline=None)
@given(pairs=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 4000)), max_size=12))
def test_every_rate_lies_in_its_interval_and_in_zero_to_one(pairs: list[tuple[int, int]]) -> None:
    pairs = [(k, max(k, n)) for k, n in pairs]
    prior = fit(pairs, leads=sum(k for k, _ in pairs))
    assert prior is WEAK or prior.a + prior.b <= max(4, sum(n for _, n in pairs)) * 1.000001
    for k, n in pairs:
        found = rate(prior, k, n, 0.02)
        if found:
            assert 0 <= found.interval.low <= found.interval.mean <= 1
            assert found.interval.low <= found.interval.high <= 1
            assert 0 <= found.above <= 1


@given(n=st.integers(1, 10**6), part=st.floats(0, 1))
def test_wilson_holds_the_share_it_is_about(n: int, part: float) -> None:
    k = round(n * part)
    found = wilson(k, n)
    assert found is not None
    assert 0 <= found.low <= found.mean + 1e-12
    assert found.mean - 1e-12 <= found.high <= 1


def test_wilson_keeps_its_definition_and_refuses_more_than_all() -> None:
    found = wilson(10, 100)
    assert found is not None
    # Its ends are the rates p under which 10 of 100 lies exactly 1.644854 standard errors away.
    for end in (found.low, found.high):
        assert abs(end - 0.1) == pytest.approx(1.644854 * math.sqrt(end * (1 - end) / 100), rel=1e-6)
    assert wilson(3, 2) is None
    assert wilson(0, 0) is None


@given(st.text(max_size=40))
def test_no_cell_begins_a_formula(text: str) -> None:
    cell = csv_cell(text)
    is_number = re.fullmatch(r"[+-]?\d+([.,]\d+)?", cell, re.ASCII)
    assert is_number or not cell.strip().startswith(("=", "+", "-", "@"))
    assert cell.removeprefix("'") == text.replace("\x00", "").removeprefix("'") or cell == text


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1+1", "-1-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\x00=1", "＝1", "-2+3+cmd|' /C calc'!A0"],
)
def test_a_formula_gets_an_apostrophe(text: str) -> None:
    assert csv_cell(text).startswith("'")


@pytest.mark.parametrize("text", ["-3", "+4.50", "12,5", "Ada", "", "40.00 EUR", "a=b", "o'hara@example.org"])
def test_plain_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert csv_cell(text) == text


def test_known_payloads_are_disarmed_and_come_back_whole() -> None:
    path = VECTORS / "csv-injection" / "README.md"
    if not path.is_file():
        missing("the vectors of csv-injection")
    payloads = [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()[:1] in tuple("=+-@")]
    assert len(payloads) > 10
    rows = list(csv.reader(io.StringIO(csv_text(("payload",), [(payload,) for payload in payloads]), newline="")))
    assert [row[0] for row in rows[1:]] == [f"'{payload}" for payload in payloads]

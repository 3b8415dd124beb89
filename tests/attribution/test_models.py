"""The models that look at one journey: their contract, their laws, and numbers worked out by hand."""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import timedelta

import pytest
from hypothesis import given

from gatepost.attribution import ADDITIVE, DEFAULT, MODELS, within
from gatepost.journey import LOOKBACK, Touch
from tests.attribution.cast import AT, JOURNEYS, touches


def shared(model: str, *articles: str) -> dict[str, float]:
    """A model's shares of a journey, by article."""
    journey = touches(*articles)
    found: dict[str, float] = defaultdict(float)
    for touch, share in zip(journey, ADDITIVE[model](journey, AT), strict=True):
        found[touch.article] += share
    return dict(found)


def test_the_models_stand_in_the_order_in_which_people_read_them() -> None:
    names = ["first", "last", "last_non_direct", "linear", "position", "time_decay", "markov", "shapley"]
    assert list(MODELS) == names
    assert list(ADDITIVE) == [name for name in names if name != "markov"]
    assert DEFAULT in ADDITIVE


@pytest.mark.parametrize("name", MODELS)
def test_every_model_is_called_as_the_table_calls_it_and_says_what_it_does(name: str) -> None:
    model = MODELS[name]
    assert model.name == name
    assert model.label
    assert model.says.endswith(".")
    assert model.says.count(". ") == 0


@pytest.mark.parametrize("model", ADDITIVE)
@given(journey=JOURNEYS)
def test_a_conversion_is_shared_out_whole_and_nobody_owes(model: str, journey: tuple[Touch, ...]) -> None:
    shares = ADDITIVE[model](journey, AT)
    assert len(shares) == len(journey)
    assert all(share >= 0 for share in shares)
    assert math.isclose(math.fsum(shares), 1.0) if journey else shares == []


@pytest.mark.parametrize("model", ADDITIVE)
def test_a_single_touch_gets_all_and_no_touch_nothing(model: str) -> None:
    assert ADDITIVE[model](touches("a"), AT) == [1.0]
    assert ADDITIVE[model]((), AT) == []


@given(journey=JOURNEYS)
def test_shapley_is_linear_over_distinct_articles(journey: tuple[Touch, ...]) -> None:
    found: dict[str, float] = defaultdict(float)
    for touch, share in zip(journey, ADDITIVE["shapley"](journey, AT), strict=True):
        found[touch.article] += share
    assert all(share == pytest.approx(1 / len(found)) for share in found.values())


def test_shares_of_a_journey_that_came_back_to_an_article() -> None:
    assert shared("first", "a", "b", "a", "c") == {"a": 1, "b": 0, "c": 0}
    assert shared("last", "a", "b", "a", "c") == {"a": 0, "b": 0, "c": 1}
    assert shared("linear", "a", "b", "a", "c") == {"a": 0.5, "b": 0.25, "c": 0.25}
    assert shared("position", "a", "b", "a", "c") == pytest.approx({"a": 0.5, "b": 0.1, "c": 0.4})
    assert shared("shapley", "a", "b", "a", "c") == pytest.approx({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3})
    assert shared("position", "a", "b") == {"a": 0.5, "b": 0.5}


def test_time_decay_halves_with_every_seven_days() -> None:
    journey = [Touch(AT - timedelta(days=days), "a") for days in (21, 14, 7, 0)]
    # Weights 1/8, 1/4, 1/2, 1: fifteen eighths in all.
    assert ADDITIVE["time_decay"](journey, AT) == pytest.approx([1 / 15, 2 / 15, 4 / 15, 8 / 15], abs=1e-15)
    later = AT + timedelta(days=30)
    assert ADDITIVE["time_decay"](journey, later) == pytest.approx([1 / 15, 2 / 15, 4 / 15, 8 / 15], abs=1e-15)
    half_a_week = [Touch(AT - timedelta(days=3.5), "a"), Touch(AT, "b")]
    weight = 2**-0.5
    assert ADDITIVE["time_decay"](half_a_week, AT) == pytest.approx(
        [weight / (1 + weight), 1 / (1 + weight)], abs=1e-15
    )


def test_time_decay_of_a_journey_of_long_ago_is_still_shared_out() -> None:
    journey = [Touch(AT - timedelta(days=20_000), "a"), Touch(AT - timedelta(days=20_007), "b")]
    assert ADDITIVE["time_decay"](journey, AT) == pytest.approx([2 / 3, 1 / 3])


def test_the_last_known_source_wins_and_without_one_the_last_touch() -> None:
    def journey(*channels: str) -> list[Touch]:
        return [Touch(AT - timedelta(hours=9 - n), "a", channel) for n, channel in enumerate(channels)]

    share = ADDITIVE["last_non_direct"]
    assert share(journey("search", "email", "direct", "direct"), AT) == [0, 1, 0, 0]
    assert share(journey("direct", "search"), AT) == [0, 1]
    assert share(journey("direct", "direct"), AT) == [0, 1]


def test_touches_count_from_ninety_days_before_to_the_conversion_itself() -> None:
    moment = timedelta(microseconds=1)
    oldest, newest = Touch(AT - LOOKBACK, "oldest"), Touch(AT, "newest")
    too_old, too_late = Touch(AT - LOOKBACK - moment, "too old"), Touch(AT + moment, "too late")
    assert timedelta(days=90) == LOOKBACK
    assert within([too_late, newest, oldest, too_old], AT) == (oldest, newest)
    assert within([], AT) == ()


def test_touches_of_one_moment_keep_their_order() -> None:
    same = [Touch(AT, name) for name in ("b", "a", "c")]
    assert within([*same, Touch(AT - timedelta(days=1), "before")], AT)[1:] == tuple(same)

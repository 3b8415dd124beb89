"""The reckoning: every conversion is given away whole, whatever order the journeys come in."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatepost.attribution import MODELS, markov
from gatepost.attribution.given import Given
from gatepost.attribution.reckoning import EXACT, NONE, Reckoning, Row
from gatepost.journey import Touch
from tests.attribution.cast import AT, JOURNEYS
from tests.attribution.command import by_article

GIVEN = st.lists(
    st.builds(Given, JOURNEYS, st.just(AT), st.integers(1, 4).map(float), st.just(0.0), st.none() | st.floats(0, 1e6))
    | st.builds(Given, JOURNEYS, st.none(), st.just(0.0), st.integers(1, 4).map(float)),
    max_size=8,
)


def reckoned(given_: list[Given]) -> list[Row]:
    reckoning = Reckoning()
    for one in given_:
        reckoning.add(one)
    return reckoning.rows()


@settings(deadline=None)
@given(found=GIVEN)
def test_under_every_model_all_conversions_and_all_value_are_given_away(found: list[Given]) -> None:
    made = reckoned(found)
    for model in MODELS:
        of_model = [row for row in made if row.model == model]
        assert math.fsum(row.credit for row in of_model) == pytest.approx(
            sum(one.conversions for one in found), abs=1e-9
        )
        if any(one.value is not None for one in found):
            total = sum(one.value or 0 for one in found)
            assert math.fsum(row.value or 0 for row in of_model) == pytest.approx(total, rel=1e-9, abs=1e-9)
        else:
            assert all(row.value is None for row in of_model)
    assert all(0 <= row.removal_effect <= 1 for row in made if row.removal_effect is not None)


@settings(deadline=None)
@given(found=GIVEN, again=st.randoms())
def test_the_order_of_the_leads_changes_nothing(found: list[Given], again: Any) -> None:
    turned = list(found)
    again.shuffle(turned)
    plain, other = reckoned(found), reckoned(turned)
    assert {(row.model, row.article): row.credit for row in other} == pytest.approx(
        {(row.model, row.article): row.credit for row in plain}, abs=1e-12
    )


@settings(deadline=None)
@given(found=GIVEN)
def test_every_article_has_a_row_under_every_model_most_credit_first(found: list[Given]) -> None:
    articles = {touch.article for one in found for touch in one.touches}
    made = reckoned(found)
    assert [row.model for row in made] == sorted((row.model for row in made), key=list(MODELS).index)
    for model in MODELS:
        of_model = [row for row in made if row.model == model]
        assert {row.article for row in of_model} - {NONE} == articles
        assert of_model == sorted(of_model, key=lambda row: (-row.credit, row.article))


def test_many_leads_add_up_without_losing_a_digit() -> None:
    made = reckoned([Given((Touch(AT, "a"), Touch(AT, "b"), Touch(AT, "c")), AT, 1.0)] * 40_000)
    for article, credit in by_article(made, "linear").items():
        assert credit == pytest.approx(40_000 / 3, abs=1e-11), article


def test_of_a_file_with_very_many_articles_the_greatest_effects_are_exact() -> None:
    draw = random.Random(7)
    names = [f"article-{n}" for n in range(2100)]
    weights = [1 / (n + 5) for n in range(len(names))]
    paths = [
        markov.Path(draw.choices(names, weights, k=draw.randint(1, 4)), float(draw.random() < 0.2), 1.0)
        for _ in range(6000)
    ] + [markov.Path([name], 0.0, 1.0) for name in names]
    reckoning = Reckoning(["markov"])
    for path in paths:
        reckoning.add(Given(tuple(Touch(AT, article) for article in path.articles), AT, path.conversions, path.nulls))
    found = {row.article: row.removal_effect for row in reckoning.rows()}
    chain = markov.from_paths(paths)
    assert len(found) > markov.DENSE
    exact = markov.removal_effects(chain, dense_up_to=len(names))
    most = sorted(exact, key=lambda article: -exact[article])[: EXACT // 2]
    assert {article: found[article] for article in most} == pytest.approx({a: exact[a] for a in most}, abs=1e-9)
    near = markov.removal_effects(chain)
    assert any(near[article] > exact[article] + 1e-6 for article in most)

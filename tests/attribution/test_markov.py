"""The Markov model against its own definition, against another library, and against laws."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatepost.attribution import markov
from gatepost.attribution.markov import Path, solving
from tests.attribution.cast import PATHS, naive_effects


def both_ways(chain: markov.Chain) -> list[dict[str, float]]:
    """Worked out whole, and as in a chain too large for that."""
    return [markov.removal_effects(chain), markov.removal_effects(chain, chain.articles, dense_up_to=0)]


@settings(deadline=None)
@given(paths=PATHS)
def test_the_closed_form_is_what_removing_each_article_gives(paths: list[Path]) -> None:
    naive = naive_effects(paths)
    for effects in both_ways(markov.from_paths(paths)):
        assert effects == pytest.approx(naive, abs=1e-9)
        assert all(0 <= effect <= 1 for effect in effects.values())


@settings(deadline=None)
@given(paths=PATHS, values=st.lists(st.floats(0, 1e6), min_size=12, max_size=12))
def test_value_is_lost_as_removing_each_article_loses_it(paths: list[Path], values: list[float]) -> None:
    valued = [
        path._replace(value=value if path.conversions else 0.0) for path, value in zip(paths, values, strict=False)
    ]
    chain = markov.from_paths(valued)
    assert markov.removal_effects(chain, by_value=True) == pytest.approx(naive_effects(valued, by_value=True), abs=1e-9)


@settings(deadline=None, max_examples=40)
@given(paths=PATHS)
def test_another_library_finds_the_same_effects(paths: list[Path]) -> None:
    mam, polars = pytest.importorskip("mam"), pytest.importorskip("polars")
    rows = [
        {"journey": " > ".join(path.articles), "conversion": converted, "occurrences": int(count)}
        for path in paths
        for converted, count in ((True, path.conversions), (False, path.nulls))
        if count
    ]
    if not rows:
        return
    other = mam.MAM(
        polars.DataFrame(rows), format_type="grouped_journey",
        channels_colname="journey", journey_with_conv_colname="conversion", occurrences_colname="occurrences",
    )  # fmt: skip
    theirs = other.run_markov().metadata["removal_effect"]["removal_effect"].to_dict()
    ours = markov.removal_effects(markov.from_paths(paths))
    # Articles on paths that nobody went are known to us only.
    assert {article: ours[article] for article in theirs} == pytest.approx(theirs, abs=1e-9)


@given(paths=PATHS, again=st.randoms())
@settings(deadline=None)
def test_the_order_of_the_paths_changes_nothing(paths: list[Path], again: random.Random) -> None:
    turned = list(paths)
    again.shuffle(turned)
    assert markov.removal_effects(markov.from_paths(turned)) == markov.removal_effects(markov.from_paths(paths))


@given(paths=PATHS, times=st.integers(2, 4))
@settings(deadline=None)
def test_an_article_again_right_after_itself_changes_nothing(paths: list[Path], times: int) -> None:
    stuttered = [path._replace(articles=[a for a in path.articles for _ in range(times)]) for path in paths]
    plain, again = (markov.removal_effects(markov.from_paths(found)) for found in (paths, stuttered))
    assert again == plain


@given(paths=PATHS, part=st.floats(0.001, 1000))
@settings(deadline=None)
def test_fractions_of_readers_count_as_whole_ones_do(paths: list[Path], part: float) -> None:
    fractions = [Path(path.articles, path.conversions * part, path.nulls * part) for path in paths]
    plain, again = (markov.removal_effects(markov.from_paths(found)) for found in (paths, fractions))
    assert again == pytest.approx(plain, abs=1e-9)


@given(paths=PATHS)
@settings(deadline=None)
def test_credit_adds_up_to_the_conversions(paths: list[Path]) -> None:
    total = sum(path.conversions for path in paths)
    credit = markov.credit(markov.removal_effects(markov.from_paths(paths)), total)
    assert sum(credit.values()) == pytest.approx(total, abs=1e-9)


def test_the_textbook_case() -> None:
    paths = [Path(["C1", "C2", "C3"], 1, 0), Path(["C1"], 0, 1), Path(["C2", "C3"], 0, 1)]
    effects = markov.removal_effects(markov.from_paths(paths))
    assert effects == pytest.approx({"C1": 0.5, "C2": 1, "C3": 1}, abs=1e-12)
    assert markov.credit(effects, 1) == pytest.approx({"C1": 0.2, "C2": 0.4, "C3": 0.4}, abs=1e-12)


def test_where_there_is_nothing_to_lose_nothing_is_lost() -> None:
    assert markov.removal_effects(markov.from_paths([])) == {}
    assert markov.removal_effects(markov.from_paths([Path([], 3, 1)])) == {}
    assert markov.removal_effects(markov.from_paths([Path(["a", "b"], 0, 5)])) == {"a": 0, "b": 0}
    assert markov.removal_effects(markov.from_paths([Path(["a"], 2, 3)])) == {"a": 1}
    assert markov.removal_effects(markov.from_paths([Path(["a"], 2, 3), Path(["b"], 0, 9)])) == {"a": 1, "b": 0}
    assert markov.credit({"a": 0.0, "b": 0.0}, 0) == {"a": 0, "b": 0}
    assert markov.credit({}, 5) == {}


@settings(deadline=None)
@given(paths=PATHS)
def test_anonymous_counters_of_pairs_make_the_same_chain_as_whole_paths(paths: list[Path]) -> None:
    pairs: dict[tuple[str, str], int] = {}
    endings: dict[str, float] = {}
    for path in paths:
        weight = int(path.conversions + path.nulls)
        for pair in zip(["", *path.articles], path.articles, strict=False):
            pairs[pair] = pairs.get(pair, 0) + weight
        endings[path.articles[-1]] = endings.get(path.articles[-1], 0) + path.conversions
    counted = markov.removal_effects(markov.from_pairs(pairs, endings))
    assert counted == pytest.approx(markov.removal_effects(markov.from_paths(paths)), abs=1e-12)


def test_a_lead_who_was_never_counted_reading_began_at_the_article_of_the_signup() -> None:
    # Ten came to a, four went on to b; three converted at b, and two at c, whose readers have no script.
    chain = markov.from_pairs({("", "a"): 10, ("a", "b"): 4}, {"b": 3, "c": 2})
    paths = [Path(["a"], 0, 6), Path(["a", "b"], 3, 1), Path(["c"], 2, 0)]
    assert markov.removal_effects(chain) == pytest.approx(naive_effects(paths), abs=1e-12)


def test_pages_that_are_no_articles_and_circles_nobody_enters_are_left_out() -> None:
    pairs = {("", "a"): 10, ("a", ""): 4, ("x", "y"): 5, ("y", "x"): 5}
    for effects in both_ways(markov.from_pairs(pairs, {"a": 3, "": 7})):
        assert effects == {"a": 1, "x": 0, "y": 0}


def random_chain(articles: int, seed: int = 5) -> markov.Chain:
    """A site with much-read articles and others, any of which may lead on to any other."""
    draw = random.Random(seed)
    names = [f"article-{n}" for n in range(articles)]
    weights = [1 / (n + 50) for n in range(articles)]
    paths = [
        Path(draw.choices(names, weights, k=draw.randint(1, 6)), draw.random() < 0.05, draw.random() < 0.95)
        for _ in range(30 * articles)
    ]
    return markov.from_paths(paths)


def test_a_chain_too_large_to_solve_whole_is_exact_where_asked_and_near_elsewhere() -> None:
    chain = random_chain(300)
    exact = markov.removal_effects(chain)
    shown = sorted(exact, key=lambda article: -exact[article])[:120]
    large = markov.removal_effects(chain, [*shown, "unknown"], dense_up_to=299)
    assert {a: large[a] for a in shown} == pytest.approx({a: exact[a] for a in shown}, abs=1e-9)
    others = exact.keys() - set(shown)
    assert any(large[a] != exact[a] for a in others)
    near = markov.removal_effects(chain, dense_up_to=0)
    for article, effect in exact.items():
        assert near[article] == pytest.approx(effect, rel=0.02, abs=1e-12)
        assert near[article] >= effect - 1e-12


def test_long_lines_and_circles_that_hardly_anybody_leaves_are_solved_too() -> None:
    draw, count = random.Random(2), 400
    pairs: dict[tuple[str, str], float] = {("", "0"): 50.0}
    endings = {}
    for n in range(count):
        pairs[str(n), str((n + 1) % count)] = draw.choice([10.0, 1e4, 1e9])
        pairs[str(n), str(draw.randrange(count))] = 1.0
        endings[str(n)] = draw.choice([0.0, 0.0, 1e-3, 1.0])
    whole, stepwise = both_ways(markov.from_pairs(pairs, endings))
    assert stepwise == pytest.approx(whole, abs=1e-9)
    assert all(0 <= effect <= 1 for effect in stepwise.values())


def test_equations_that_the_rounds_cannot_solve_are_solved_by_elimination() -> None:
    from scipy.sparse import coo_array

    # A line of 500: what is at its end is known at its beginning after 499 steps only.
    line = coo_array((np.ones(499), (np.arange(499), np.arange(1, 500))), shape=(500, 500)).tocsr()
    end = np.zeros((500, 1))
    end[-1] = 1.0
    assert solving.solve(line, end) == pytest.approx(np.ones((500, 1)), abs=1e-12)


@pytest.mark.parametrize("dense_up_to", [0, 2000])
def test_a_circle_without_any_way_out_does_not_stop_the_others(dense_up_to: int) -> None:
    # So many go round that one who leaves is lost in rounding.
    paths = [Path(["a", "b"] * 2, 0, 1e17), Path(["a", "b", "c"], 1, 0), Path(["d"], 1, 1)]
    effects = markov.removal_effects(markov.from_paths(paths), "abcd", dense_up_to=dense_up_to)
    assert all(0 <= effect <= 1 for effect in effects.values())
    assert effects["d"] == pytest.approx(0.5, abs=0.01)

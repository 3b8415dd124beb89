"""The public vectors, through the pure functions and through the real command, to 1e-9."""

from __future__ import annotations

import math
from collections import defaultdict

import pytest
from hypothesis import given, settings

from gatepost.attribution import ADDITIVE, markov
from gatepost.attribution.markov import Path
from tests.attribution.cast import AT, FOLDER, PATHS, VECTOR_NAMES, naive_effects, touches, vector, vector_paths
from tests.attribution.command import credited

# Column of the vectors, and the model that it is of.
COLUMNS = {
    "first": "first",
    "last": "last",
    "linear": "linear",
    "linear_unique": "shapley",
    "position": "position",
    "shapley": "shapley",
    "markov1_attributed": "markov",
}


def by_hand(model: str, paths: list[Path]) -> dict[str, float]:
    """Conversions by article under one model, by the pure functions."""
    if model == "markov":
        total = sum(path.conversions for path in paths)
        return markov.credit(markov.removal_effects(markov.from_paths(paths)), total)
    parts: dict[str, list[float]] = defaultdict(list)
    for path in paths:
        for article, share in zip(path.articles, ADDITIVE[model](touches(*path.articles), AT), strict=True):
            parts[article].append(share * path.conversions)
    return {article: math.fsum(found) for article, found in parts.items()}


@pytest.mark.parametrize("name", VECTOR_NAMES)
@pytest.mark.parametrize("column", COLUMNS)
def test_each_column_of_the_vectors(name: str, column: str) -> None:
    expected = {row["channel"]: float(row[column]) for row in vector(f"{name}_expected")}
    # The vectors are written with twelve figures.
    assert by_hand(COLUMNS[column], vector_paths(name)) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("name", VECTOR_NAMES)
def test_the_removal_effects_of_the_vectors_and_of_the_reference(name: str) -> None:
    paths = vector_paths(name)
    expected = {row["channel"]: float(row["markov1_removal_effect"]) for row in vector(f"{name}_expected")}
    reference = {row["channel"]: float(row["removal_effect"]) for row in vector(f"{name}_ref_mam_removal")}
    for effects in (markov.removal_effects(markov.from_paths(paths)), naive_effects(paths)):
        assert effects == pytest.approx(expected, abs=1e-9)
        assert effects == pytest.approx(reference, abs=1e-9)


@pytest.mark.parametrize("name", VECTOR_NAMES)
def test_the_command_writes_the_vectors(name: str) -> None:
    expected = vector(f"{name}_expected")
    found = credited(FOLDER / f"{name}.csv")
    for column, model in COLUMNS.items():
        credit = {row["article"]: float(row["credit"]) for row in found if row["model"] == model}
        assert credit == pytest.approx({row["channel"]: float(row[column]) for row in expected}, abs=1e-9), column
    effects = {row["article"]: float(row["removal_effect"]) for row in found if row["removal_effect"]}
    assert effects == pytest.approx(
        {row["channel"]: float(row["markov1_removal_effect"]) for row in expected}, abs=1e-9
    )


def test_any_touch_is_no_model_but_follows_from_the_paths() -> None:
    for name in VECTOR_NAMES:
        for row in vector(f"{name}_expected"):
            touched = sum(path.conversions for path in vector_paths(name) if row["channel"] in path.articles)
            assert touched == float(row["any_touch"])


@settings(deadline=None, max_examples=40)
@given(paths=PATHS)
def test_another_library_shares_alike_where_its_rules_are_the_same(paths: list[Path]) -> None:
    mam, polars = pytest.importorskip("mam"), pytest.importorskip("polars")
    rows = [
        {"journey": " > ".join(path.articles), "conversion": True, "occurrences": int(path.conversions)}
        for path in paths
        if path.conversions
    ]
    if not rows:
        return
    other = mam.MAM(
        polars.DataFrame(rows), format_type="grouped_journey",
        channels_colname="journey", journey_with_conv_colname="conversion", occurrences_colname="occurrences",
    )  # fmt: skip
    runs = {
        "first": other.run_first_click, "last": other.run_last_click,
        "linear": other.run_linear, "position": other.run_position_based,
    }  # fmt: skip
    for model, run in runs.items():
        theirs = dict(run().to_polars().rows())
        ours = {article: credit for article, credit in by_hand(model, paths).items() if credit}
        assert ours == pytest.approx({str(a): c for a, c in theirs.items() if c}, abs=1e-9), model

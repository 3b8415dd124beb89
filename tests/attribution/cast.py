"""Journeys and paths for the tests of attribution, and the definition of a removal effect, followed to the letter."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from gatepost.attribution import markov
from gatepost.journey import Touch
from tests.conftest import VECTORS, missing

AT = datetime(2026, 11, 1, tzinfo=UTC)
NAMES = st.sampled_from(["a", "b", "c", "d", "e"])
CHANNELS = st.sampled_from(["direct", "search", "email"])
FOLDER = VECTORS / "attribution"
VECTOR_NAMES = ("analyzecore", "mta_fixture", "repeats")

# Journeys before AT, oldest first.
JOURNEYS = st.lists(st.tuples(st.integers(0, 90 * 24), NAMES, CHANNELS), max_size=9).map(
    lambda found: tuple(
        Touch(AT - timedelta(hours=hours), article, channel)
        for hours, article, channel in sorted(found, key=lambda touch: -touch[0])
    )
)
PATHS = st.lists(
    st.builds(
        markov.Path,
        st.lists(NAMES, min_size=1, max_size=6),
        st.integers(0, 5).map(float),
        st.integers(0, 5).map(float),
    ),
    min_size=1,
    max_size=12,
)


def touches(*articles: str) -> tuple[Touch, ...]:
    """A journey of one touch an hour."""
    return tuple(Touch(AT - timedelta(hours=len(articles) - n), article) for n, article in enumerate(articles))


def vector(name: str) -> list[dict[str, str]]:
    """The rows of a vector file."""
    path = FOLDER / f"{name}.csv"
    if not path.is_file():
        missing("the vectors of attribution")
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def vector_paths(name: str) -> list[markov.Path]:
    """A vector's paths, read without any of our readers."""
    return [
        markov.Path(
            [touch.strip() for touch in row["path"].split(">")],
            float(row["total_conversions"]),
            float(row["total_null"]),
        )
        for row in vector(name)
    ]


def naive_effects(paths: Sequence[markov.Path], *, by_value: bool = False) -> dict[str, float]:
    """Removal effects by their definition: delete an article, send its readers to nothing, solve again."""
    names = sorted({article for path in paths for article in path.articles})
    whole = _worth(paths, names, "", by_value)
    return {name: 1 - _worth(paths, names, name, by_value) / whole if whole else 0.0 for name in names}


def _worth(paths: Sequence[markov.Path], names: Sequence[str], removed: str, by_value: bool) -> float:
    """What a reader at the start comes to, conversions or value, when everybody who comes to `removed` is lost."""
    state = {name: place for place, name in enumerate(["(start)", *names])}
    steps, gains = np.zeros((len(state), len(state))), np.zeros(len(state))
    leaving: dict[int, float] = defaultdict(float)
    for path in paths:
        weight = path.conversions + path.nulls
        way = [0, *(state[article] for article in path.articles)]
        for before, after in pairwise(way):
            steps[before, after] += weight
            leaving[before] += weight
        gains[way[-1]] += path.value if by_value else path.conversions
        leaving[way[-1]] += weight
    totals = np.array([leaving[place] or 1.0 for place in range(len(state))])
    steps, gains = steps / totals[:, None], gains / totals
    if removed:
        steps[:, state[removed]] = 0.0
    return float(np.linalg.solve(np.eye(len(state)) - steps, gains)[0])

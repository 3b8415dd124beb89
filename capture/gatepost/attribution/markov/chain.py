"""The chain: how often readers went from one article to another, and where their way ended."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Places = NDArray[np.int32]

START = ""


class Path(NamedTuple):
    """Articles in the order read, how many readers who went this way converted and how many did not, and what it brought.

    The numbers may be fractions. `value` is that of all its conversions together, in any one currency.
    """

    articles: Sequence[str]
    conversions: float = 0.0
    nulls: float = 0.0
    value: float = 0.0


@dataclass(frozen=True, eq=False)
class Chain:
    """Counted steps between articles, which stand in order of their names; one number an article unless said otherwise.

    `counts[k]` readers went from article `before[k]` to article `after[k]`, never the same one. `starts` began here,
    `visits` came here, `conversions` went on to convert and brought `values`; the rest of the visits went on to nothing.
    Nobody appears or vanishes: starts and steps into an article are its visits.
    """

    articles: tuple[str, ...]
    before: Places
    after: Places
    counts: Numbers
    starts: Numbers
    visits: Numbers
    conversions: Numbers
    values: Numbers


class PathCounts:
    """Paths added up to a chain, one by one; what is kept grows with the different steps, not with the paths."""

    def __init__(self) -> None:
        self._pairs: dict[tuple[str, str], float] = defaultdict(float)
        self._endings: dict[str, float] = defaultdict(float)
        self._values: dict[str, float] = defaultdict(float)

    def add(self, path: Path) -> None:
        """One more path. An article several times in a row is there once; a path without articles is no path."""
        weight = path.conversions + path.nulls
        before = START
        for article in path.articles:
            if article != before:
                self._pairs[before, article] += weight
                before = article
        if path.conversions and before:
            self._endings[before] += path.conversions
            self._values[before] += path.value

    def chain(self) -> Chain:
        """The chain of all paths so far."""
        return from_pairs(self._pairs, self._endings, self._values)


def from_paths(paths: Iterable[Path]) -> Chain:
    """The chain of whole paths."""
    counts = PathCounts()
    for path in paths:
        counts.add(path)
    return counts.chain()


def from_pairs(
    pairs: Mapping[tuple[str, str], float], endings: Mapping[str, float], values: Mapping[str, float] | None = None
) -> Chain:
    """The chain of counted pairs; see from_counts."""
    return from_counts(((before, after, count) for (before, after), count in pairs.items()), endings, values)


def from_counts(
    counts: Iterable[tuple[str, str, float]], endings: Mapping[str, float], values: Mapping[str, float] | None = None
) -> Chain:
    """The chain of (previous article, article, how many), each pair once; "" before an article is where a visit began.

    `endings` are conversions by the last article read, `values` what they brought. An article's readers who neither
    went on nor converted went on to nothing. Where more went on or converted than were counted coming (a reader without
    script, or one who came before the counting), those too many began there.
    """
    places: dict[str, int] = {}
    before, after, weights = array("i"), array("i"), array("d")
    starts: dict[str, float] = defaultdict(float)
    for previous, article, count in counts:
        if not article or previous == article:
            continue
        place = places.setdefault(article, len(places))
        if previous == START:
            starts[article] += count
        elif count > 0:
            before.append(places.setdefault(previous, len(places)))
            after.append(place)
            weights.append(count)
    for article in endings:
        if article:
            places.setdefault(article, len(places))
    return _balanced(places, (before, after, weights), starts, endings, values or {})


def _balanced(
    places: Mapping[str, int],
    steps: tuple[array[int], array[int], array[float]],
    starts: Mapping[str, float],
    endings: Mapping[str, float],
    values: Mapping[str, float],
) -> Chain:
    import numpy as np

    articles = tuple(sorted(places))
    rank = np.empty(len(articles), dtype=np.int32)
    rank[[places[article] for article in articles]] = np.arange(len(articles), dtype=np.int32)
    # The same chain whatever came first, to the last bit of a sum of whole numbers.
    before, after = (rank[np.asarray(found, dtype=np.int32)] for found in steps[:2])
    counts = np.asarray(steps[2], dtype=np.float64)

    def by_article(found: Mapping[str, float]) -> Numbers:
        return np.array([found.get(article, 0.0) for article in articles], dtype=np.float64)

    began, conversions = by_article(starts), by_article(endings)
    coming = began + np.bincount(after, counts, len(articles))
    going = conversions + np.bincount(before, counts, len(articles))
    began += np.maximum(going - coming, 0.0)
    return Chain(articles, before, after, counts, began, np.maximum(coming, going), conversions, by_article(values))

"""The reckoning: the credit of every model over many journeys, kept as sums, so that the journeys need not be."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from gatepost.attribution import ADDITIVE, MODELS, markov, within
from gatepost.attribution.given import Given

# Where the credit of conversions without a touch goes, so that none is lost.
NONE = "(none)"
# Of so many articles the removal effect is exact in any chain, however large.
EXACT = 200
# Shares held before they are added up.
_MOST_HELD = 100_000


@dataclass(frozen=True)
class Row:
    """What one model gives one article: conversions, their value (None where no values were given), and its removal effect
    (None for models that have none, and where no chain has it)."""

    model: str
    article: str
    credit: float
    value: float | None = None
    removal_effect: float | None = None


class _Sums:
    """Sums by article that are the same in whatever order their parts came."""

    def __init__(self) -> None:
        self._parts: dict[str, list[float]] = defaultdict(list)
        self._held = 0

    def add(self, articles: Iterable[str], shares: Iterable[float], amount: float) -> None:
        for article, share in zip(articles, shares, strict=True):
            if share:
                self._parts[article].append(share * amount)
                self._held += 1
        if self._held > _MOST_HELD:
            self._fold()

    def sums(self) -> dict[str, float]:
        return {article: math.fsum(parts) for article, parts in self._parts.items()}

    def _fold(self) -> None:
        # The sum and what its rounding lost: together they stand for the parts to twice the precision.
        for parts in self._parts.values():
            if len(parts) > 2:
                whole = math.fsum(parts)
                parts[:] = [whole, math.fsum([*parts, -whole])]
        self._held = 0


class Reckoning:
    """Journeys are added one by one; `rows` may be asked at any time."""

    def __init__(self, models: Collection[str] = tuple(MODELS)) -> None:
        self._models = [name for name in MODELS if name in models]
        self._credits = {name: _Sums() for name in self._models if name in ADDITIVE}
        self._values = {name: _Sums() for name in self._credits}
        self._articles: set[str] = set()
        self._paths = markov.PathCounts()
        self._placed, self._unplaced = _Sums(), _Sums()
        self._has_values = False

    def add(self, given: Given) -> None:
        """One more journey. Touches outside the lookback of its conversion get nothing, and are no step of the chain."""
        touches = sorted(given.touches, key=lambda touch: touch.at)
        self._articles.update(touch.article for touch in touches)
        if given.converted_at:
            touches = list(within(touches, given.converted_at))
        value = given.value or 0.0
        self._has_values = self._has_values or given.value is not None
        articles = [touch.article for touch in touches]
        self._paths.add(markov.Path(articles, given.conversions, given.nulls, value))
        totals = self._placed if articles else self._unplaced
        totals.add(("conversions", "value"), (given.conversions, value), 1.0)
        if not given.converted_at:
            return
        for name, credits in self._credits.items():
            shares: Sequence[float] = ADDITIVE[name](touches, given.converted_at) or [1.0]
            credits.add(articles or [NONE], shares, given.conversions)
            if value:
                self._values[name].add(articles or [NONE], shares, value)

    def rows(self) -> list[Row]:
        """Every model in the order of MODELS, all articles by credit, most first, then by name."""
        rows: list[Row] = []
        for name in self._models:
            made = self._markov() if name not in ADDITIVE else self._additive(name)
            rows += sorted(made, key=lambda row: (-row.credit, row.article))
        return rows

    def _additive(self, name: str) -> list[Row]:
        return self._rows(name, self._credits[name].sums(), self._values[name].sums(), None)

    def _markov(self) -> list[Row]:
        chain = self._paths.chain()
        effects = _effects(chain, by_value=False)
        placed, unplaced = self._placed.sums(), self._unplaced.sums()
        credits = markov.credit(effects, placed.get("conversions", 0.0))
        values: dict[str, float] = {}
        if placed.get("value"):
            values = markov.credit(_effects(chain, by_value=True), placed["value"])
        for given, found in ((credits, unplaced.get("conversions", 0.0)), (values, unplaced.get("value", 0.0))):
            if found:
                given[NONE] = given.get(NONE, 0.0) + found
        return self._rows(markov.MODEL.name, credits, values, effects)

    def _rows(
        self, name: str, credits: Mapping[str, float], values: Mapping[str, float], effects: Mapping[str, float] | None
    ) -> list[Row]:
        # An article that lies on no path takes nothing with it.
        removed = {**dict.fromkeys(self._articles, 0.0), **effects} if effects is not None else {}
        return [
            Row(
                name,
                article,
                credits.get(article, 0.0),
                values.get(article, 0.0) if self._has_values else None,
                removed.get(article),
            )
            for article in self._articles | credits.keys()
        ]


def _effects(chain: markov.Chain, *, by_value: bool) -> dict[str, float]:
    found = markov.removal_effects(chain, by_value=by_value)
    if len(found) <= markov.DENSE:
        return found
    most = heapq.nlargest(EXACT, found, key=lambda article: (found[article], article))
    return markov.removal_effects(chain, most, by_value=by_value)

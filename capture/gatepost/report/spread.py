"""How numbers spread: the median and the middle half of what was counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """The median of `count` numbers, and the ends of their middle half: each is one of the numbers."""

    count: int
    low: int
    median: int
    high: int


def spread(counts: Mapping[int, int]) -> Spread | None:
    """Of numbers by how often each occurred; None where none did.

    A quantile is the smallest number that this part of all is not larger than (inverse of the distribution function).
    """
    found = sorted((number, count) for number, count in counts.items() if count > 0)
    total = sum(count for _, count in found)
    if not total:
        return None
    return Spread(total, *(_quantile(found, total * quarter) for quarter in (1, 2, 3)))


def spread_of(numbers: Iterable[int]) -> Spread | None:
    """Of the numbers themselves."""
    return spread(Counter(numbers))


def _quantile(found: list[tuple[int, int]], quarters: int) -> int:
    passed = 0
    for number, count in found:
        passed += count
        # In whole numbers, so that no half is lost to rounding.
        if 4 * passed >= quarters:
            return number
    return found[-1][0]

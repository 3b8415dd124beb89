"""Medians with their range, and ratios of what was measured side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Spread:
    """The middle of some measurements, and the smallest and largest of them."""

    median: float
    min: float
    max: float

    def plain(self) -> dict[str, float]:
        """For JSON, to four significant places."""
        return {"median": _short(self.median), "min": _short(self.min), "max": _short(self.max)}


def spread(values: Sequence[float]) -> Spread:
    """Of at least one value."""
    return Spread(median(values), min(values), max(values))


def ratios(values: Sequence[float], against: Sequence[float]) -> Spread:
    """Round by round, so that what slows the whole machine for a while cancels out."""
    return spread([mine / other for mine, other in zip(values, against, strict=True) if other > 0] or [0.0])


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of all values does not exceed; 0.0 of nothing."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def _short(value: float) -> float:
    return float(f"{value:.4g}")

"""Numbers as people read them."""

from __future__ import annotations

from gatepost.report.rates import Interval


def percent(share: float) -> str:
    """A share of one: two figures that matter."""
    number = share * 100
    if abs(round(number, 1)) >= 10 or not share:
        return f"{number:,.0f} %"
    return f"{number:.1f} %" if abs(round(number, 2)) >= 1 else f"{number:.2f} %"


def chance(probability: float) -> str:
    """A probability in words that never claim to be certain."""
    return "over 99 %" if probability > 0.99 else "under 1 %" if probability < 0.01 else f"{probability * 100:.0f} %"


def between(interval: Interval) -> str:
    """The ends of an interval."""
    return f"{percent(interval.low)} to {percent(interval.high)}"


def many(count: int, noun: str) -> str:
    """A count with its noun: "1 lead", "2 leads"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"

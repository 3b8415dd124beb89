"""Where shares that differ more than tenfold lie, in units of the drawing: WIDTH wide and HEIGHT high above the axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from gatepost.report.touches import Depth

WIDTH, HEIGHT = 720, 180


@dataclass(frozen=True)
class Whisker:
    """A share with its interval: three heights over one place."""

    x: float
    y: float
    low: float
    high: float
    depth: Depth


@dataclass(frozen=True)
class Whiskers:
    """Shares on a scale of powers of ten; `lines` are (height, share)."""

    marks: tuple[Whisker, ...]
    lines: tuple[tuple[float, float], ...]


def whiskers(depths: Sequence[Depth]) -> Whiskers | None:
    """Shares differ by more than tenfold from the first article to the thirteenth; None where there is none over nought."""
    known = [one for one in depths if one.hazard and one.hazard.high > 0]
    ends = [one.hazard.low or one.hazard.high for one in known if one.hazard]
    if not ends:
        return None
    least = min(-1, floor(log10(min(ends))))

    def height(share: float) -> float:
        return round(HEIGHT * min(1.0, log10(max(share, 10.0**least)) / least), 1)

    step = WIDTH / len(depths)
    marks = tuple(
        Whisker(
            round(step * (one.depth - 0.5), 1),
            height(one.hazard.mean),
            height(one.hazard.low),
            height(one.hazard.high),
            one,
        )
        for one in known
        if one.hazard
    )
    return Whiskers(marks, tuple((height(10.0**power), 10.0**power) for power in range(least, 1)))

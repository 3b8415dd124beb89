"""Charts as plain geometry: where each line, bar and band lies. Templates draw them; every chart has its numbers in a table.

Lengths are units of the viewBox, 0 at the top left. No chart tells anything by colour alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 12, 16, 34


@dataclass(frozen=True)
class Tick:
    """A mark on an axis: where, and what stands there."""

    at: float
    label: str


@dataclass(frozen=True)
class Mark:
    """A numbered note on a place of the axis."""

    at: float
    number: int
    label: str


@dataclass(frozen=True)
class Series:
    """One or more lines over the same places. `paths` are SVG paths, `ends` the last point of each (None where it has none)."""

    width: int
    height: int
    bottom: float
    left: float
    right: float
    paths: tuple[str, ...]
    ends: tuple[tuple[float, float] | None, ...]
    values: tuple[Tick, ...]
    places: tuple[Tick, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Column:
    """One column of a distribution."""

    x: float
    y: float
    width: float
    height: float
    label: str
    count: float
    is_marked: bool


@dataclass(frozen=True)
class Columns:
    """A distribution; `middles` are the places of the labels."""

    width: int
    height: int
    bottom: float
    left: float
    right: float
    columns: tuple[Column, ...]
    values: tuple[Tick, ...]
    # For intervals drawn over the columns' places: from the low to the high end, and the middle.
    spans: tuple[tuple[float, float, float, float], ...] = ()


def nice(most: float) -> tuple[float, ...]:
    """Three to six round numbers from 0 to at least `most`."""
    if most <= 0:
        return (0.0, 1.0)
    rough = most / 4
    power = 10.0 ** math.floor(math.log10(rough))
    # Counts have no halves: a step of 2.5 only where it is a whole number.
    parts = (1, 2, 2.5, 5, 10) if power >= 10 or most < 1 else (1, 2, 5, 10)
    step = next(power * part for part in parts if power * part >= rough)
    count = math.ceil(most / step - 1e-9)
    return tuple(round(step * number, 10) for number in range(count + 1))


def series(
    lines: Sequence[Sequence[float | None]],
    labels: Sequence[str],
    notes: Sequence[tuple[int, str]] = (),
    *,
    width: int = WIDTH,
    height: int = HEIGHT,
) -> Series:
    """Lines over the places that `labels` name. None is a place of which nothing is known. `notes` are (place, text)."""
    values = nice(max((value for line in lines for value in line if value is not None), default=0.0))
    bottom, right = height - _BOTTOM, width - _RIGHT

    def across(place: int) -> float:
        return round(_LEFT + (right - _LEFT) * (place / (len(labels) - 1) if len(labels) > 1 else 0.5), 1)

    def down(value: float) -> float:
        return round(bottom - (bottom - _TOP) * value / values[-1], 1)

    points = [[(across(at), down(value)) for at, value in enumerate(line) if value is not None] for line in lines]
    every = max(1, math.ceil(len(labels) / 7))
    return Series(
        width,
        height,
        bottom,
        _LEFT,
        right,
        tuple("M" + "L".join(f"{x} {y}" for x, y in found) if found else "" for found in points),
        tuple(found[-1] if found else None for found in points),
        tuple(Tick(down(value), short(value)) for value in values),
        tuple(Tick(across(at), label) for at, label in enumerate(labels) if at % every == 0),
        tuple(Mark(across(at), number, text) for number, (at, text) in enumerate(notes, 1) if 0 <= at < len(labels)),
    )


def columns(
    counts: Sequence[float],
    labels: Sequence[str],
    marked: range = range(0),
    spans: Sequence[tuple[float, float, float] | None] = (),
    *,
    width: int = WIDTH,
    height: int = HEIGHT,
) -> Columns:
    """A column a place; those in `marked` stand out. `spans` are (low, middle, high) of a place, None where nothing is known."""
    ends = [span[2] for span in spans if span]
    values = nice(max((*counts, *ends), default=0.0))
    bottom, right = height - _BOTTOM, width - _RIGHT
    step = (right - _LEFT) / max(len(labels), 1)

    def tall(value: float) -> float:
        return round((bottom - _TOP) * value / values[-1], 1)

    found = tuple(
        Column(round(_LEFT + step * at + step * 0.12, 1), round(bottom - tall(count), 1), round(step * 0.76, 1),
               tall(count), label, count, at in marked)
        for at, (count, label) in enumerate(zip(counts, labels, strict=True))
    )  # fmt: skip
    drawn = tuple(
        (round(_LEFT + step * (at + 0.5), 1), *(round(bottom - tall(value), 1) for value in span))
        for at, span in enumerate(spans)
        if span
    )
    ticks = tuple(Tick(round(bottom - tall(value), 1), short(value)) for value in values)
    return Columns(width, height, bottom, _LEFT, right, found, ticks, drawn)  # type: ignore[arg-type]


def short(value: float) -> str:
    """A number for an axis: 1,200 as 1.2k, a share below one as it is."""
    if value and abs(value) < 1:
        return f"{value * 100:g} %"
    for size, sign in ((1e6, "M"), (1e3, "k")):
        if abs(value) >= size * (10 if sign == "k" else 1):
            return f"{value / size:g}{sign}"
    return f"{value:,.10g}"

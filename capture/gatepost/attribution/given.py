"""Journeys from elsewhere: what one line of somebody else's file says, and how a line is refused that says nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from gatepost.journey import Touch

# More than any count or sum of money is; beyond it sums would lose whole units.
MOST = 1e15


@dataclass(frozen=True)
class Given:
    """One journey, or many alike: its touches as given, and how many converted and how many did not.

    `converted_at` is the moment from which touches are looked back upon, None where nobody converted. `value` is that of
    all its conversions together, None where nothing is said of it. The numbers may be fractions.
    """

    touches: tuple[Touch, ...]
    converted_at: datetime | None
    conversions: float
    nulls: float = 0.0
    value: float | None = None


class LineUnreadable(Exception):
    """A line that cannot mean anything; `cure` says how to write it."""

    def __init__(self, line: int, found: str, cure: str):
        super().__init__(f"Line {line}: {found}")
        self.line = line
        self.cure = cure


def text(lines: Iterable[bytes]) -> Iterator[str]:
    """Lines of UTF-8 with their ends, without a byte order mark. Raises LineUnreadable."""
    for number, raw in enumerate(lines, 1):
        try:
            line = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise LineUnreadable(number, "this is not UTF-8.", "Save the file as UTF-8.") from None
        yield line.removeprefix("\ufeff") if number == 1 else line


def amount(number: float, line: int, name: str) -> float:
    """A count or a sum of money that can be added up. Raises LineUnreadable."""
    # NaN is not between anything.
    if 0 <= number <= MOST:
        return float(number)
    found = f"{name} is {number}."
    raise LineUnreadable(
        line, found, f"Write a number from 0 to {MOST:.0e}; nothing can be credited with less or more."
    )

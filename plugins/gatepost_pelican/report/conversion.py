"""What is known of one article: `article.conversion` for themes. The numbers are the owner's; a theme shows none by itself."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gatepost.report import Interval


class FiguresUnreadable(Exception):
    """Something that calls itself a report and is none of this version."""


@dataclass(frozen=True)
class Conversion:
    """One article's figures. `reads` are events, `readers` first reads; `helped` and `signed_up` are leads.

    `rate` is leads helped per reader with its 90 % interval, None where nobody was counted; `verdict` is "above" or
    "below" the site's rate, "too early", or empty. `credit` is a sum of shares of leads.
    """

    reads: int = 0
    readers: int = 0
    helped: int = 0
    signed_up: int = 0
    rate: Interval | None = None
    verdict: str = ""
    credit: float = 0.0

    @property
    def is_uncounted(self) -> bool:
        """Were more leads helped than readers counted? Then its rate says little."""
        return self.helped > self.readers


def read(row: Mapping[str, Any]) -> Conversion:
    """The figures in one row of `gatepost.report.as_dict`. Raises FiguresUnreadable."""
    rate = row.get("rate")
    try:
        return Conversion(
            reads=_count(row["reads"]),
            readers=_count(row["unique_readers"]),
            helped=_count(row["helped"]),
            signed_up=_count(row["signed_up_here"]),
            rate=Interval(*(number(rate[end]) for end in ("mean", "low", "high"))) if rate else None,
            verdict=str(rate["verdict"]) if rate else "",
            credit=number(row["credit"]),
        )
    except (KeyError, TypeError) as error:
        raise FiguresUnreadable(f"The row of an article lacks a part: {error}.") from None


def number(value: Any) -> float:
    """A finite number. Raises FiguresUnreadable."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise FiguresUnreadable(f"{str(value)[:40]!r} is no number.")
    return float(value)


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise FiguresUnreadable(f"{str(value)[:40]!r} is no count.")
    return value

"""Weeks and months that have ended: what a regular letter reports on, each under a key of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gatepost.report.span import Span, before

# How often a report may come, in the order offered; the noun is what it comes every.
EVERY: dict[str, str] = {"week": "Every week", "month": "Every month"}
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class Ended:
    """A week (Monday to Sunday, `2026-W47`) or a month (`2026-10`) that is over; `compare` is the one before it."""

    every: str
    key: str
    span: Span
    compare: Span

    @property
    def name(self) -> str:
        """As people call it: "the week of 16 November 2026", "October 2026"."""
        first = self.span.first
        assert first is not None
        return f"the week of {first.day} {first:%B %Y}" if self.every == "week" else f"{first:%B %Y}"


def latest(every: str, today: date) -> Ended:
    """The latest week or month that was over when `today` began (UTC). Raises KeyError for any other word."""
    if every == "week":
        monday = today - timedelta(days=today.weekday()) - _WEEK
        year, week, _ = monday.isocalendar()
        # Not `before`: a week that begins with a month is compared with a week, too.
        return Ended(every, f"{year}-W{week:02}", Span(monday, monday + 6 * _DAY), Span(monday - _WEEK, monday - _DAY))
    if every not in EVERY:
        raise KeyError(every)
    last = today.replace(day=1) - _DAY
    span = Span(last.replace(day=1), last)
    compare = before(span)
    assert compare is not None
    return Ended(every, f"{last:%Y-%m}", span, compare)

"""Spans of days: what a figure counts, and what it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

ALL = "all"
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both counted; None is open, so `Span()` is all time. Days are those of UTC."""

    first: date | None = None
    last: date | None = None

    @property
    def is_all(self) -> bool:
        """Does it leave nothing out?"""
        return self.first is None and self.last is None

    @property
    def days(self) -> int | None:
        """How many days; None where an end is open."""
        return (self.last - self.first).days + 1 if self.first and self.last else None

    def __contains__(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


ALL_TIME = Span()
# Named spans in the order shown to people. Each runs up to today.
PERIODS: dict[str, str] = {
    ALL: "All time",
    "month": "This month",
    "last-month": "Last month",
    "90-days": "Last 90 days",
    "year": "This year",
    "12-months": "Last 12 months",
}


def named(name: str, today: date) -> Span:
    """The span of one of PERIODS on a day. Raises KeyError for a name that is not there."""
    first_of_month = today.replace(day=1)
    if name == ALL:
        return ALL_TIME
    return {
        "month": Span(first_of_month, today),
        "last-month": Span(_months_before(first_of_month, 1), first_of_month - _DAY),
        "90-days": Span(today - 89 * _DAY, today),
        "year": Span(today.replace(month=1, day=1), today),
        "12-months": Span(_months_before(first_of_month, 11), today),
    }[name]


def before(span: Span) -> Span | None:
    """What a span is fairly compared with; None where a beginning or an end is open.

    For a span that begins with a month: the same days of as many months before, so that 1 to 23 November stands beside 1 to
    23 October, and a whole month beside a whole month. For every other span: as many days just before it.
    """
    if span.first is None or span.last is None or 2 * span.first.year - span.last.year < 2:
        # Nothing is before the calendar's first year either.
        return None
    if span.first.day != 1:
        return Span(span.first - (span.last - span.first + _DAY), span.first - _DAY)
    months = 12 * (span.last.year - span.first.year) + span.last.month - span.first.month + 1
    first, last_month = _months_before(span.first, months), _months_before(span.last.replace(day=1), months)
    end = _last_of_month(last_month)
    is_whole = span.last == _last_of_month(span.last)
    return Span(first, end if is_whole else min(end, last_month + (span.last.day - 1) * _DAY))


def _months_before(first_of_month: date, months: int) -> date:
    year, month = divmod(12 * first_of_month.year + first_of_month.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _last_of_month(day: date) -> date:
    return _months_before(day.replace(day=1), -1) - _DAY

"""Periods of running sums: all time, months and days, and which of them make up the time since a day."""

from __future__ import annotations

from datetime import date, timedelta

ALL = "all"


def month_of(day: date) -> str:
    """The key of the month that a day lies in."""
    return f"{day:%Y-%m}"


def with_months(day: date) -> tuple[str, str]:
    """The sums that a count of this day goes into where days are kept in a table of their own."""
    return ALL, month_of(day)


def with_days(day: date) -> tuple[str, str]:
    """The sums that a fact of this day goes into where there is no other table of days."""
    return ALL, day.isoformat()


def split(since: date) -> tuple[str, date | None]:
    """The first whole month since a day, and the first day of the next month where a part of a month comes before it.

    What happened since is then: the months from the first on, and the days from `since` to that day, without it.
    """
    # No calendar of Python's has a month after the very last.
    if since.day == 1 or since >= date(9999, 12, 1):
        return month_of(since), None
    next_month = (since.replace(day=28) + timedelta(days=4)).replace(day=1)
    return month_of(next_month), next_month

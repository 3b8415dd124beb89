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


def split(since: date) -> tuple[str, date, date, int]:
    """What makes up the time since a day: a month, and days to be added to it and all later months (1) or taken away (-1).

    The days run from the first of the two dates up to the second, without it. Never more than half a month of them is
    asked for: they are many rows, and a month is few.
    """
    first = since.replace(day=1)
    # No calendar of Python's has a month after the very last.
    if since.day <= 16 or since >= date(9999, 12, 1):
        return month_of(since), first, since, -1
    next_month = (since.replace(day=28) + timedelta(days=4)).replace(day=1)
    return month_of(next_month), since, next_month, 1

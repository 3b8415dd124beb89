"""Periods of running sums: all time, months and days, and which of them make up the time since a day."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, false, or_

from gatepost.report.span import Span

ALL = "all"
_DAY = timedelta(days=1)
# Where an end is open.
_FIRST, _LAST = date(1970, 1, 1), date(2100, 12, 31)


def month_of(day: date) -> str:
    """The key of the month that a day lies in."""
    return f"{day:%Y-%m}"


def with_months(day: date) -> tuple[str, str]:
    """The sums that a count of this day goes into where days are kept in a table of their own."""
    return ALL, month_of(day)


def with_days(day: date) -> tuple[str, str, str]:
    """The sums that a fact of this day goes into where there is no other table of days."""
    return ALL, month_of(day), day.isoformat()


def within(period: ColumnElement[str], span: Span) -> ColumnElement[bool]:
    """The rows that make up a span, of sums that keep all time, months and days: whole months and the days beside them.

    Months are named one by one: a range of them would lead through all their days.
    """
    if span.is_all:
        return period == ALL
    first = span.first or _FIRST
    last = span.last or max(_LAST, first)
    whole_from, whole_to = _first_whole(first), (last + _DAY).replace(day=1)
    if whole_from > whole_to:
        return period.between(first.isoformat(), last.isoformat()) if first <= last else false()
    parts = [period.in_(_months(whole_from, whole_to))]
    if first < whole_from:
        parts.append(period.between(first.isoformat(), (whole_from - _DAY).isoformat()))
    if last >= whole_to:
        parts.append(period.between(whole_to.isoformat(), last.isoformat()))
    return or_(*parts)


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


def _first_whole(day: date) -> date:
    return day if day.day == 1 else (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _months(begin: date, end: date) -> list[str]:
    first, last = (12 * day.year + day.month - 1 for day in (begin, end))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first, last)]

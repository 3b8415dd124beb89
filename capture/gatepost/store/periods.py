"""Periods of running sums: all time, months and days, and which of them make up the time since a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, false, or_

from gatepost.report.span import Span

ALL = "all"
_DAY = timedelta(days=1)
# Where an end is open.
_FIRST, _LAST, _VERY_LAST = date(1970, 1, 1), date(2100, 12, 31), date(9998, 12, 31)


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
    # No calendar of Python's has a day after the last of 9999.
    first = min(span.first or _FIRST, _VERY_LAST)
    last = min(span.last or max(_LAST, first), _VERY_LAST)
    whole_from, whole_to = _first_whole(first), (last + _DAY).replace(day=1)
    if whole_from > whole_to:
        return period.between(first.isoformat(), last.isoformat()) if first <= last else false()
    parts = [period.in_(_months(whole_from, whole_to))]
    if first < whole_from:
        parts.append(period.between(first.isoformat(), (whole_from - _DAY).isoformat()))
    if last >= whole_to:
        parts.append(period.between(whole_to.isoformat(), last.isoformat()))
    return or_(*parts)


def days_within(day: ColumnElement[date], span: Span) -> list[ColumnElement[bool]]:
    """The rows of a table of days that lie in a span."""
    found = [day >= span.first] if span.first else []
    return [*found, day <= span.last] if span.last else found


def day_keys_within(period: ColumnElement[str], span: Span) -> list[ColumnElement[bool]]:
    """The keys of days that lie in a span, of a sum table that keeps them; "all" sorts behind every day."""
    found = [period < ALL]
    found += [period >= span.first.isoformat()] if span.first else []
    return [*found, period <= span.last.isoformat()] if span.last else found


def moments_within(at: ColumnElement[datetime], span: Span) -> list[ColumnElement[bool]]:
    """The rows of a table of moments that lie in a span, whose days begin at midnight in UTC."""
    found = [at >= datetime.combine(span.first, time(), UTC)] if span.first else []
    # No calendar of Python's has a day after the last of 9999.
    return [*found, at < datetime.combine(min(span.last, _VERY_LAST) + _DAY, time(), UTC)] if span.last else found


@dataclass(frozen=True)
class Parts:
    """A span made of whole months and of days: `months` are their keys, `days` are (begin, end, sign), the end left out.

    Days with the sign -1 lie in one of the months and are taken away again.
    """

    months: tuple[str, ...]
    days: tuple[tuple[date, date, int], ...]


def parts(span: Span) -> Parts:
    """What makes up a span of sums that keep no days: whole months, and days from another table.

    Never more than half a month of days is asked for at either end: they are many rows, and a month is few.
    """
    first = min(span.first or _FIRST, _VERY_LAST)
    last = min(span.last or max(_LAST, first), _VERY_LAST)
    if first > last:
        return Parts((), ())
    begin, end = first.replace(day=1), _next_month(last)
    if begin == last.replace(day=1) and (last - first).days < 16:
        return Parts((), ((first, last + _DAY, 1),))
    before, after = (begin, first), (last + _DAY, end)
    days: list[tuple[date, date, int]] = []
    if first.day > 16 and _next_month(first) <= end:
        begin = _next_month(first)
        days.append((first, begin, 1))
    elif before[0] < before[1]:
        days.append((*before, -1))
    if last.day < 16 and last.replace(day=1) >= begin and after[0] < after[1]:
        end = last.replace(day=1)
        days.append((end, last + _DAY, 1))
    elif after[0] < after[1] and last >= begin:
        days.append((*after, -1))
    return Parts(tuple(_months(begin, end)), tuple(days))


def _first_whole(day: date) -> date:
    return day if day.day == 1 else _next_month(day)


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _months(begin: date, end: date) -> list[str]:
    first, last = (12 * day.year + day.month - 1 for day in (begin, end))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first, last)]

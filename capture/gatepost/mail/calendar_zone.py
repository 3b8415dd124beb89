"""The rules of a time zone for a calendar file, as every calendar reads them.

Outlook takes no listed days of change (RDATE), only a rule for each year (MS-STANOICAL, 2.2.47). A zone whose changes follow
no such rule has none here: times are then better written in UTC, which all read alike.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# Years before and after a date, all of which have to follow one rule.
_BEFORE, _AFTER = 2, 3
_LAST = -1
_LONG_AGO = datetime(1970, 1, 1)  # noqa: DTZ001 - local times have no zone here


@dataclass(frozen=True)
class _Change:
    """The clocks go from one offset to another. `at` is the local time that the old offset shows, without a zone."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def nth(self) -> int:
        """Which one of its weekday it is in its month."""
        return (self.at.day - 1) // 7 + 1

    @property
    def is_last(self) -> bool:
        """Is it the last one of its weekday in its month?"""
        return self.at.day + 7 > calendar.monthrange(self.at.year, self.at.month)[1]

    @property
    def shape(self) -> tuple[object, ...]:
        """What is the same each year where there is a rule."""
        return self.at.month, self.at.weekday(), self.at.time(), self.before, self.after


def rules(zone: ZoneInfo, about: datetime) -> Timezone | None:
    """The component of a zone, right in the years around a moment; None where the zone follows no yearly rule."""
    from icalendar import Timezone

    changes = list(_changes(zone, about.year - _BEFORE, about.year + _AFTER))
    made = Timezone()
    made.add("tzid", zone.key)
    if not changes:
        always = _offset(zone, about)
        made.add_component(_part(_Change(_LONG_AGO, always, always, ""), None))
        return made
    for of_one in (changes[0::2], changes[1::2]):
        every = _occurrence(of_one)
        if every is None or len(of_one) != _BEFORE + _AFTER + 1:
            return None
        made.add_component(_part(of_one[0], every))
    return made


def _occurrence(changes: list[_Change]) -> int | None:
    """Which weekday of the month all of them are on: -1 for the last; None where they differ."""
    if len({change.shape for change in changes}) != 1:
        return None
    if all(change.is_last for change in changes):
        return _LAST
    found = {change.nth for change in changes}
    return found.pop() if len(found) == 1 else None


def _part(change: _Change, every: int | None) -> Any:
    from icalendar import TimezoneDaylight, TimezoneStandard

    part = TimezoneDaylight() if change.after > change.before else TimezoneStandard()
    part.add("dtstart", change.at)
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.after)
    if change.name.isalpha():
        part.add("tzname", change.name)
    if every is not None:
        part.add(
            "rrule", {"freq": "YEARLY", "bymonth": change.at.month, "byday": f"{every}{_DAYS[change.at.weekday()]}"}
        )
    return part


def _changes(zone: ZoneInfo, first: int, last: int) -> Iterator[_Change]:
    """Every change in these years (in UTC), to the second."""
    at, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    while at < end:
        then = at + timedelta(days=1)
        if _offset(zone, at) != _offset(zone, then):
            moment = _moment(zone, at, then)
            before, after = _offset(zone, at), _offset(zone, then)
            name = moment.astimezone(zone).tzname() or ""
            yield _Change((moment + before).replace(tzinfo=None), before, after, name)
        at = then


def _moment(zone: ZoneInfo, early: datetime, late: datetime) -> datetime:
    """The first second of the new offset, between two moments with different ones."""
    old = _offset(zone, early)
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
        early, late = (middle, late) if _offset(zone, middle) == old else (early, middle)
    return late


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()

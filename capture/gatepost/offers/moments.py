"""Moments as writers write them, in a time zone: `2027-03-02 18:00`. What is no moment, or could be two, is refused."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

_WRITTEN = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:[T ]+(?P<time>\d\d?:\d\d)(?::00)?\s*(?P<offset>Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)
LIKE = "2027-03-02 18:00"


class MomentUnreadable(ValueError):
    """A text that is no moment. Carries its cure."""

    def __init__(self, problem: str, cure: str):
        super().__init__(problem)
        self.cure = cure


class ZoneUnknown(MomentUnreadable):
    """A name that is no time zone's."""


def zone_of(name: str) -> ZoneInfo:
    """The time zone of an IANA name such as `Europe/Berlin`. Raises ZoneUnknown."""
    try:
        if name:
            return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    near = get_close_matches(name.replace(" ", "_"), available_timezones(), n=1, cutoff=0.6)
    meant = f"Did you mean {near[0]}?" if near else "Write the name of a city's zone, for example Europe/Berlin."
    raise ZoneUnknown(f"there is no time zone {name!r}", meant)


def moment(text: str, zone: str, *, needs_time: bool = True) -> datetime:
    """Aware UTC. A day alone is its last minute, where `needs_time` is not set. Raises MomentUnreadable or ZoneUnknown."""
    local, written = zone_of(zone), _WRITTEN.fullmatch(text.strip())
    if not written or (needs_time and not written["time"]):
        raise MomentUnreadable(f"{text!r} is no date with a time", f"Write it like {LIKE}.")
    try:
        found = datetime.fromisoformat(f"{written['day']} {(written['time'] or '23:59').zfill(5)}")
    except ValueError:
        raise MomentUnreadable(
            f"{text!r} is not in the calendar", f"Write a day and a time that exist: {LIKE}."
        ) from None
    if written["offset"]:
        return _with_offset(found, written["offset"])
    return _in_zone(found, local, zone)


def _with_offset(found: datetime, offset: str) -> datetime:
    try:
        return datetime.fromisoformat(f"{found.isoformat()}{offset}").astimezone(UTC)
    except (ValueError, OverflowError):
        raise MomentUnreadable(f"{offset!r} is no offset from UTC", f"Write it like {LIKE}+01:00.") from None


def _in_zone(found: datetime, zone: ZoneInfo, name: str) -> datetime:
    try:
        early, late = (found.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        back = early.astimezone(zone).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise MomentUnreadable(f"{found:%Y-%m-%d %H:%M} is too far away", f"Write it like {LIKE}.") from None
    if back != found:
        cure = f"Write a time before or after that hour, for example {found + timedelta(hours=1):%Y-%m-%d %H:%M}."
        raise MomentUnreadable(f"{found:%H:%M} is skipped that day in {name}, where the clocks go forward", cure)
    if early != late:
        one, other = (f"{found:%Y-%m-%d %H:%M}{at.astimezone(zone):%z}" for at in (early, late))
        cure = f"Say which: {one} or {other}."
        raise MomentUnreadable(f"{found:%H:%M} comes twice that day in {name}, where the clocks go back", cure)
    return early

"""A date for a reader's calendar (RFC 5545), with the rules of its time zone, so that it stays right across summer time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from gatepost.mail.calendar_zone import rules

MEDIA_TYPE = "text/calendar; charset=utf-8; method=PUBLISH"


@dataclass(frozen=True)
class Entry:
    """One date. `id` stays the same when it moves and `sequence` grows; times are aware, shown in `zone`.

    `organizer` is a bare address, `place` a place or the link to it.
    """

    id: UUID
    sequence: int
    made_at: datetime
    starts_at: datetime
    ends_at: datetime
    zone: str
    title: str
    about: str
    place: str
    link: str
    organizer: str
    language: str
    domain: str


def calendar_file(entry: Entry) -> bytes:
    """The date as the bytes of an .ics file: folded at 75 octets, and never within a character."""
    from icalendar import Alarm, Calendar, Event, vCalAddress, vUri

    calendar, event, alarm, zone = Calendar(), Event(), Alarm(), ZoneInfo(entry.zone)
    zone_rules = rules(zone, entry.starts_at)
    shown_in = zone if zone_rules else UTC
    calendar.add("prodid", "-//Gatepost//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event.add("uid", f"{entry.id}@{entry.domain}")
    event.add("dtstamp", entry.made_at)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.starts_at.astimezone(shown_in))
    event.add("dtend", entry.ends_at.astimezone(shown_in))
    texts = {"summary": entry.title, "description": entry.about, "location": entry.place}
    for name, text in texts.items():
        if text:
            event.add(name, _plain(text), parameters={"language": entry.language})
    if entry.link:
        event.add("url", vUri(entry.link))
    event.add("organizer", vCalAddress(f"mailto:{entry.organizer}"))
    event.add("status", "CONFIRMED")
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(minutes=-15))
    alarm.add("description", _plain(entry.title))
    event.add_component(alarm)
    if zone_rules and entry.zone != "UTC":
        calendar.add_component(zone_rules)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _plain(text: str) -> str:
    # Other control characters than line ends may stand in no calendar file.
    return "".join(char for char in text if char == "\n" or ord(char) >= 32)

"""A date for a calendar is read by others as it was meant: texts, long lines, and the change to summer time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatepost.mail.calendar_file import Entry, calendar_file

START = datetime(2027, 3, 28, 0, 30, tzinfo=UTC)
ENTRY = Entry(
    id=UUID(int=7),
    sequence=1,
    made_at=datetime(2027, 1, 1, tzinfo=UTC),
    starts_at=START,
    ends_at=START + timedelta(hours=2),
    zone="Europe/Berlin",
    title="Fairs, forms; and \\ what’s next 🎪",
    about="One line,\nanother; with 🎪 " + "a very long word " * 20,
    place="Hall 3, Gate B; Köln",
    link="https://meet.example.org/room?a=1,2;b=3",
    organizer="letters@example.org",
    language="en",
    domain="go.example.org",
)
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.just("\n"), max_size=300)


def event(content: bytes):
    (found,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return found


def test_commas_semicolons_backslashes_and_emoji_come_back_as_they_went():
    found = event(calendar_file(ENTRY))
    assert found["summary"] == ENTRY.title
    assert found["description"] == ENTRY.about
    assert found["location"] == ENTRY.place
    assert found["url"] == ENTRY.link
    assert found["organizer"] == "mailto:letters@example.org"


def test_lines_are_folded_at_75_octets_and_never_within_a_character():
    content = calendar_file(ENTRY)
    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()
    assert b"\n" not in content.replace(b"\r\n", b"")


@settings(deadline=None)
@given(title=TEXTS, about=TEXTS)
def test_any_text_comes_back_and_makes_no_property_of_its_own(title, about):
    found = event(calendar_file(replace(ENTRY, title=f"A{title}", about=f"B{about}")))
    assert found["summary"] == f"A{title}"
    assert found["description"] == f"B{about}"
    assert "attendee" not in found


def test_a_meeting_across_the_change_to_summer_time_keeps_both_ends_right():
    content = calendar_file(ENTRY)
    found, berlin = event(content), ZoneInfo("Europe/Berlin")
    assert found.start == START.astimezone(berlin)
    assert found.end == ENTRY.ends_at.astimezone(berlin)
    assert (f"{found.start:%H:%M}", f"{found.end:%H:%M}") == ("01:30", "04:30")
    assert found.end.astimezone(UTC) - found.start.astimezone(UTC) == timedelta(hours=2)
    assert b"BEGIN:VTIMEZONE\r\n" in content
    assert b"TZID:Europe/Berlin" in content
    assert b"BEGIN:DAYLIGHT" in content


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Kolkata", "Pacific/Chatham"])
def test_every_zone_gives_the_same_moment_back(zone):
    assert event(calendar_file(replace(ENTRY, zone=zone))).start.astimezone(UTC) == START


def test_a_date_that_moved_keeps_its_id_and_counts_on():
    first, second = (
        event(calendar_file(ENTRY)),
        event(calendar_file(replace(ENTRY, sequence=2, starts_at=START - timedelta(days=1)))),
    )
    assert first["uid"] == second["uid"] == f"{ENTRY.id}@go.example.org"
    assert (first["sequence"], second["sequence"]) == (1, 2)
    (alarm,) = second.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(minutes=-15)

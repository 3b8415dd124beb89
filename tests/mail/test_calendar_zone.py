"""A calendar that knows no time zones, and reads only the rules in the file, shows the same moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatepost.mail.calendar_file import calendar_file
from gatepost.mail.calendar_zone import rules
from tests.mail.test_calendar_file import ENTRY, event

# Both halves of the year, whole and half hours, no change at all, and a change of half an hour.
REGULAR = (
    "Europe/Berlin", "Europe/London", "Europe/Dublin", "America/New_York", "Australia/Sydney", "Australia/Lord_Howe",
    "Pacific/Chatham", "Asia/Kolkata", "America/Sao_Paulo",
)  # fmt: skip
# They change after the moon, or on the day before the last Sunday.
IRREGULAR = ("Africa/Casablanca", "America/Nuuk", "Asia/Jerusalem")
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.sampled_from(REGULAR), MOMENTS)
@settings(max_examples=60, deadline=None)
def test_the_rules_alone_give_every_moment_back(name, at):
    zone, found = ZoneInfo(name), rules(ZoneInfo(name), at)
    assert found
    alone = found.to_tz(lookup_tzid=False)
    local = at.replace(second=0, microsecond=0).astimezone(zone)
    around = {(at + timedelta(hours=hours)).astimezone(zone).utcoffset() for hours in (-3, 0, 3)}
    # Within hours of a change a local time may come twice, or not at all.
    assert len(around) > 1 or local.replace(tzinfo=alone).utcoffset() == local.utcoffset()


@pytest.mark.parametrize("year", [2027, 2041])
def test_a_zone_is_told_by_a_rule_for_each_year_and_by_no_list_of_days(year):
    starts = datetime(year, 7, 2, 16, tzinfo=UTC)
    content = calendar_file(replace(ENTRY, starts_at=starts, ends_at=starts + timedelta(hours=1)))
    assert b"RDATE" not in content
    assert b"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n" in content
    assert f"DTSTART;TZID=Europe/Berlin:{year}0702T180000".encode() in content


@pytest.mark.parametrize("name", IRREGULAR)
def test_a_zone_without_a_yearly_rule_is_written_in_the_time_of_all(name):
    content = calendar_file(replace(ENTRY, zone=name))
    assert b"VTIMEZONE" not in content
    assert f"DTSTART:{ENTRY.starts_at:%Y%m%dT%H%M%S}Z".encode() in content
    assert event(content).start == ENTRY.starts_at

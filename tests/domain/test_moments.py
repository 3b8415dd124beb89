"""Moments in a time zone: what does not exist or exists twice is refused with its cure."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.offers import KINDS, Draft
from gatepost.offers.moments import MomentUnreadable, ZoneUnknown, moment

BERLIN = "Europe/Berlin"
ZONES = st.sampled_from(["UTC", BERLIN, "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"])


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2027-03-02 18:00", "2027-03-02 17:00"),
        ("2027-03-02T18:00", "2027-03-02 17:00"),
        ("2027-07-02 9:05", "2027-07-02 07:05"),
        ("2027-03-02 18:00Z", "2027-03-02 18:00"),
        ("2027-03-02 18:00 -05:00", "2027-03-02 23:00"),
        ("2027-10-31 02:30+01:00", "2027-10-31 01:30"),
        ("2027-10-31 02:30+0200", "2027-10-31 00:30"),
        ("2027-03-28 03:30", "2027-03-28 01:30"),
    ],
)
def test_a_moment_is_read_in_its_zone(text, utc):
    assert moment(text, BERLIN) == datetime.fromisoformat(f"{utc}+00:00")


@pytest.mark.parametrize(
    ("text", "problem", "cure"),
    [
        ("2027-03-28 02:30", "skipped", "03:30"),
        ("2027-10-31 02:30", "comes twice", "02:30+0200 or 2027-10-31 02:30+0100"),
        ("2027-02-31 18:00", "not in the calendar", "exist"),
        ("2027-03-02", "no date with a time", "18:00"),
        ("tomorrow", "no date with a time", "18:00"),
        ("2027-03-02 25:00", "not in the calendar", "exist"),
        ("0001-01-01 00:10", "too far", "18:00"),
        ("2027-03-02 18:00+99:00", "no offset", "+01:00"),
        ("٢٠٢٧-03-02 18:00", "no date with a time", "18:00"),
    ],
)
def test_what_is_no_moment_is_refused_with_its_cure(text, problem, cure):
    with pytest.raises(MomentUnreadable, match=problem) as refused:
        moment(text, BERLIN)
    assert cure in refused.value.cure


def test_an_unknown_zone_is_named_with_the_nearest():
    with pytest.raises(ZoneUnknown) as refused:
        moment("2027-03-02 18:00", "Europe/Berln")
    assert "Europe/Berlin" in refused.value.cure
    for nonsense in ("", "../etc/passwd", "Mars/Base\0"):
        with pytest.raises(ZoneUnknown):
            moment("2027-03-02 18:00", nonsense)


def test_a_day_alone_lasts_to_its_last_minute_where_no_time_is_needed():
    assert moment("2027-03-31", BERLIN, needs_time=False) == datetime(2027, 3, 31, 21, 59, tzinfo=UTC)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), ZONES)  # noqa: DTZ001 - local times are meant
def test_every_moment_that_is_read_is_shown_as_it_was_written(local, zone):
    written = f"{local:%Y-%m-%d %H:%M}"
    try:
        found = moment(written, zone)
    except MomentUnreadable:
        return
    assert f"{found.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" == written


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        ("webinar", {"starts": ""}, "Starts"),
        ("webinar", {"zone": "Berlin/Europe"}, "Zone"),
        ("webinar", {"minutes": "", "ends": "2027-03-02 17:00"}, "Ends"),
        ("webinar", {"ends": "2027-03-02 19:00"}, "Ends"),
        ("webinar", {"minutes": "", "ends": "2027-04-02 17:00"}, "Ends"),
        ("webinar", {"minutes": "-5"}, "Minutes"),
        ("webinar", {"minutes": "99999999999999999999"}, "Minutes"),
        ("webinar", {"seats": "many"}, "Seats"),
        ("webinar", {"seats": "0"}, "Seats"),
        ("event", {"place": ""}, "Place"),
    ],
)
def test_each_mistake_about_a_meeting_names_its_field_and_a_cure(kind, fields, field):
    whole = {"starts": "2027-03-02 18:00", "minutes": "45", "place": "Hall 3", "seats": "10", **fields}
    given = {name: (line,) for name, line in whole.items() if line}
    draft = Draft(kind, "T", consent="letters", link="https://meet.example.org/r", fields=given, zone=BERLIN)
    (mistake,) = KINDS[kind].check(draft)
    assert (mistake.field, bool(mistake.cure)) == (field, True)


def test_a_link_that_is_not_safe_is_a_mistake():
    given = {"starts": ("2027-03-02 18:00",)}
    for link in ("", "http://meet.example.org", "javascript:alert(1)"):
        draft = Draft("webinar", "T", consent="letters", link=link, fields=given)
        assert [mistake.field for mistake in KINDS["webinar"].check(draft)] == ["Link"]

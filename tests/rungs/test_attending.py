"""Who came: from lists as programs write them, by hand at the dashboard, by the code at the door; and the doors of a seat."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import icalendar
import pytest
from flask.testing import FlaskClient

from gatepost.actions import attending
from gatepost.actions.attending import MeetingUnknown
from gatepost.channels import classify
from gatepost.engine import Engine
from gatepost.leads.seat import GIVEN_UP, HELD
from gatepost.web import create_app
from gatepost_pelican.cards import published
from tests.owner.conftest import app, bo, password_hash  # noqa: F401 - fixtures
from tests.rungs.asking import confirms, latest, publish
from tests.rungs.meeting import ROOM, at, seat_of, takes_seat, webinar


@pytest.fixture
def talk(engine: Engine) -> Engine:
    """A webinar at which ada and bo have the two seats, and cy waits."""
    publish(engine, webinar())
    for name in ("ada", "bo", "cy"):
        takes_seat(engine, name)
    return engine


@pytest.fixture
def reader(talk: Engine) -> FlaskClient:
    return create_app(talk).test_client()


def token(engine: Engine, name: str) -> str:
    return engine.tokens.sign("yours", latest(engine, f"{name}@example.org", "talk").id, engine.now())


@pytest.mark.parametrize(
    "content",
    [
        b"email\nada@example.org\nstranger@example.org\n",
        "\ufeffName;E-Mail-Adresse\nAda;ADA@example.org\n;stranger@example.org\n".encode(),
        b'"Email Address"\t"Name"\r\nada@example.org\tAda\r\nada@example.org\tAda\r\nstranger@example.org\tS\r\n',
    ],
)
def test_a_list_counts_everybody_once_and_names_who_is_not_known(talk, content):
    found = attending.came(talk, "talk", content)
    assert (found.added, found.known) == (1, 0)
    assert [finding.problem for finding in found.findings] == ["stranger@example.org has no seat here"]
    again = attending.came(talk, "talk", content)
    assert (again.added, again.known) == (0, 1)
    assert (seat_of(talk, "ada").came_how, seat_of(talk, "bo").came_at) == ("csv", None)


def test_a_list_for_no_meeting_counts_nobody(talk):
    with pytest.raises(MeetingUnknown):
        attending.came(talk, "checklist", b"email\nada@example.org\n")


def test_the_owner_marks_who_came_and_takes_it_back(talk, bo):  # noqa: F811
    assert bo.log_in().status_code == 303
    assert "Questions answered" in bo.get("/owner/meetings").text
    page = bo.get("/owner/meetings/talk")
    assert page.text.index("ada@example.org") < page.text.index("cy@example.org")
    path = f"/owner/meetings/talk/{seat_of(talk, 'ada').id}"
    assert bo.post(path, {"do": "came"}).status_code == 403, "a form of another site counts for nothing"
    csrf = bo.token("/owner/meetings/talk")
    assert bo.post(path, {"csrf": csrf, "do": "came"}).status_code == 303
    assert seat_of(talk, "ada").came_how == "hand"
    assert bo.post(path, {"csrf": csrf, "do": "not"}).status_code == 303
    assert seat_of(talk, "ada").came_at is None
    assert bo.get("/owner/meetings/none").status_code == 404
    assert bo.get("/owner/meetings/talk.csv").text.count("@example.org") == 3


def test_opening_a_seat_changes_nothing_and_the_button_gives_it_to_who_waits(talk, reader):
    page = reader.get(f"/yours/{token(talk, 'ada')}")
    assert ROOM in page.text
    assert reader.get(f"/give-up/{token(talk, 'ada')}").status_code in (404, 405)
    assert seat_of(talk, "ada").state == HELD
    waits = reader.get(f"/yours/{token(talk, 'cy')}").text
    assert ROOM not in waits
    assert reader.get(f"/calendar/{token(talk, 'cy')}.ics").status_code == 404
    for _ in range(2):
        assert reader.post(f"/give-up/{token(talk, 'ada')}").status_code == 303
    assert [seat_of(talk, name).state for name in ("ada", "bo", "cy")] == [GIVEN_UP, HELD, HELD]
    assert reader.get(f"/calendar/{token(talk, 'ada')}.ics").status_code == 404
    assert reader.post("/give-up/forged").status_code == 404


def test_the_calendar_door_gives_a_file_that_is_not_kept_by_anybody(talk, reader):
    answer = reader.get(f"/calendar/{token(talk, 'bo')}.ics")
    assert answer.mimetype == "text/calendar"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    (entry,) = icalendar.Calendar.from_ical(answer.data).events
    assert (entry.start.astimezone(UTC), entry["summary"]) == (at("2026-12-01 17:00"), "Questions answered")


def test_a_name_in_another_script_is_no_error_at_the_calendar_door(engine):
    publish(engine, replace(webinar(), slug="встреча"))
    signup = confirms(engine, "ada@example.org", {}, offer="встреча")
    path = f"/calendar/{engine.tokens.sign('yours', signup.id, engine.now())}.ics"
    named = create_app(engine).test_client().get(path).headers["Content-Disposition"]
    assert "filename*=UTF-8''%D0%B2" in named


def test_asking_for_a_seat_after_the_end_is_answered_in_words_and_for_programs(talk, reader):
    talk.clock.at = at("2026-12-01 18:00")
    form = {"email": "late@example.org", "offer": "talk"}
    page = reader.post("/signup", data=form)
    assert page.status_code == 410
    assert "was on 1 December 2026" in page.text
    problem = reader.post("/signup", json=form, headers={"Origin": "https://blog.example.org"})
    assert (problem.status_code, problem.mimetype) == (410, "application/problem+json")


def test_the_code_at_the_door_is_of_the_channel_of_events_and_is_dark_on_light():
    from gatepost_pelican.compile.poster import address, code_svg

    url = address("https://blog.example.org", "/offers/talk.html", "talk")
    tags = parse_qs(urlsplit(url).query)
    assert classify(source=tags["utm_source"][0], medium=tags["utm_medium"][0]) == "event"
    svg = code_svg(url).decode()
    assert re.search(r'fill="#fff', svg)
    assert code_svg(url) == code_svg(url)


def test_pages_know_when_a_meeting_was_and_never_its_link():
    terms = webinar().terms
    assert terms.meeting
    shown = published(terms)
    assert shown.meeting
    assert (terms.meeting.link, shown.meeting.link, shown.meeting.seats) == (ROOM, "", 2)
    assert not shown.is_over(datetime(2026, 12, 1, 17, 44, tzinfo=UTC))
    assert shown.is_over(datetime(2026, 12, 1, 17, 45, tzinfo=UTC))

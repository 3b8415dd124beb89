"""Webinars and events with one's own eyes: a seat on the phone, a queue, a seat given back, a date for the calendar, the door."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import icalendar
import pytest

from gatepost import catalogue
from tests.journeys.conftest import Site
from tests.journeys.test_rungs_asking import is_sound, link_to, rung
from tests.journeys.test_whole_chain import letter_links, reader_context

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.xdist_group("whole-chain")]
ROOM = "https://meet.example.org/first-talk"


def asks(page: Any, site: Site, offer: str, address: str, query: str = "") -> None:
    """Fill in the form on the landing page; the letter is on its way afterwards."""
    from playwright.sync_api import expect

    page.goto(f"{site.url}/offers/{offer}.html{query}")
    form = page.locator("form.gp-form")
    form.locator("input[name=email]").fill(address)
    form.locator("button[type=submit]").click()
    expect(form.locator(".gp-status")).to_have_text(re.compile("mail", re.IGNORECASE))


def presses(page: Any, site: Site, context: Any, address: str) -> None:
    page.goto(link_to(site, context, address, "confirm", "confirm"))
    page.locator("form button").first.click()
    page.wait_for_url(re.compile("/yours/"))


def seats(site: Site, offer: str) -> dict[str, Any]:
    told = [json.loads(line) for line in site.gatepost("meeting", "list", "--json").splitlines()]
    return next(one for one in told if one["slug"] == offer)


@pytest.fixture
def one_seat(site: Site) -> Iterator[None]:
    """The webinar has a single seat: the running site is built again, and once more afterwards."""
    path = site.folder / "content/offers/first-talk-webinar.md"
    before = path.read_text()
    path.write_text(before.replace("Seats: 40", "Seats: 1"))
    wait_for_build(site, 1)
    yield
    path.write_text(before)
    wait_for_build(site, 40)


def wait_for_build(site: Site, number: int) -> None:
    for _ in range(600):
        meeting = catalogue.read(site.folder / ".gatepost").offers["first-talk-webinar"].terms.meeting
        if meeting and meeting.seats == number:
            return
        time.sleep(0.1)
    raise AssertionError("the site was not built again")


def test_a_seat_at_a_webinar_from_the_phone_to_the_calendar_and_back(site, chromium, one_seat, tmp_path):
    before = rung(site, "webinar")
    phone = reader_context(chromium, "phone", script=True)
    page = phone.new_page()
    page.goto(f"{site.url}/offers/first-talk-webinar.html")
    assert "Tuesday, 5 March 2030, 18:00" in page.locator(".gp-facts").inner_text()
    assert ROOM not in page.content()
    is_sound(page)
    asks(page, site, "first-talk-webinar", "seated@example.org")
    assert seats(site, "first-talk-webinar")["held"] == 0, "the button decides, and not the form"
    presses(page, site, phone, "seated@example.org")
    assert "Your seat is kept" in page.locator("main").inner_text()
    is_sound(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Put it into my calendar").click()
    waiting.value.save_as(tmp_path / "seat.ics")
    (entry,) = icalendar.Calendar.from_ical((tmp_path / "seat.ics").read_bytes()).events
    assert f"{entry.start:%Y-%m-%d %H:%M %Z}" == "2030-03-05 18:00 CET"
    assert ROOM in letter_links(site, phone, "seated@example.org", "your seat is kept")
    first = page.url

    asks(page, site, "first-talk-webinar", "queued@example.org")
    presses(page, site, phone, "queued@example.org")
    assert "you stand in the queue" in page.locator("main").inner_text()
    assert ROOM not in page.content()
    is_sound(page)

    page.goto(first)
    page.get_by_role("button", name="Give my seat back").click()
    page.wait_for_load_state()
    assert "You gave your seat back" in page.locator("main").inner_text()
    assert ROOM in letter_links(site, phone, "queued@example.org", "a seat has become free")
    found = seats(site, "first-talk-webinar")
    assert (found["held"], found["waiting"], found["given-up"]) == (1, 0, 1)
    phone.close()
    assert rung(site, "webinar") == before + 2


def test_an_event_without_script_is_recorded_from_the_list_of_who_came(site, chromium, tmp_path):
    before = rung(site, "event")
    phone = reader_context(chromium, "phone", script=False)
    page = phone.new_page()
    page.goto(f"{site.url}/offers/writers-evening.html")
    assert "Bookshop at the Mill" in page.locator(".gp-facts").inner_text()
    page.locator("form.gp-form input[name=email]").fill("evening@example.org")
    page.locator("form.gp-form button[type=submit]").click()
    page.wait_for_url(re.compile("/thanks"))
    presses(page, site, phone, "evening@example.org")
    assert "Your seat is kept" in page.locator("main").inner_text()
    phone.close()
    assert rung(site, "event") == before + 1
    Path(tmp_path / "came.csv").write_text("Name;E-Mail\nEve;EVENING@example.org\n", encoding="utf-8")
    assert "1 came, 0 were recorded before." in site.gatepost(
        "meeting", "came", "writers-evening", str(tmp_path / "came.csv")
    )
    assert "0 came, 1 were recorded before." in site.gatepost(
        "meeting", "came", "writers-evening", str(tmp_path / "came.csv")
    )
    assert seats(site, "writers-evening")["came"] == 1


def test_the_code_at_the_door_opens_the_form_and_brings_a_lead_of_the_event(site, chromium, tmp_path):
    site.gatepost("meeting", "qr", "writers-evening", "--to", str(tmp_path))
    assert (tmp_path / "writers-evening-door.pdf").read_bytes().startswith(b"%PDF-")
    assert b"<svg" in (tmp_path / "writers-evening-door.svg").read_bytes()
    phone = reader_context(chromium, "phone", script=True)
    page = phone.new_page()
    asks(page, site, "writers-evening", "booth@example.org", "?utm_source=writers-evening&utm_medium=event")
    presses(page, site, phone, "booth@example.org")
    phone.close()
    shown = json.loads(site.gatepost("leads", "show", "booth@example.org"))
    assert (shown["channel"], [signup["channel"] for signup in shown["signups"]]) == ("event", ["event"])
    # Years before it begins, nobody who scans the code is there.
    assert [seat["came_at"] for seat in shown["seats"]] == [None]

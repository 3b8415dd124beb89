"""A contest with one's own eyes: from the landing page to an entry, a friend, the draw, and the row in the report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from gatepost import catalogue
from tests.journeys.conftest import Site
from tests.journeys.test_whole_chain import letter_links, reader_context, sign_up

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.xdist_group("whole-chain")]

SLUG = "an-hour-with-an-editor"
HOST, FRIEND = "host@example.org", "friend@example.org"


def pressed(site: Site, page: Any, address: str) -> None:
    """Opens the letter that asks, and presses the button on the page behind it."""
    (confirm,) = [link for link in letter_links(site, page.context, address, "confirm") if "/confirm/" in link]
    page.goto(confirm)
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile("/yours/"))


def link_in_letter(site: Site, context: Any, address: str, subject: str, door: str) -> str:
    return next(link for link in letter_links(site, context, address, subject) if f"/{door}/" in link)


@pytest.fixture
def ended(site: Site) -> Iterator[Any]:
    """Lets the contest have ended an hour ago, as its owner's next build would; the end is as before afterwards."""
    known = catalogue.read(site.folder / ".gatepost")
    offer = known.offers[SLUG]
    assert offer.terms.contest is not None

    def end() -> None:
        over = replace(offer.terms.contest, ends_at=datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1))
        changed = replace(offer, terms=replace(offer.terms, contest=over))
        catalogue.write(replace(known, offers={**known.offers, SLUG: changed}), site.folder / ".gatepost")

    yield end
    catalogue.write(known, site.folder / ".gatepost")


def entered(site: Site, page: Any) -> str:
    """Enters from the landing page, and gives the link for friends."""
    page.goto(f"{site.url}/offers/{SLUG}.html")
    facts = page.locator("main .gp-facts").first
    expect(facts).to_contain_text("31 December 2027")
    expect(facts).to_contain_text("Central European")
    sign_up(page, HOST, script=False)
    pressed(site, page, HOST)
    expect(page.locator("main")).to_contain_text("Your entry counts")
    expect(page.locator("dd.code span")).to_have_count(1)
    assert page.locator("a[href^='https://www.linkedin.com/sharing/']").count() == 1
    link = str(page.locator("#refer").input_value())
    assert link_in_letter(site, page.context, HOST, "you are in", "refer").startswith(link.rpartition("/")[0])
    return link


def friend_entered(site: Site, page: Any, link: str) -> None:
    """Opens a friend's link on a phone that has never seen the site, and enters without the tick."""
    page.goto(link)
    expect(page.locator("h1")).to_contain_text("Win an hour")
    expect(page.locator("main")).to_contain_text("31 December 2027")
    assert not page.locator("input[name=consent]").is_checked()
    page.locator("input[type=email]").fill(FRIEND)
    page.locator("main form button:visible").last.click()
    page.wait_for_url(re.compile("/thanks"))
    pressed(site, page, FRIEND)


def drawn(site: Site, page: Any, commitment: str, record: Path) -> None:
    """The owner draws, and everybody finds the same record."""
    told = site.gatepost("contest", "draw", SLUG, "--public", "numbers: 4 8 15", "-o", str(record))
    assert HOST in told
    assert FRIEND in told
    assert "True: 3 entries" in site.gatepost("contest", "verify", str(record), "--commitment", commitment)
    assert page.context.request.get(f"{site.url}/draw/{SLUG}.json").text() == record.read_text(encoding="utf-8")
    page.goto(link_in_letter(site, page.context, HOST, "you have won", "draw"))
    expect(page.locator("main")).to_contain_text("numbers: 4 8 15")
    for address in (HOST, FRIEND):
        assert address not in page.content() + record.read_text(encoding="utf-8")


def assert_reported(site: Site) -> None:
    """The friend's request names the host's, and the contest has its row."""
    friend, host = (json.loads(site.gatepost("leads", "show", one))["signups"][0] for one in (FRIEND, HOST))
    assert friend["referrer"] == host["id"]
    report = json.loads(site.gatepost("report", "--format", "json"))
    (row,) = [row for row in report["ladder"]["offers"] if row["slug"] == SLUG]
    assert row["confirmed"] == 2


def test_a_friend_brings_one_more_entry_and_everybody_can_check_the_draw(site, chromium, ended, tmp_path):
    phone, other = (reader_context(chromium, "phone", script=False) for _ in range(2))
    page, friend = phone.new_page(), other.new_page()
    link = entered(site, page)
    yours = page.url
    friend_entered(site, friend, link)
    page.goto(yours)
    expect(page.locator("main")).to_contain_text("So far it is one.")
    expect(page.locator("dd.code span")).to_have_count(2)
    entries = page.locator("dd.code span").all_inner_texts()

    page.goto(f"{site.url}/draw/{SLUG}")
    expect(page.locator("main")).to_contain_text("The contest is open")
    commitment = page.locator("dd.code").first.inner_text()
    ended()
    page.goto(f"{site.url}/draw/{SLUG}")
    expect(page.locator("main")).to_contain_text("not drawn yet")
    assert friend.goto(link).status == 410
    expect(friend.locator("h1")).to_contain_text("This is over")

    drawn(site, page, commitment, tmp_path / "draw.json")
    assert set(entries) & set(page.locator("dd.code span").all_inner_texts())
    page.goto(yours)
    expect(page.locator("main")).to_contain_text("You have won")
    assert_reported(site)
    other.close()
    phone.close()

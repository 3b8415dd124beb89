"""The rungs that ask, each with one's own eyes: a survey that ends in a file, and a question that is called back."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.journeys.conftest import Site
from tests.journeys.test_whole_chain import PASSWORD, SCREENS, letter_links, reader_context

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.xdist_group("whole-chain")]
OWNER = "asked-owner@example.org"


@pytest.fixture(scope="module")
def owners_page(site: Site, chromium: Any) -> Any:
    """A page of the dashboard on a desk, logged in."""
    site.gatepost("owner", "add", OWNER, typed=PASSWORD + "\n")
    context = chromium.new_context(**SCREENS["desktop"], java_script_enabled=True)
    page = context.new_page()
    page.goto(f"{site.url}/owner/")
    page.locator("input[name=email]").fill(OWNER)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form button").first.click()
    page.wait_for_url(re.compile(r"/owner/?(\?.*)?$"))
    yield page
    context.close()


def is_sound(page: Any) -> None:
    """No finding of axe, and nothing wider than the screen."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def link_to(site: Site, context: Any, address: str, subject: str, door: str) -> str:
    return next(link for link in letter_links(site, context, address, subject) if f"/{door}/" in link)


def rung(site: Site, name: str) -> int:
    """How many people stand on a rung, by the report."""
    rungs = json.loads(site.gatepost("report", "--format", "json"))["ladder"]["rungs"]
    return next(int(one["count"]) for one in rungs if one["rung"] == name)


def answer_survey(page: Any, site: Site, address: str, obstacle: str) -> None:
    """Fill in the form of the survey and send it; the letter is on its way afterwards."""
    from playwright.sync_api import expect

    page.goto(f"{site.url}/offers/reader-survey.html")
    form = page.locator("form.gp-form")
    form.get_by_label("LinkedIn").check()
    form.get_by_label(obstacle).check()
    form.locator("input[name='answer.sure'][value='4']").check()
    form.locator("textarea").fill("First line,\nsecond line.")
    form.locator("input[name=email]").fill(address)
    form.locator("button[type=submit]").click()
    expect(form.locator(".gp-status")).to_have_text(re.compile("mail", re.IGNORECASE))


def test_a_survey_on_the_phone_ends_in_the_file_that_its_answers_choose(site, chromium, owners_page):
    before = rung(site, "survey")
    phone = reader_context(chromium, "phone", script=True)
    page = phone.new_page()
    page.goto(f"{site.url}/offers/reader-survey.html")
    is_sound(page)
    answer_survey(page, site, "surveyed@example.org", "Nobody reads it")
    page.goto(link_to(site, phone, "surveyed@example.org", "confirm", "confirm"))
    with page.expect_download() as waiting:
        page.locator("form button").first.click()
    assert waiting.value.suggested_filename == "Before you publish - a checklist for one article.pdf"
    # The letter names the offer that it brings, and not only the survey.
    assert link_to(site, phone, "surveyed@example.org", "here it is: before you publish", "download")
    phone.close()
    assert rung(site, "survey") == before + 1

    owners_page.goto(f"{site.url}/owner/surveys")
    owners_page.get_by_role("link", name="Four questions about your writing").click()
    is_sound(owners_page)
    row = owners_page.locator("tr", has=owners_page.get_by_role("rowheader", name="Nobody reads it"))
    row.locator("td[data-label=People] a").click()
    owners_page.get_by_role("link", name="surveyed@example.org").click()
    assert owners_page.locator("h1").inner_text() == "surveyed@example.org"


def test_answers_that_choose_nothing_end_on_a_page_with_thanks(site, chromium):
    phone = reader_context(chromium, "phone", script=True)
    page = phone.new_page()
    answer_survey(page, site, "thanked@example.org", "No ideas")
    page.goto(link_to(site, phone, "thanked@example.org", "confirm", "confirm"))
    page.locator("form button").first.click()
    page.wait_for_url(re.compile("/yours/"))
    assert "Your answers count" in page.locator("main").inner_text()
    assert "First line,\nsecond line." in page.locator(".answers").inner_text()
    is_sound(page)
    assert link_to(site, phone, "thanked@example.org", "your answers count", "yours")
    phone.close()


def test_a_question_without_script_is_called_back_and_done(site, chromium, owners_page):
    before = rung(site, "question")
    phone = reader_context(chromium, "phone", script=False)
    page = phone.new_page()
    page.goto(f"{site.url}/offers/ask-us.html")
    form = page.locator("form.gp-form")
    form.locator("textarea").fill("Which of our articles should have the form?")
    form.locator("input[type=tel]").fill("+49 30 1234567")
    form.get_by_label("Afternoons").check()
    form.locator("input[name=email]").fill("asker@example.org")
    form.locator("button[type=submit]").click()
    page.wait_for_url(re.compile("/thanks"))
    page.goto(link_to(site, phone, "asker@example.org", "confirm", "confirm"))
    page.locator("form button").first.click()
    page.wait_for_url(re.compile("/yours/"))
    assert "Your question is on our desk" in page.locator("main").inner_text()
    assert link_to(site, phone, "asker@example.org", "your question has arrived", "yours")

    # Every owner is told, and the letter leads to the very follow-up.
    (follow_up,) = [link for link in letter_links(site, phone, OWNER, "a reader has a question") if "#task-" in link]
    phone.close()
    owners_page.goto(follow_up)
    is_sound(owners_page)
    task = owners_page.locator(f"[id='{follow_up.partition('#')[2]}']")
    assert "Which of our articles should have the form?" in task.inner_text()
    task.get_by_label("Your note").fill("Called: the one about prices.")
    task.get_by_role("button", name="Done", exact=True).click()
    owners_page.wait_for_url(re.compile(r"/owner/follow-ups$"))
    assert "asker@example.org" not in owners_page.locator("main").inner_text()
    assert rung(site, "question") == before + 1
    told = [json.loads(line) for line in site.gatepost("tasks", "list", "--all", "--json").splitlines()]
    (mine,) = [one for one in told if one["email"] == "asker@example.org"]
    assert (mine["note"], bool(mine["done_at"])) == ("Called: the one about prices.", True)

"""A form answers in place where that works, posts plainly where it does not, and never loses what was typed."""

from __future__ import annotations

import json

import pytest

from tests.theme.conftest import build, serve
from tests.theme.pages import WORDING

pytestmark = pytest.mark.browser


def ask(page, address: str = "ada@example.org") -> None:
    page.get_by_label("Your e-mail address").fill(address)
    page.get_by_label("Yes, also write to me.").check()
    page.get_by_role("button", name="Send me the checklist").click()


def test_asking_is_answered_in_place(reader, stage):
    page = reader("fences.html")
    ask(page)
    page.get_by_text("Check your mail: a letter is on its way to ada@example.org").wait_for()
    sent = stage.signups[0]
    assert {key: sent[key] for key in ("email", "offer", "article", "consent", "journey", "page", "wording", "website")} == {
        "email": "ada@example.org", "offer": "start", "article": "fences", "consent": ["letters"],
        "journey": [], "page": "/fences.html", "wording": WORDING.hash, "website": "",
    }  # fmt: skip
    assert page.get_by_label("Your e-mail address").is_hidden()
    assert page.evaluate("document.activeElement.className") == "gp-status"


def test_the_journey_goes_with_the_form(reader, stage):
    page = reader("fences.html")
    page.evaluate("scrollTo(0, document.querySelector('article').offsetHeight * 0.6)")
    page.clock.fast_forward(11_000)
    ask(page)
    page.get_by_text("Check your mail").wait_for()
    (entry,) = stage.signups[0]["journey"]
    assert (entry["article"], entry["rung"]) == ("fences", "read")
    assert isinstance(entry["t"], int)


def test_a_refused_field_is_named_beside_it_and_keeps_what_was_typed(reader, stage):
    problem = {"title": "Not an address", "detail": "Look again.", "errors": {"email": "There is no such domain."}}
    stage.answer = (422, "application/problem+json", json.dumps(problem))
    page = reader("fences.html")
    ask(page, "ada@exmaple.invalid")
    page.get_by_text("There is no such domain.").wait_for()
    field = page.get_by_label("Your e-mail address")
    assert field.input_value() == "ada@exmaple.invalid"
    assert field.get_attribute("aria-invalid") == "true"
    assert page.locator(f"#{field.get_attribute('aria-describedby')}").inner_text() == "There is no such domain."
    assert page.evaluate("document.activeElement.type") == "email"
    stage.answer = (202, "application/json", "{}")
    ask(page)
    page.get_by_text("Check your mail").wait_for()
    assert page.locator(".gp-error").count() == 0


def test_a_refusal_without_a_field_is_told_in_its_own_words(reader, stage):
    stage.answer = (
        429,
        "application/problem+json",
        json.dumps({"title": "Too many", "detail": "Try again in an hour."}),
    )
    page = reader("fences.html")
    ask(page)
    page.get_by_text("Try again in an hour.").wait_for()
    assert page.get_by_label("Your e-mail address").input_value() == "ada@example.org"


def test_a_broken_server_is_told_truthfully_and_asking_again_is_possible(reader, stage):
    stage.answer = (503, "text/html", "<p>down")
    page = reader("fences.html")
    ask(page)
    page.get_by_text("That did not work").wait_for()
    assert page.get_by_label("Your e-mail address").input_value() == "ada@example.org"
    stage.answer = (202, "application/json", "{}")
    page.get_by_role("button", name="Send me the checklist").click()
    page.get_by_text("Check your mail").wait_for()


def test_without_a_network_the_reader_is_told_and_stays_on_the_page(reader, stage):
    page = reader("fences.html")
    page.context.set_offline(True)
    ask(page)
    page.get_by_text("You are offline").wait_for()
    assert page.url == f"{stage.url}/fences.html"
    assert page.get_by_label("Your e-mail address").input_value() == "ada@example.org"


def test_an_answer_that_is_not_json_sends_the_form_plainly(reader, stage):
    stage.answer = (200, "text/html", "<p>A page for people")
    page = reader("fences.html")
    ask(page)
    page.wait_for_url("**/signup")
    assert "email=ada%40example.org" in stage.plain_posts[0]


def test_a_capture_service_elsewhere_that_refuses_scripts_gets_the_plain_form(reader, stage, tmp_path):
    stages = serve(build(tmp_path))
    elsewhere = next(stages)
    page = reader("fences.html")
    page.evaluate("url => { document.querySelector('form').action = url; }", f"{elsewhere.url}/signup")
    ask(page)
    page.wait_for_url(f"{elsewhere.url}/signup")
    assert "offer=start" in elsewhere.plain_posts[0]
    assert next(stages, None) is None

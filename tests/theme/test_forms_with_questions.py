"""Forms with questions of every kind: answered by thumb and by keyboard, mended in place, kept while nothing can be sent."""

from __future__ import annotations

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from gatepost.languages import words
from tests.conftest import ROOT
from tests.questions import ANSWERS
from tests.theme import pages

pytestmark = pytest.mark.browser
expect.set_options(timeout=15_000)  # a busy machine is no mistake
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
LINKEDIN = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 [LinkedInApp]/9.31"
)
SURVEY = "offers/survey.html"
GOOD = (202, "application/json", '{"status":"check-your-mail"}')
# What the app's browser takes away, and content blockers.
NO_STORAGE = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });
window.open = undefined; Navigator.prototype.sendBeacon = undefined;"""


HEIGHTS = "all => all.map(e => e.getBoundingClientRect().height)"


def refused(**more):
    return (422, "application/problem+json", json.dumps({"title": "Almost there", **more}))


def fill(page, email="ada@example.org"):
    page.get_by_label("Carpenter").check()
    page.get_by_label("Search", exact=True).check()
    page.get_by_label("LinkedIn", exact=True).check()
    page.get_by_label("7", exact=True).check()
    page.get_by_label("Name of your firm").fill("Ada & Co")
    page.get_by_label("What went well").fill("One\nTwo")
    page.get_by_label("Your telephone number").fill("+49 30 123456")
    page.get_by_label("When do we reach you").fill("After five")
    page.get_by_label("Your e-mail address").fill(email)


def send(page):
    page.get_by_role("button", name="Send me the checklist").click()


def told(page, locator):
    """What a screen reader says after the name of a field or of a group."""
    ids = (locator.get_attribute("aria-describedby") or "").split()
    return " ".join(page.locator(f"[id='{one}']").inner_text() for one in ids)


def test_every_answer_is_sent_under_the_key_of_its_question(reader, stage):
    page = reader(SURVEY)
    fill(page)
    send(page)
    page.get_by_text("Check your mail: a letter is on its way to ada@example.org").wait_for()
    sent = stage.signups[0]["answers"]
    assert {key: sent[key] if len(sent[key]) > 1 else sent[key][0] for key in sent} == ANSWERS
    assert stage.signups[0]["consent"] == []


def test_a_keyboard_alone_answers_everything(reader, stage):
    page = reader(SURVEY)
    page.locator("input[name='answer.trade']").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.get_by_label("Your e-mail address").focus()
    page.keyboard.type("ada@example.org")
    page.keyboard.press("Enter")
    page.get_by_text("Check your mail").wait_for()
    sent = stage.signups[0]["answers"]
    assert (sent["trade"], sent["where"], sent["again"]) == (["Tax adviser"], ["Search"], ["1"])


def test_mistakes_stand_beside_their_fields_are_told_there_and_go_when_mended(reader, stage):
    errors = {
        "email": "There is no such domain.", "answer.where": "Please answer this one.",
        "answer.again": "Please choose from what is offered.", "answer.firm": "Please shorten this.",
    }  # fmt: skip
    stage.answer = refused(errors=errors)
    page = reader(SURVEY)
    fill(page)
    send(page)
    for text in errors.values():
        expect(page.get_by_text(text)).to_be_visible()
    expect(page.get_by_role("alert")).to_have_text("Almost there: please look again at what is marked.")
    assert page.evaluate("document.activeElement.name") == "answer.where"
    assert told(page, page.get_by_label("Search", exact=True)) == "Please answer this one."
    assert "As on your sign." in told(page, page.get_by_label("Name of your firm"))
    assert "Please shorten this." in told(page, page.get_by_label("Name of your firm"))
    group = page.get_by_role("radiogroup", name="Would you do it again?")
    assert group.get_attribute("aria-invalid") == "true"
    assert group.get_by_text("Please choose from what is offered.").is_visible()
    assert page.get_by_label("What went well").input_value() == "One\nTwo"
    assert Axe().run(page).violations_count == 0
    stage.answer = GOOD
    send(page)
    page.get_by_text("Check your mail").wait_for()
    assert page.locator(".gp-error, [aria-invalid]").count() == 0
    assert told(page, page.locator("input[name='answer.firm']")) == page.locator(".gp-hint").nth(1).text_content()
    assert stage.signups[0]["answers"] == stage.signups[1]["answers"]


@pytest.mark.parametrize(
    ("button", "email", "sure"),
    [
        ("Yes, send it to ada@gmail.com", "ada@gmail.com", ""),
        ("No, ada@gmial.com is right", "ada@gmial.com", "ada@gmial.com"),
    ],
)
def test_one_press_settles_which_address_was_meant(reader, stage, button, email, sure):
    stage.answer = refused(errors={"email": "Did you mean ada@gmail.com?"}, suggestion="ada@gmail.com")
    page = reader(SURVEY, **PHONE)
    fill(page, "ada@gmial.com")
    send(page)
    page.get_by_role("button", name=button).wait_for()
    stage.answer = GOOD
    page.get_by_role("button", name=button).click()
    page.get_by_text(f"on its way to {email}").wait_for()
    assert (stage.signups[1]["email"], stage.signups[1].get("sure", "")) == (email, sure)
    assert stage.signups[1]["answers"] == stage.signups[0]["answers"]


def test_a_page_from_before_a_question_was_added_leads_to_the_form_that_has_it(reader, stage):
    stage.answer = refused(errors={"answer.added-later": "Please answer this one."})
    page = reader(SURVEY)
    fill(page)
    send(page)
    page.wait_for_url("**/signup")
    assert "answer.trade=Carpenter" in stage.plain_posts[0]


def test_while_the_service_is_down_everything_is_kept_across_a_reload_and_a_letter_is_offered(reader, stage):
    stage.answer = (503, "text/html", "<p>down")
    page = reader(SURVEY)
    fill(page)
    page.get_by_label("Yes, also write to me.").check()
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("nothing was sent")
    link = page.get_by_role("link", name=pages.CONTACT)
    assert link.get_attribute("href") == f"mailto:{pages.CONTACT}?subject=Start%20%26%20finish"
    page.get_by_label("Name of your firm").fill("Typed after the failure")
    page.reload()
    expect(page.get_by_text("What you typed before is still here.")).to_be_visible()
    assert page.get_by_label("Name of your firm").input_value() == "Typed after the failure"
    assert page.get_by_label("What went well").input_value() == "One\nTwo"
    assert page.get_by_label("7", exact=True).is_checked()
    assert [page.get_by_label(name, exact=True).is_checked() for name in ("Search", "LinkedIn", "Word of mouth")] == [
        True,
        True,
        False,
    ]
    # A permission is given anew each time, or not at all.
    assert not page.get_by_label("Yes, also write to me.").is_checked()
    stage.answer = GOOD
    send(page)
    page.get_by_text("Check your mail").wait_for()
    assert page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('gp.form'))") == []


def test_without_a_network_nothing_is_lost_and_nothing_is_sent_behind_the_readers_back(reader, stage):
    page = reader(SURVEY)
    fill(page)
    page.context.set_offline(True)
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("You are offline")
    page.context.set_offline(False)
    expect(page.get_by_role("status")).to_contain_text("You are connected again. Press the button to send.")
    assert stage.signups == []
    send(page)
    page.get_by_text("Check your mail").wait_for()
    assert len(stage.signups) == 1


def test_the_linkedin_app_finishes_the_form_without_storage_or_windows(reader, stage):
    page = reader(SURVEY, before=NO_STORAGE, user_agent=LINKEDIN, **PHONE)
    stage.answer = (503, "text/html", "<p>down")
    fill(page)
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("What you typed is still here")
    stage.answer = GOOD
    send(page)
    page.get_by_text("Check your mail").wait_for()
    assert stage.signups[1]["answers"]["where"] == ["Search", "LinkedIn"]


@pytest.mark.parametrize("blocked", ["scripts", "fetch", "everything but pages"])
def test_a_content_blocker_does_not_keep_a_reader_from_the_form(reader, stage, blocked):
    page = reader("about.html", before=NO_STORAGE)
    scripts, calls = re.compile(r"\.js$"), re.compile(r"/(signup|healthz)$")
    if blocked == "scripts":
        page.route(scripts, lambda route: route.abort())
    else:
        only = "/signup" if blocked == "fetch" else "/"
        asked = ("fetch", "xhr")
        page.route(
            calls, lambda r: r.abort() if r.request.resource_type in asked and only in r.request.url else r.continue_()
        )
    page.goto(f"{stage.url}/{SURVEY}")
    fill(page)
    send(page)
    if blocked == "everything but pages":
        page.get_by_role("button", name="Or send it without our script").click()
    page.wait_for_url("**/signup")
    assert "answer.where=Search&answer.where=LinkedIn" in stage.plain_posts[0]
    assert "answer.story=One%0D%0ATwo" in stage.plain_posts[0]


def test_a_thumb_hits_every_choice_and_no_field_makes_a_phone_zoom(reader):
    page = reader(SURVEY, **PHONE)
    rows = page.locator(".gp-rows label, .gp-consent label").evaluate_all(HEIGHTS)
    assert len(rows) > 15
    assert min(rows) >= 44
    fields = "input:not([type=hidden], [type=radio], [type=checkbox], [name=website]), textarea"
    assert min(page.locator(fields).evaluate_all("all => all.map(e => parseFloat(getComputedStyle(e).fontSize))")) >= 16
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_labels_say_what_is_needed_and_browsers_know_what_to_fill_in(reader):
    page = reader(SURVEY)
    assert page.get_by_role("group", name="Where do clients find you? (required)").is_visible()
    assert page.get_by_role("radiogroup", name="Would you do it again? (optional)").is_visible()
    phone = page.get_by_label("Your telephone number (required)")
    assert (phone.get_attribute("autocomplete"), phone.get_attribute("type"), phone.get_attribute("maxlength")) == (
        "tel",
        "tel",
        "40",
    )
    assert page.get_by_label("What went well & what did not? (optional)").get_attribute("maxlength") == "4000"
    assert told(page, page.get_by_role("radiogroup", name="Would you do it again?")) == "0 = no, 10 = at once"
    assert [box.is_checked() for box in page.locator("input[type=checkbox], input[type=radio]").all()].count(True) == 0


def test_the_script_has_no_sentence_of_its_own(reader, stage):
    script = (ROOT / "theme" / "static" / "forms.js").read_text("utf-8")
    code = re.sub(r"/\*[\s\S]*?\*/|// .*", "", script)
    assert not re.findall(r'["`][A-Z][a-z]+ [a-z ]+', code)
    german = re.search(r"data-gp-words='([^']*)'", pages.form("survey", "", language="de"))
    assert german
    assert json.loads(german[1])["sending"] == words("de")("Sending …")

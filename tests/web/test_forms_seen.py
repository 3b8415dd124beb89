"""The service's own forms in a real browser: whole on a phone, for a screen reader, light and dark, without any script."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from werkzeug.serving import make_server

from gatepost import catalogue
from gatepost.web import create_app, forms
from tests.questions import survey

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
expect.set_options(timeout=15_000)  # a busy machine is no mistake
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture
def address(engine) -> Iterator[str]:
    """The application on a socket, with a survey, and a door that leads straight to its form."""
    known = engine.catalogue
    made = survey(known.offers["checklist"])
    catalogue.write(replace(known, offers={**known.offers, "survey": made}), engine.settings.data_dir)
    app = create_app(replace(engine, settings=replace(engine.settings, capture_url="http://127.0.0.1")))
    app.add_url_rule("/first", "first", lambda: forms.first(made, article="gated"))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def checked(page, name):
    """Nothing that axe finds, nothing that sticks out, nothing too small for a thumb."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], name
    rows = page.locator("button:not(.unseen), .rows label, .tick label").evaluate_all(
        "all => all.map(e => [e.outerHTML, e.getBoundingClientRect().height]).filter(([, height]) => height < 40)"
    )
    assert rows == [], name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_form_mistakes_and_thanks_fit_a_phone_and_a_screen_reader(chromium, address, scheme):
    context = chromium.new_context(**PHONE, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{address}/first")
    checked(page, "first")
    page.get_by_label("Your telephone number").fill("none")
    page.get_by_label("Your e-mail address").fill("ada@gmial.com")
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("alert")).to_contain_text("Where do clients find you?: Please answer this one.")
    checked(page, "again")
    page.goto(f"{address}/thanks/survey")
    checked(page, "thanks")
    context.close()


def test_enter_in_a_field_chooses_no_address_and_a_mended_form_passes_without_scripts(chromium, address, ada):
    context = chromium.new_context(**PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/first")
    page.get_by_label("Carpenter").check()
    page.get_by_label("Search").check()
    page.get_by_label("What went well").fill("One\nTwo")
    page.get_by_label("Your e-mail address").fill("ada@gmial.com")
    page.get_by_label("Your e-mail address").press("Enter")
    field = page.get_by_label("Your telephone number")
    expect(field).to_be_focused()
    field.fill("+49 30 123456")
    page.get_by_label("Your e-mail address").fill("ada@gmall.com")
    page.get_by_label("Your e-mail address").press("Enter")
    # Neither of the two buttons was pressed: the new address is asked about for itself.
    page.get_by_role("button", name="No, ada@gmall.com is right").wait_for()
    assert page.get_by_label("What went well").input_value() == "One\nTwo"
    page.get_by_role("button", name="Yes, send it to ada@gmail.com").click()
    page.wait_for_url("**/thanks/survey")
    ada.email = "ada@gmail.com"
    assert ada.signups()[-1].article == "gated"
    context.close()

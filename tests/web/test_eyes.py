"""The readers' pages in a real browser: fit for a phone, light and dark, for a screen reader, and inert when looked at."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from werkzeug.serving import make_server

from gatepost.web import create_app
from tests.web.conftest import whole_database

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}


@pytest.fixture
def address(engine) -> Iterator[str]:
    """The application on a socket; the browser needs one."""
    server = make_server(
        "127.0.0.1",
        0,
        create_app(replace(engine, settings=replace(engine.settings, capture_url="http://127.0.0.1"))),
        threaded=True,
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def pages(ada, clock, engine):
    """The path of every page a reader can meet."""
    used = ada.is_confirmed_for("ebook", article="gated", consent="letters", name="Ada Example")
    for _ in range(20):
        ada.client.get(used)
    return {
        "thanks": "/thanks/checklist", "confirm": ada.link("confirm"), "used-up": used, "leave": ada.link("leave"),
        "my": ada.link("my"), "wrong": "/confirm/x", "nowhere": "/nowhere",
    }  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_a_phone_and_a_screen_reader(chromium, address, pages, scheme, tmp_path):
    context = chromium.new_context(**PHONE, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    for name, path in pages.items():
        page.goto(address + path)
        page.screenshot(path=tmp_path / f"{name}-{scheme}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        found = Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == [], name
        small = page.evaluate(
            "[...document.querySelectorAll('button, input:not([type=hidden]), header a, footer a')].filter(e => e.offsetParent)"
            ".map(e => [e.outerHTML, (e.type === 'checkbox' ? e.closest('label') : e).getBoundingClientRect().height]).filter(([, h]) => h < 40)"
        )
        assert small == [], name
    context.close()


def test_a_browser_that_runs_scripts_confirms_nobody(chromium, address, pages, engine):
    context = chromium.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    before = whole_database(engine)
    for path in [pages[name] for name in ("confirm", "leave", "my")] * 4:
        page.goto(address + path)
        # Long enough for a script that presses buttons by itself.
        page.wait_for_timeout(250)
    assert whole_database(engine) == before
    assert not [line for line in asked if not line.startswith(f"GET {address}/") and "data:" not in line]
    context.close()


def test_a_mistake_is_mended_in_place(chromium, address, engine, ada):
    context = chromium.new_context(**PHONE, java_script_enabled=False)
    page = context.new_page()
    page.set_content(
        f"<form method=post action='{address}/signup'><input name=email value='bo@'><input name=offer value=checklist>"
        "<input name=consent value=letters><button>x</button></form>"
    )
    page.locator("button").click()
    page.wait_for_url("**/signup")
    field = page.get_by_label("Your e-mail address")
    assert field.input_value() == "bo@"
    assert page.locator(f"#{field.get_attribute('aria-describedby')}").inner_text()
    field.fill("bo@example.org")
    page.get_by_role("button").click()
    page.wait_for_url("**/thanks/checklist")
    ada.email = "bo@example.org"
    assert len(ada.consents()) == 1
    context.close()

"""How the dashboard looks: nothing for axe to find and nothing wider than the screen, with figures and without, in both schemes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from werkzeug.serving import make_server

from gatepost.actions import owning
from gatepost.engine import Engine
from gatepost.web import create_app
from gatepost.web.owner.panels import PANELS
from tests.owner.test_in_browser import EMAIL, PASSWORD, _is_sound
from tests.report import past

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.xdist_group("browser")]

FIRST = next(iter(PANELS))
# Pages with pictures: on a wide screen by day too.
CHARTS = ["", "channels", "journeys", "touches"]
# Pages that look another way before there is anything to show.
EMPTY = ["", "articles", "ladder", "channels", "journeys", "touches", "trials", "consent"]
PATHS = ["", *(key for key in PANELS if key != FIRST), "leads", "days", "articles/first-steps", "sharing"]


@pytest.fixture(params=["figures", "nothing"])
def address(request: pytest.FixtureRequest, engine: Engine) -> Iterator[str]:
    """A running dashboard on this machine, with a year of figures or none at all."""
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
    here = f"http://127.0.0.1:{server.server_port}"
    wired = replace(engine, settings=replace(engine.settings, capture_url=here, site_url=here))
    owning.add(wired, EMAIL, PASSWORD)
    if request.param == "figures":
        past.fill(wired.database)
    server.app = create_app(wired)
    running = threading.Thread(target=server.serve_forever, daemon=True)
    running.start()
    yield here
    server.shutdown()
    running.join()
    server.server_close()


def test_every_page_is_sound_on_a_phone_in_the_dark_and_on_a_wide_screen_by_day(
    chromium: Any, address: str, request: pytest.FixtureRequest
) -> None:
    has_figures = "figures" in request.node.callspec.id
    page = chromium.new_page(viewport={"width": 390, "height": 844}, color_scheme="dark")
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}/owner/")
    page.get_by_label("Address").or_(page.locator("input[name=email]")).first.fill(EMAIL)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button").click()
    page.wait_for_url(f"{address}/owner/")
    for path in PATHS if has_figures else EMPTY:
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(f"{address}/owner/{path}")
        _is_sound(page)
        for width in (768, 900, 1125, 1280, 1920):
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{path} is {wide} px wider than {width}"
    page.emulate_media(color_scheme="light")
    for path in CHARTS if has_figures else ():
        page.goto(f"{address}/owner/{path}")
        _is_sound(page)
    assert not troubles
    page.context.close()


@pytest.mark.parametrize("address", ["figures"], indirect=True)
def test_a_page_on_paper_shows_its_numbers_and_no_buttons(chromium: Any, address: str) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}/owner/")
    page.locator("input[name=email]").fill(EMAIL)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button").click()
    page.wait_for_url(f"{address}/owner/")
    page.emulate_media(media="print")
    assert page.locator("nav:visible, form:visible, button:visible").count() == 0
    assert page.locator(".numbers table:visible").count() == page.locator(".numbers").count() > 0
    page.context.close()

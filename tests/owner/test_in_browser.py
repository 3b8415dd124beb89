"""The dashboard as Bo sees it: on a phone and on a desk, in light and dark, without any script of ours."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.serving import make_server

from gatepost.actions import owning, reporting
from gatepost.engine import Engine
from gatepost.web import create_app
from tests.owner.conftest import EMAIL, PASSWORD
from tests.report import story

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def address(engine: Engine) -> Iterator[str]:
    """A running dashboard on this machine, over plain http, with a busy month."""
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
    here = f"http://127.0.0.1:{server.server_port}"
    wired = replace(engine, settings=replace(engine.settings, capture_url=here, site_url=here))
    owning.add(wired, EMAIL, PASSWORD)
    story.busy_month(wired.database)
    server.app = create_app(wired)
    running = threading.Thread(target=server.serve_forever, daemon=True)
    running.start()
    yield here
    server.shutdown()
    running.join()
    server.server_close()


@pytest.mark.parametrize(("width", "height", "scheme"), [(390, 844, "dark"), (1280, 900, "light")])
def test_an_owner_finds_the_article_and_its_leads(
    chromium: Any, address: str, tmp_path: Path, engine: Engine, width: int, height: int, scheme: str
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    _log_in(page, address)
    page.goto(f"{address}/owner/articles")
    assert page.locator("tbody tr").first.locator("th").inner_text() == "First steps"
    _is_sound(page)
    page.locator("tbody tr").first.locator('td[data-label="Helped"] a').click()
    assert page.url.endswith("/owner/articles/first-steps#helped")
    _is_sound(page)
    page.locator("#helped").get_by_text("ada@example.org").click()
    assert page.locator("h1").inner_text() == "ada@example.org"
    for path in ("leads", "funnel", "days", "password"):
        page.goto(f"{address}/owner/{path}")
        _is_sound(page)
    page.get_by_role("button", name="Log out", exact=True).click()
    assert "/owner/login" in page.url
    built = engine.catalogue
    (tmp_path / "report.html").write_text(reporting.html(reporting.report(engine.database, built, now=engine.now())))
    page.goto((tmp_path / "report.html").as_uri())
    _is_sound(page)
    assert troubles == []
    page.close()


def _log_in(page: Page, address: str) -> None:
    page.goto(f"{address}/owner/")
    _is_sound(page)
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    assert page.url == f"{address}/owner/"


def _is_sound(page: Page) -> None:
    """No finding of axe, and nothing wider than the screen."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

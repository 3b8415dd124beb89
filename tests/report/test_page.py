"""The report's page in a real browser: from a phone to paper, in light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gatepost.actions import reporting
from gatepost.report import Counted, Facts
from gatepost.report.notes import CAUSE
from tests.report import people

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize("model", ["linear", "markov"])
@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (390, "light"), (1280, "dark"), (1280, "light")])
def test_the_page_is_sound_on_any_screen(chromium: Any, tmp_path: Path, model: str, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    (tmp_path / "report.html").write_text(reporting.html(people.made(people.busy(), model)), "utf-8")
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto((tmp_path / "report.html").as_uri())
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    hidden = "[...document.querySelectorAll('.scroll')].filter(one => one.scrollWidth > one.clientWidth).length"
    assert page.evaluate(hidden) == 0, "no figure waits beyond the edge"
    page.close()


def test_the_page_says_what_the_figures_cannot(chromium: Any, tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text(reporting.html(people.made(people.busy(), "markov")), "utf-8")
    page = chromium.new_page()
    page.goto((tmp_path / "report.html").as_uri())
    shown = " ".join(page.locator("main").inner_text().split())
    assert CAUSE in shown
    assert "about 7 of those 31" in shown
    first = " ".join(page.locator("tbody tr").filter(has_text="Article A").inner_text().split())
    for figure in ("1.20 ± n/a 1.00 to 2.00", "95.33 EUR", "touched by 1.7 %", "75 %", "on 200.00 EUR"):
        assert figure in first
    classes = page.locator("table").nth(1)
    assert classes.locator("tbody tr").first.locator("th").inner_text() == "Cultivated"
    page.close()


def test_very_many_articles_are_shown_in_part_and_that_is_said() -> None:
    read = {f"article-{number}": {"read": Counted(9, 9)} for number in range(250)}
    page = reporting.html(people.made(Facts(rungs=read)))
    assert page.count(" readers</small>") == 200
    assert "Shown are the first 200 of 253 articles" in page

"""Themes that others wrote show offers as they are: the form works, nothing of ours sticks out, axe finds nothing in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pelican
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.conftest import ROOT, missing
from tests.plugin.sites import small_site
from tests.theme.conftest import Stage, serve

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.xdist_group("foreign")]

# Pelican finds a theme by name among its own, and packages of themes lie there, too. What each needs to be built at all.
THEMES = {"notmyidea": "", "simple": "", "reflex": "CC_LICENSE = None\n"}
PAGES = ("gated.html", "inline.html", "plain.html", "offers/ten-checks.html", "offers/index.html")


def ours(path: str) -> dict[str, Any]:
    """The parts of a page that are Gatepost's: on pages of offers, all that stands between the theme's head and foot."""
    parts = ["#content"] if path.startswith("offers/") else [".gp-card"]
    return {"include": [[part] for part in parts]}


def is_there(theme: str) -> bool:
    return (Path(pelican.__file__).parent / "themes" / theme).is_dir()


@pytest.fixture(scope="module", params=THEMES)
def foreign(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The small site in a theme that knows nothing of Gatepost, built and served."""
    theme = request.param
    if not is_there(theme):
        missing(f"the theme {theme}")
    site = small_site(tmp_path_factory.mktemp(theme))
    site.configure(f"THEME = {theme!r}\nSITEURL = ''\n{THEMES[theme]}")
    done = site.run()
    assert done.returncode == 0, done.stdout + done.stderr
    yield from serve(site.output)


def ask(page: Any) -> None:
    page.get_by_label("Your e-mail address").fill("ada@example.org")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Send me").click()


@pytest.mark.parametrize("path", ["gated.html", "offers/ten-checks.html"])
def test_a_form_is_answered_in_place(foreign, reader, path):
    page = reader(path, site=foreign)
    ask(page)
    page.get_by_text("Check your mail: a letter is on its way to ada@example.org").wait_for()
    sent = foreign.signups[-1]
    assert (sent["email"], sent["consent"], sent["page"]) == ("ada@example.org", ["letters"], f"/{path}")
    assert page.get_by_label("Your e-mail address").is_hidden()


def test_a_form_works_without_a_script(foreign, reader):
    page = reader("gated.html", site=foreign, java_script_enabled=False)
    ask(page)
    page.wait_for_url("**/signup")
    assert "email=ada%40example.org" in foreign.plain_posts[-1]


def test_what_is_refused_is_said_beside_the_field(foreign, reader):
    foreign.answer = (422, "application/problem+json", json.dumps({"errors": {"email": "There is no such domain."}}))
    page = reader("plain.html", site=foreign)
    ask(page)
    page.get_by_text("There is no such domain.").wait_for()
    foreign.answer = (202, "application/json", "{}")


def test_axe_finds_nothing_in_our_parts(foreign, reader):
    """What the theme itself does wrong, such as links that are too pale, is its own."""
    page = reader(PAGES[0], site=foreign)
    for path, scheme in ((path, scheme) for path in PAGES[:4] for scheme in ("light", "dark")):
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{foreign.url}/{path}")
        result = Axe().run(page, context=ours(path))
        assert result.violations_count == 0, f"{path}: {result.generate_report()}"


STICKS_OUT = """() => [...document.querySelectorAll('.gp-card, .gp-gate, .gp-form, .gp-form *')]
  .filter((one) => one.offsetWidth && (one.getBoundingClientRect().right > innerWidth + 0.5 || one.getBoundingClientRect().left < -0.5))
  .map((one) => one.outerHTML.slice(0, 80))"""


def test_nothing_of_ours_is_wider_than_a_phone(foreign, reader):
    page = reader(PAGES[0], site=foreign, viewport={"width": 320, "height": 800})
    for path in PAGES:
        page.goto(f"{foreign.url}/{path}")
        assert page.evaluate(STICKS_OUT) == [], path


def test_cards_stand_in_the_flow_of_the_text(foreign, reader):
    """A theme may pin its own sidebar to the window; a card is none."""
    page = reader("plain.html", site=foreign)
    card = page.locator("[data-gp-place=end]").bounding_box()
    text = page.get_by_text("Words of the plain article.").bounding_box()
    assert card["y"] >= text["y"] + text["height"]
    assert abs(card["x"] - text["x"]) < 40


def test_fields_and_buttons_are_large_enough_for_a_thumb(foreign, reader):
    page = reader("gated.html", site=foreign, viewport={"width": 390, "height": 800})
    parts = page.locator(".gp-form button, .gp-form input[type=email]").all()
    assert len(parts) == 2
    assert min(part.bounding_box()["height"] for part in parts) >= 44


def test_the_theme_keeps_its_own_look_of_buttons(foreign, reader):
    """Ours lies in a layer: whatever the theme says of a button wins."""
    page = reader("gated.html", site=foreign)
    page.add_style_tag(content="button { background: rgb(1, 2, 3); color: rgb(250, 251, 252); border-radius: 9px }")
    style = page.locator(".gp-form button").evaluate(
        "(one) => { const s = getComputedStyle(one); return [s.backgroundColor, s.color, s.borderRadius]; }"
    )
    assert style == ["rgb(1, 2, 3)", "rgb(250, 251, 252)", "9px"]


def test_two_lines_of_a_theme_show_an_offer_anywhere(tmp_path, reader):
    """The very lines of docs/themes.md, at the foot of the front page."""
    lines = (
        (ROOT / "docs/themes.md")
        .read_text()
        .split("```jinja\n")[1]
        .split("```")[0]
        .replace("article-checklist", "ten-checks")
    )
    site = small_site(tmp_path / "site")
    site.configure("THEME = 'simple'\nSITEURL = ''\nTHEME_TEMPLATES_OVERRIDES = ['overrides']\n")
    site.write(
        "overrides/index.html",
        f'{{% extends "!simple/index.html" %}}{{% block content %}}{{{{ super() }}}}{lines}{{% endblock %}}',
    )
    assert site.run().returncode == 0
    for stage in serve(site.output):
        page = reader("index.html", site=stage)
        ask(page)
        page.get_by_text("Check your mail: a letter is on its way to ada@example.org").wait_for()
        assert (stage.signups[-1]["offer"], stage.signups[-1]["article"]) == ("ten-checks", "")


def test_a_theme_may_ask_for_an_offer_that_is_not_there(tmp_path):
    site = small_site(tmp_path)
    site.configure("THEME = 'simple'\nTHEME_TEMPLATES_OVERRIDES = ['overrides']\n")
    lines = '{% set offer = gatepost.offer("nothing") %}{% include "gatepost/anywhere.html" %}'
    site.write(
        "overrides/index.html", f'{{% extends "!simple/index.html" %}}{{% block content %}}{lines}{{% endblock %}}'
    )
    site.build()
    assert "gp-form" not in site.page("index.html")

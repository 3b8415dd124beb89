"""A call that is being tested: each browser keeps to one variant, nothing moves, and whoever takes no part sees the offer."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.conftest import ROOT
from tests.plugin.sites import CHECKLIST, Site, article, small_site
from tests.theme.conftest import Stage, serve
from tests.theme.pages import PARAGRAPHS

pytestmark = pytest.mark.browser

TITLE, OTHER = "Before you publish: ten checks", "Ten checks, one page"
LINES = f"Variants: proof | title: {OTHER} | button: Yes please\n    early | place: inline\n    name | form: name\n"
KEYS = ["now", "proof", "early", "name"]
# What is drawn is told in advance; what is about to be painted is noted, by the browser's own clock.
DRAWN = "crypto.getRandomValues = (list) => { list[0] = %d; return list; };"
NOTES = """window.painted = new Set(); { const next = requestAnimationFrame, look = () => {
  document.querySelectorAll('.gp-card .gp-title').forEach((one) => painted.add(one.textContent)); next(look); }; next(look); }
window.shifted = 0; new PerformanceObserver((list) => list.getEntries().forEach((one) => { shifted += one.value; }))
  .observe({ type: 'layout-shift', buffered: true });"""


@pytest.fixture(scope="module")
def tested(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = small_site(tmp_path_factory.mktemp("variants"))
    site.configure(f"THEME = {str(ROOT / 'theme')!r}\nSITEURL = ''\n")
    site.write("content/offers/ten-checks.md", CHECKLIST.replace("Consent:", LINES + "Consent:"))
    site.write("content/articles/long.md", article("long", PARAGRAPHS, Offer="ten-checks"))
    site.build()
    return site


@pytest.fixture
def stage(tested: Site) -> Iterator[Stage]:
    yield from serve(tested.output)


def drawing(key: str) -> str:
    """Every browser that is asked draws this variant."""
    return DRAWN % (len(KEYS) * 1000 + KEYS.index(key)) + NOTES


def look_at(page: Any, selector: str, stage: Stage, rung: str = "variant-seen") -> dict[str, Any]:
    """Bring a card into view and let time pass until the browser has told of it: it looks when it likes."""
    page.locator(selector).first.scroll_into_view_if_needed()
    for _ in range(60):
        page.wait_for_timeout(50)
        page.clock.fast_forward(1_500)
        if rung in stage.rungs():
            break
    return stage.wait_for(rung)


def test_a_browser_keeps_to_its_variant_tells_it_once_and_sends_it_with_the_form(reader, stage, tested):
    name = f"{tested.catalogue.offers['ten-checks'].trial.key}:proof"
    page = reader("plain.html", before=drawing("proof"))
    expect(page.locator(".gp-title")).to_have_text(OTHER)
    assert look_at(page, ".gp-form", stage) == {
        "article": "plain", "offer": "ten-checks", "rung": "variant-seen", "variant": name,
    }  # fmt: skip
    page.add_init_script(drawing("now"))
    page.goto(f"{stage.url}/long.html")
    expect(page.locator(".gp-title")).to_have_text(OTHER)
    page.goto(f"{stage.url}/offers/ten-checks.html")
    expect(page.locator("h1")).to_have_text(OTHER)
    page.get_by_label("Your e-mail address").fill("ada@example.org")
    page.get_by_role("button", name="Yes please").click()
    page.get_by_text("Check your mail").wait_for()
    assert stage.signups[0]["variant"] == name
    assert stage.rungs().count("variant-seen") == 1


def test_readers_are_split_evenly(reader, stage):
    page = reader("plain.html")
    drawn = page.evaluate(
        """async () => { const kept = [], script = document.querySelector("script[data-gp-trial]");
        for (let n = 0; n < 200; n += 1) {
          sessionStorage.clear();
          const again = Object.assign(document.createElement("script"), { src: script.src });
          Object.assign(again.dataset, script.dataset);
          await new Promise((done) => { again.onload = done; document.body.append(again); });
          kept.push(sessionStorage.getItem("gp.trials"));
        } return kept; }"""
    )
    counts = Counter(json.loads(one)[0].split(":")[1] for one in drawn)
    assert sorted(counts) == sorted(KEYS)
    # Six standard deviations around fifty.
    assert all(14 <= count <= 86 for count in counts.values()), counts


@pytest.mark.parametrize("key", ["proof", "early"])
def test_only_the_variant_is_ever_painted_and_nothing_moves(reader, stage, key):
    page = reader("pages/about.html", before=drawing(key))
    page.route("**/trials.js", lambda route: (time.sleep(0.3), route.continue_()))
    page.goto(f"{stage.url}/long.html", wait_until="networkidle")
    expect(page.locator(".gp-card")).to_have_count(1)
    assert page.locator(".gp-card").get_attribute("data-gp-place") == ("inline" if key == "early" else "end")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(100)
    assert page.evaluate("[...painted]") == [OTHER if key == "proof" else TITLE]
    assert page.evaluate("shifted") == 0


def test_a_moved_card_counts_as_seen_where_it_may_stand_whoever_is_asked(reader, stage):
    # Half of the way down, at the end of which stands the card that this reader has.
    page = reader("long.html", before=drawing("now"))
    assert look_at(page, "script[data-gp-other] + p", stage)["variant"].endswith(":now")
    assert page.locator(".gp-card").evaluate("card => card.getBoundingClientRect().top > innerHeight")


def test_a_form_that_asks_for_a_name_sends_it(reader, stage):
    page = reader("plain.html", before=drawing("name"))
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("Your e-mail address").fill("ada@example.org")
    page.get_by_role("button", name="Send me the checklist").click()
    page.get_by_text("Check your mail").wait_for()
    assert (stage.signups[0]["name"], stage.signups[0]["email"]) == ("Ada", "ada@example.org")
    # Who asks has seen it, however quickly.
    assert stage.wait_for("variant-seen")["variant"].endswith(":name")


def test_remembering_takes_the_variant_along_and_leaves_none_behind(reader, stage):
    page = reader("plain.html", before=drawing("proof"))
    page.locator("[data-gp-remember]").click()
    assert page.evaluate("[localStorage.getItem('gp.trials'), sessionStorage.getItem('gp.trials')]")[1] is None
    other = page.context.new_page()
    other.add_init_script(drawing("now"))
    other.goto(f"{stage.url}/long.html")
    expect(other.locator(".gp-title")).to_have_text(OTHER)
    page.locator("[data-gp-remember]").click()
    assert page.evaluate("localStorage.getItem('gp.trials')") is None


@pytest.mark.parametrize(
    "no",
    [
        "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {get: () => true});",
        "Object.defineProperty(Navigator.prototype, 'doNotTrack', {get: () => '1'});",
        "Object.defineProperty(window, 'sessionStorage', {get: () => { throw new DOMException('no'); }});",
    ],
    ids=["gpc", "dnt", "storage"],
)
def test_who_takes_no_part_sees_the_offer_as_it_stands(reader, stage, no):
    page = reader("plain.html", before=drawing("proof") + no)
    page.locator(".gp-form").scroll_into_view_if_needed()
    page.clock.fast_forward(3_000)
    expect(page.locator(".gp-title")).to_have_text(TITLE)
    page.get_by_label("Your e-mail address").fill("ada@example.org")
    page.get_by_role("button", name="Send me the checklist").click()
    page.get_by_text("Check your mail").wait_for()
    assert "variant" not in stage.signups[0]
    assert "variant-seen" not in stage.rungs()


def test_without_a_script_the_offer_stands_as_it_is(reader, stage):
    page = reader("long.html", java_script_enabled=False)
    expect(page.locator(".gp-title")).to_have_text(TITLE)
    page.get_by_label("Your e-mail address").fill("ada@example.org")
    page.get_by_role("button", name="Send me the checklist").click()
    page.wait_for_url("**/signup")
    assert "variant" not in stage.plain_posts[0]
    assert "offer=ten-checks" in stage.plain_posts[0]

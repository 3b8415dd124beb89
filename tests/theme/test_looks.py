"""What a reader sees: nothing sticks out, nothing jumps, everyone can use it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

PAGES = (
    "index.html",
    "fences.html",
    "about.html",
    "archives.html",
    "offers/start.html",
    "offers/survey.html",
    "offers/index.html",
)
CHECKED = ("index.html", "fences.html", "about.html", "reading-list.html", "offers/start.html", "offers/survey.html")


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_page_is_wider_than_its_screen(reader, stage, width):
    page = reader(PAGES[0], viewport={"width": width, "height": 800})
    for path in PAGES:
        page.goto(f"{stage.url}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(reader, stage, scheme):
    page = reader(CHECKED[0], color_scheme=scheme)
    for path in CHECKED:
        page.goto(f"{stage.url}/{path}")
        result = Axe().run(page)
        assert result.violations_count == 0, f"{path}: {result.generate_report()}"


def test_a_page_asks_its_own_site_only_and_at_most_eight_times(reader, stage):
    page = reader("about.html")
    # Its icon may come late, and is not of the page that is counted.
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    # A beacon is sent when the reader did something, seconds later; the page is what is fetched to be seen.
    page.on("request", lambda request: None if request.url.endswith("/touch") else asked.append(request.url))
    page.goto(f"{stage.url}/fences.html", wait_until="networkidle")
    assert 3 < len(asked) <= 8, asked
    assert all(url.startswith(stage.url) for url in asked)


def test_nothing_jumps_while_the_page_loads(reader):
    page = reader("fences.html")
    page.wait_for_load_state("networkidle")
    shift = """() => new Promise((done) => { let sum = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((e) => { sum += e.value; }))
        .observe({ type: 'layout-shift', buffered: true });
      requestAnimationFrame(() => requestAnimationFrame(() => done(sum))); })"""
    page.clock.fast_forward(200)
    assert page.evaluate(shift) == 0


def test_lines_run_to_a_length_that_the_eye_can_follow(reader):
    """Characters of a paragraph over the lines it takes, on a desk: 65 to 72."""
    page = reader("fences.html", viewport={"width": 1280, "height": 900})
    for _ in range(5):
        measured = page.evaluate(
            """async () => { await Promise.all([...document.fonts].map((font) => font.load()));
            const p = [...document.querySelectorAll('.prose > p')].sort((a, b) => b.textContent.length - a.textContent.length)[0];
            const range = document.createRange(); range.selectNodeContents(p);
            const tops = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
            return p.textContent.trim().length / (tops.size - 0.5); }"""
        )
        if measured <= 72:
            break
        # The letters are optional: a machine that is busy shows the first page in those it has.
        page.reload()
    assert 65 <= measured <= 72


def test_buttons_are_large_enough_for_a_thumb(reader):
    page = reader("fences.html", viewport={"width": 390, "height": 800})
    page.clock.fast_forward(100)
    boxes = [one.bounding_box() for one in page.locator("button:visible, .gp-button:visible, .masthead a").all()]
    assert len(boxes) >= 5
    assert min(box["height"] for box in boxes) >= 44


def test_without_a_script_everything_stands_and_the_form_posts_plainly(reader, stage):
    page = reader("fences.html", java_script_enabled=False)
    assert page.locator("[data-gp-remember]").is_hidden()
    page.get_by_label("Your e-mail address").fill("ada@example.org")
    page.get_by_role("button", name="Send me the checklist").click()
    page.wait_for_url("**/signup")
    assert "email=ada%40example.org" in stage.plain_posts[0]

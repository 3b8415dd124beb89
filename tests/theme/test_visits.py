"""What is one visit: pages swapped without loading, back from the browser's memory, prepared in advance; tabs side by side."""

from __future__ import annotations

import shutil
import subprocess
import time

import pytest

from tests.conftest import CHROMIUM, QUIET, missing
from tests.theme.conftest import NOTED, build, heard, serve
from tests.theme.test_reading import kept, read_half, until

pytestmark = pytest.mark.browser

# What a theme without page loads does: fetch the next page, put its text in the place of this one, change the address.
SWAP = """async ([path, tell]) => {
  const text = await (await fetch(path)).text(), next = new DOMParser().parseFromString(text, "text/html");
  history.pushState({}, "", path);
  document.querySelector("main").replaceWith(next.querySelector("main"));
  scrollTo(0, 0);
  if (tell) document.dispatchEvent(new Event("gatepost:article"));
}"""


def swap(page, path: str, *, tell: bool = True) -> None:
    page.evaluate("answers.length = 0")
    page.evaluate(SWAP, [path, tell])


@pytest.mark.parametrize("tell", [True, False], ids=["told", "noticed"])
def test_another_article_without_a_load_is_another_visit(reader, stage, tell):
    page = reader("fences.html?utm_source=letter")
    heard(page, "start")
    read_half(page)
    stage.wait_for("read", article="fences")
    swap(page, "/posts.html", tell=tell)
    page.clock.fast_forward(1_000)
    touch = stage.wait_for("view", article="posts")
    assert (touch["previous"], touch["first"], touch["depth"]) == ("fences", True, 2)
    heard(page, "start")
    assert stage.rungs().count("read") == 1
    read_half(page)
    touch = stage.wait_for("read", article="posts")
    assert (touch["start"], touch["src"]) == ("start-posts", "letter")
    assert [(entry["article"], entry["path"]) for entry in kept(page)] == [
        ("fences", "/fences.html"), ("posts", "/posts.html"),
    ]  # fmt: skip


def test_a_theme_may_tell_of_another_article_at_the_same_address(reader, stage):
    page = reader("fences.html")
    heard(page, "start")
    page.evaluate("document.querySelector('article').dataset.gpArticle = 'posts'")
    page.clock.fast_forward(3_000)
    page.evaluate("document.dispatchEvent(new Event('gatepost:article'))")
    stage.wait_for("view", article="posts")
    page.clock.fast_forward(3_000)
    stage.wait_for_count("view", 2)


def test_a_page_without_an_article_ends_the_visit_of_the_one_before(reader, stage):
    page = reader("fences.html")
    heard(page, "start")
    swap(page, "/about.html")
    read_half(page)
    swap(page, "/posts.html")
    stage.wait_for("view", article="posts")
    assert "read" not in stage.rungs()
    assert stage.rungs().count("view") == 2


def test_an_offer_of_a_swapped_page_counts_for_its_article(reader, stage):
    page = reader("short.html")
    swap(page, "/posts.html")
    stage.wait_for("view", article="posts")
    page.get_by_label("Your e-mail address").fill("a")
    assert stage.wait_for("form-start")["article"] == "posts"


def test_an_offers_own_page_that_is_swapped_in_is_looked_at_too(reader, stage):
    page = reader("about.html")
    swap(page, "/offers/start.html")
    touch = until(page, stage, "offer-seen")
    assert (touch["article"], touch["offer"]) == ("", "start")


def test_a_jump_within_the_page_is_no_new_visit(reader, stage):
    page = reader("fences.html")
    heard(page, "start")
    # Under a theme that is not ours, no element names the article.
    page.evaluate("document.querySelector('article').removeAttribute('data-gp-article')")
    page.evaluate("location.hash = 'a-table'; history.replaceState({}, '', '/fences.html?x=1#code');")
    page.go_back()
    page.clock.fast_forward(3_000)
    read_half(page)
    assert stage.wait_for("read")["article"] == "fences"
    assert stage.rungs().count("view") == 1


@pytest.fixture
def remembering(chromium, stage):
    """A page in a browser with a memory of pages (which the shared one is told not to have)."""
    browser = chromium.browser_type.launch(
        executable_path=CHROMIUM, args=list(QUIET), ignore_default_args=["--disable-back-forward-cache"]
    )
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    context.add_init_script("Object.defineProperty(Navigator.prototype, 'webdriver', {get: () => false});" + NOTED)
    yield context.new_page()
    browser.close()


def test_coming_back_from_the_browsers_memory_asks_for_another_start(remembering, stage):
    page = remembering
    page.goto(f"{stage.url}/fences.html")
    heard(page, "start")
    page.evaluate("addEventListener('pageshow', (event) => { window.kept = event.persisted; }); answers.length = 0;")
    page.goto(f"{stage.url}/posts.html")
    heard(page, "start")
    page.go_back(wait_until="commit")
    stage.wait_for_count("view", 3)
    end = time.monotonic() + 5
    while not page.evaluate("window.kept === true"):
        assert time.monotonic() < end, "the page was loaded anew"
        time.sleep(0.02)
    heard(page, "start")
    assert [sent["touches"][0]["article"] for _, sent in stage.posts if sent.get("start")] == [
        "fences",
        "posts",
        "fences",
    ]


# Asks the browser to prepare two articles, and goes to the first of them once there is a file that says so.
LURE = """<!doctype html><title>Lure</title>
<script type="speculationrules">
{"prerender": [{"source": "list", "urls": ["/short.html", "/posts.html"], "eagerness": "immediate"}]}
</script>
<script>setInterval(async () => { if ((await fetch("/go.txt")).ok) location.href = "/short.html"; }, 100);</script>"""
# A browser that is driven prepares nothing, so this one is only started; and it does not say that a test did it.
UNDRIVEN = ("--headless", "--remote-debugging-port=0", "--disable-blink-features=AutomationControlled")


def test_pages_that_a_browser_prepares_are_dropped_and_count_only_when_they_are_shown(built, tmp_path):
    if not CHROMIUM:
        missing("Chromium")
    folder = shutil.copytree(built, tmp_path / "site")
    (folder / "lure.html").write_text(LURE)
    stages = serve(folder)
    stage = next(stages)
    words = [CHROMIUM, *QUIET, *UNDRIVEN, f"--user-data-dir={tmp_path / 'profile'}", f"{stage.url}/lure.html"]
    browser = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        stage.wait_for_count("dropped:prerender", 2, seconds=30)
        assert set(stage.rungs()) == {"dropped:prerender"}
        (folder / "go.txt").write_text("Go.")
        stage.wait_for("view", seconds=30, article="short")
        assert [(sent["touches"][0]["article"], sent["start"]) for _, sent in stage.posts if "touches" in sent] == [
            ("short", True)
        ]
    finally:
        browser.terminate()
        browser.wait(timeout=20)
    assert next(stages, None) is None


def test_two_tabs_write_one_list_and_only_the_one_in_front_is_read(reader, tmp_path):
    stages = serve(build(tmp_path, journey="local"))
    stage = next(stages)
    # A browser without a screen calls every tab focused; here the test says which one is.
    front = "window.front = true; Document.prototype.hasFocus = () => window.front;"
    first = reader("fences.html", site=stage, before=front)
    second = reader("posts.html", site=stage, context=first.context)
    first.evaluate("front = false; dispatchEvent(new Event('blur'))")
    for page in (first, second):
        heard(page, "start")
        read_half(page)
    assert stage.wait_for("read")["article"] == "posts"
    second.evaluate("front = false; dispatchEvent(new Event('blur'))")
    first.evaluate("front = true; dispatchEvent(new Event('focus'))")
    read_half(first)
    touch = stage.wait_for("read", article="fences")
    assert (touch["previous"], touch["depth"]) == ("posts", 2)
    for page in (first, second):
        heard(page, "receipt")
    assert [(entry["article"], entry["r"]) for entry in kept(first, "localStorage")] == [
        ("posts", "receipt-posts"), ("fences", "receipt-fences"),
    ]  # fmt: skip
    assert stage.rungs().count("read") == 2
    assert next(stages, None) is None

"""What the page counts, what it keeps in the reader's browser, and when it keeps silent."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.theme.conftest import Stage, build, serve

pytestmark = pytest.mark.browser

HALF = "scrollTo(0, document.querySelector('article').offsetHeight * 0.6)"
END = "scrollTo(0, document.body.scrollHeight)"


def read_half(page) -> None:
    page.evaluate(HALF)
    page.clock.fast_forward(11_000)


def until(page, stage: Stage, rung: str) -> dict[str, object]:
    """The touch of that rung; what scrolls into view is noticed with a real frame only, so time passes in small steps."""
    for _ in range(40):
        page.wait_for_timeout(50)
        page.clock.fast_forward(1_500)
        if rung in stage.rungs():
            break
    return stage.wait_for(rung)


def kept(page, where: str = "sessionStorage") -> list[dict[str, object]]:
    return json.loads(page.evaluate(f"{where}.getItem('gp.journey')") or "[]")


def test_ten_seconds_and_half_of_the_article_are_a_read(reader, stage):
    read_half(reader("fences.html"))
    touch = stage.wait_for("read")
    assert {key: touch[key] for key in ("article", "previous", "first", "depth", "offer")} == {
        "article": "fences", "previous": "", "first": True, "depth": 1, "offer": "",
    }  # fmt: skip
    stage.wait_for("view")


def test_ten_seconds_at_the_top_of_a_long_article_are_no_read(reader, stage):
    page = reader("fences.html")
    page.clock.fast_forward(60_000)
    stage.wait_for("view")
    assert "read" not in stage.rungs()


def test_scrolling_through_in_five_seconds_is_no_read(reader, stage):
    page = reader("fences.html")
    page.evaluate(END)
    page.clock.fast_forward(6_000)
    stage.wait_for("view")
    assert "read" not in stage.rungs()


def test_a_short_article_in_view_is_read_without_scrolling_and_consumed(reader, stage):
    page = reader("short.html", viewport={"width": 1000, "height": 1200})
    page.clock.fast_forward(11_000)
    stage.wait_for("read")
    stage.wait_for("consumed")


def test_a_long_article_is_consumed_at_its_end_after_a_third_of_its_time(reader, stage):
    page = reader("fences.html")
    page.evaluate(END)
    page.clock.fast_forward(20_000)
    stage.wait_for("read")
    assert "consumed" not in stage.rungs()
    page.clock.fast_forward(180_000)
    stage.wait_for("consumed")


def test_a_hidden_page_is_not_being_read(reader, stage):
    hide = "Object.defineProperty(Document.prototype, 'hidden', {get: () => true});"
    page = reader("fences.html", before=hide)
    read_half(page)
    stage.wait_for("view")
    assert "read" not in stage.rungs()


def test_the_next_article_tells_the_one_before_and_the_depth(reader, stage):
    page = reader("fences.html")
    read_half(page)
    stage.wait_for("read")
    page.goto(f"{stage.url}/posts.html")
    read_half(page)
    touch = stage.wait_for("read", article="posts")
    assert (touch["previous"], touch["first"], touch["depth"]) == ("fences", True, 2)
    assert [entry["article"] for entry in kept(page)] == ["fences", "posts"]


def test_the_same_article_within_half_an_hour_is_one_visit_and_not_a_first(reader, stage):
    page = reader("fences.html")
    read_half(page)
    page.reload()
    read_half(page)
    assert len(kept(page)) == 1
    page.clock.fast_forward(31 * 60_000)
    page.reload()
    read_half(page)
    assert len(kept(page)) == 2
    assert stage.wait_for("read", first=False)["depth"] == 1


def test_the_channel_of_arrival_is_told_with_every_read_of_the_visit(reader, stage):
    page = reader("about.html?utm_source=letter&utm_medium=email")
    page.goto(f"{stage.url}/fences.html")
    read_half(page)
    assert stage.wait_for("read")["src"] == "letter"
    page.goto(f"{stage.url}/posts.html")
    read_half(page)
    assert stage.wait_for("read", article="posts")["src"] == "letter"
    assert [(entry["src"], entry["med"]) for entry in kept(page)] == [("letter", "email")] * 2


def test_another_arrival_takes_the_place_of_the_one_before(reader, stage):
    page = reader("about.html?utm_source=letter&utm_medium=email")
    page.goto(f"{stage.url}/fences.html?gclid=x")
    page.goto(f"{stage.url}/posts.html")
    read_half(page)
    touch = stage.wait_for("read", article="posts")
    assert (touch["src"], touch["med"], touch["cid"]) == ("", "", "gclid")


def test_old_entries_go_and_no_more_than_fifty_stay(reader):
    old = [{"t": 1, "article": "old", "rung": "read"}]
    many = [{"t": 10**10 + n, "article": f"a{n}", "rung": "read"} for n in range(60)]
    page = reader("about.html")
    page.evaluate("list => sessionStorage.setItem('gp.journey', JSON.stringify(list))", old + many)
    page.goto(page.url.replace("about", "fences"))
    read_half(page)
    entries = kept(page)
    assert len(entries) == 50
    assert entries[-1]["article"] == "fences"
    assert all(entry["article"] != "old" for entry in entries)


def test_an_offer_counts_as_seen_after_a_second_and_its_link_as_clicked(reader, stage):
    page = reader("fences.html")
    page.locator("[data-gp-place=end]").scroll_into_view_if_needed()
    assert until(page, stage, "offer-seen")["offer"] == "start"
    page.get_by_label("Your e-mail address").fill("a")
    assert stage.wait_for("form-start")["offer"] == "start"
    page.get_by_role("link", name="Start", exact=True).click()
    touch = stage.wait_for("offer-click")
    assert (touch["article"], touch["offer"]) == ("fences", "start")


def test_linkedin_calls_are_rungs_of_their_own(reader, stage):
    page = reader("fences.html")
    page.route("https://www.linkedin.com/**", lambda route: route.fulfill(body="LinkedIn"))
    page.evaluate(END)
    page.locator("[data-gp-place=linkedin]").scroll_into_view_if_needed()
    assert until(page, stage, "linkedin-seen")["offer"] == "follow"
    page.get_by_role("link", name="Follow").click()
    assert stage.wait_for("linkedin-click")["offer"] == "follow"


def test_leaving_early_still_tells_the_view(reader, stage):
    page = reader("fences.html")
    page.goto(f"{stage.url}/about.html")
    assert stage.wait_for("view")["article"] == "fences"


@pytest.mark.parametrize("sign", ["globalPrivacyControl', {get: () => true}", "doNotTrack', {get: () => '1'}"])
def test_a_browser_that_asks_not_to_be_tracked_is_not(reader, stage, sign):
    prepared = "Object.defineProperty(Document.prototype, 'prerendering', {get: () => location.hash === '#prepared'});"
    page = reader("fences.html", before=f"Object.defineProperty(Navigator.prototype, '{sign});" + prepared)
    read_half(page)
    page.goto(f"{stage.url}/short.html#prepared")
    page.goto(f"{stage.url}/posts.html")
    read_half(page)
    assert stage.touches == []
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    assert page.locator("[data-gp-remember]").is_hidden()
    page.get_by_label("Your e-mail address").fill("ada@example.org")
    page.get_by_role("button", name="Send me the checklist").click()
    page.get_by_text("Check your mail").wait_for()
    assert stage.signups[0]["journey"] == []


def test_a_browser_under_automation_is_counted_as_dropped_and_nothing_else(reader, stage):
    page = reader("fences.html", masked=False)
    read_half(page)
    page.goto(f"{stage.url}/about.html")
    stage.wait_for("dropped:webdriver")
    assert set(stage.rungs()) == {"dropped:webdriver"}
    assert page.evaluate("sessionStorage.length") == 0


def test_a_page_prepared_in_advance_counts_once_it_is_shown(reader, stage):
    prepare = "let p = true; Object.defineProperty(Document.prototype, 'prerendering', {get: () => p}); window.shown = () => { p = false; document.dispatchEvent(new Event('prerenderingchange')); };"
    page = reader("fences.html", before=prepare)
    read_half(page)
    stage.wait_for("dropped:prerender")
    assert stage.touches == [{"dropped": "prerender"}]
    assert page.evaluate("sessionStorage.length") == 0
    page.evaluate("shown()")
    read_half(page)
    stage.wait_for("read")


def test_coming_back_from_the_browsers_memory_is_a_new_visit(reader, stage):
    page = reader("fences.html")
    read_half(page)
    stage.wait_for("read")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    read_half(page)
    page.clock.fast_forward(5_000)
    stage.wait_for_count("view", 2)
    assert len(kept(page)) == 1


def test_remembering_is_off_until_the_reader_switches_it_on_and_takes_the_list_along(reader, stage):
    page = reader("fences.html")
    read_half(page)
    stage.wait_for("read")
    assert kept(page, "localStorage") == []
    page.goto(f"{stage.url}/reading-list.html")
    switch = page.get_by_role("button", name="Remember what I read")
    assert switch.get_attribute("aria-pressed") == "false"
    switch.click()
    assert switch.get_attribute("aria-pressed") == "true"
    assert (len(kept(page)), len(kept(page, "localStorage"))) == (0, 1)
    later = reader("reading-list.html", context=page.context)
    assert later.locator("[data-gp-reading-list] a").inner_text() == "Fences & gates"
    assert later.locator("[data-gp-reading-list] a").get_attribute("href") == "/fences.html"
    later.get_by_role("button", name="Remember what I read").click()
    assert (len(kept(later)), kept(later, "localStorage")) == (1, [])


@pytest.fixture(scope="module")
def sites_by_mode(tmp_path_factory) -> dict[str, object]:
    return {mode: build(tmp_path_factory.mktemp(mode), journey=mode) for mode in ("off", "local")}


@pytest.mark.parametrize(("mode", "session", "local"), [("off", 0, 0), ("local", 0, 1)])
def test_the_owners_setting_decides_where_the_list_may_lie(reader, sites_by_mode, mode, session, local):
    stages: Iterator[Stage] = serve(sites_by_mode[mode])
    other = next(stages)
    page = reader("fences.html", site=other)
    read_half(page)
    other.wait_for("read")
    assert (len(kept(page)), len(kept(page, "localStorage"))) == (session, local)
    assert page.evaluate("document.cookie") == ""
    assert next(stages, None) is None

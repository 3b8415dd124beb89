"""A read in two steps: a start when a page is opened, a receipt when it was read; and what happens without an answer."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest

from tests.theme.conftest import heard
from tests.theme.test_reading import END, kept, read_half

pytestmark = pytest.mark.browser


def settled(page, true: Callable[[list[dict[str, object]]], bool], seconds: float = 5) -> list[dict[str, object]]:
    """The list in the browser, as soon as that is true of it."""
    end = time.monotonic() + seconds
    while not true(entries := kept(page)) and time.monotonic() < end:
        time.sleep(0.02)
    assert true(entries), entries
    return entries


def read_it(page) -> None:
    """Read with a start: the ten seconds begin when it has come."""
    heard(page, "start")
    read_half(page)


def test_opening_an_article_is_told_at_once_and_asks_for_a_start(reader, stage):
    page = reader("fences.html")
    heard(page, "start")
    kind, sent = stage.posts[0]
    assert kind.startswith("text/plain")
    assert sent["start"] is True
    assert [(touch["article"], touch["rung"]) for touch in sent["touches"]] == [("fences", "view")]


def test_a_page_without_an_article_asks_for_nothing(reader, stage):
    page = reader("about.html")
    page.clock.fast_forward(60_000)
    page.goto(f"{stage.url}/fences.html")
    heard(page, "start")
    assert {touch["article"] for touch in stage.touches} == {"fences"}


def test_a_read_hands_in_the_start_and_keeps_the_receipt(reader, stage):
    page = reader("fences.html")
    read_it(page)
    assert stage.wait_for("read")["start"] == "start-fences"
    (entry,) = settled(page, lambda entries: "r" in entries[0])
    assert (entry["article"], entry["r"]) == ("fences", "receipt-fences")


def test_a_consumed_article_hands_in_the_same_start_and_other_touches_none(reader, stage):
    page = reader("fences.html")
    heard(page, "start")
    page.evaluate(END)
    page.clock.fast_forward(200_000)
    assert stage.wait_for("consumed")["start"] == "start-fences"
    page.get_by_label("Your e-mail address").fill("a")
    assert "start" not in stage.wait_for("form-start")
    assert "start" not in stage.wait_for("view")


def test_the_ten_seconds_begin_with_the_start_as_the_service_counts_them(reader, stage):
    page = reader(
        "fences.html",
        before="const slow = fetch; window.fetch = (...all) => slow(...all).then(async (a) => { await new Promise((go) => { window.arrive = go; }); return a; });",
    )
    stage.wait_for("view")
    page.evaluate("scrollTo(0, document.querySelector('article').offsetHeight * 0.6)")
    page.clock.fast_forward(6_000)
    end = time.monotonic() + 5
    while not page.evaluate("!!window.arrive && (arrive(), true)"):
        assert time.monotonic() < end
        time.sleep(0.02)
    heard(page, "start")
    page.clock.fast_forward(6_000)
    assert kept(page) == []
    page.clock.fast_forward(5_000)
    assert stage.wait_for("read")["start"] == "start-fences"


def test_a_signup_sends_the_receipt_along(reader, stage):
    page = reader("fences.html")
    read_it(page)
    settled(page, lambda entries: "r" in entries[0])
    page.get_by_label("Your e-mail address").fill("ada@example.org")
    page.get_by_role("button", name="Send me the checklist").click()
    page.get_by_text("Check your mail").wait_for()
    assert [entry["r"] for entry in stage.signups[0]["journey"]] == ["receipt-fences"]


@pytest.mark.parametrize("status", [500, 429, 0], ids=["broken", "too-many", "hangs-up"])
def test_without_an_answer_the_page_works_and_the_read_is_told_and_kept(reader, stage, status):
    stage.touch_status = status
    page = reader("about.html")
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    # That a request failed the browser says itself, and nobody can stop it; the script adds nothing.
    page.on("console", lambda line: failures.append(line.text) if not line.text.startswith("Failed to load") else None)
    page.goto(f"{stage.url}/fences.html")
    stage.wait_for("view")
    read_half(page)
    assert not stage.wait_for("read")["start"]
    page.get_by_label("Your e-mail address").fill("ada@example.org")
    page.get_by_role("button", name="Send me the checklist").click()
    page.get_by_text("Check your mail").wait_for()
    (entry,) = stage.signups[0]["journey"]
    assert entry["article"] == "fences"
    assert "r" not in entry
    assert failures == []


def test_an_answer_that_is_no_json_gives_no_token(reader, stage):
    stage.touch_status = 204
    page = reader("fences.html")
    stage.wait_for("view")
    read_half(page)
    assert not stage.wait_for("read")["start"]
    assert all("r" not in entry for entry in kept(page))


def test_a_receipt_that_comes_late_leaves_what_another_tab_has_written(reader, stage):
    page = reader("fences.html")
    page.evaluate("localStorage.setItem('gp.journey', '[]')")
    stage.may_answer.clear()
    read_it(page)
    stage.wait_for("read")
    other = {"t": page.evaluate("Math.floor(Date.now() / 1000)"), "article": "posts", "rung": "read"}
    add = "entry => localStorage.setItem('gp.journey', JSON.stringify([...JSON.parse(localStorage.getItem('gp.journey')), entry]))"
    page.evaluate(add, other)
    stage.may_answer.set()
    heard(page, "receipt")
    assert [(entry["article"], entry.get("r")) for entry in kept(page, "localStorage")] == [
        ("fences", "receipt-fences"), ("posts", None),
    ]  # fmt: skip


def test_a_receipt_finds_its_entry_where_the_reader_has_moved_the_list(reader, stage):
    page = reader("fences.html")
    stage.may_answer.clear()
    read_it(page)
    stage.wait_for("read")
    page.get_by_role("button", name="Remember what I read").click()
    stage.may_answer.set()
    heard(page, "receipt")
    assert [entry["r"] for entry in kept(page, "localStorage")] == ["receipt-fences"]
    assert kept(page) == []


def test_a_second_read_within_half_an_hour_does_not_change_the_receipt_but_may_bring_one(reader, stage):
    stage.touch_status = 500
    page = reader("fences.html")
    read_half(page)
    stage.wait_for("read")
    stage.touch_status = 200
    page.reload()
    read_it(page)
    (entry,) = settled(page, lambda entries: "r" in entries[0])
    page.evaluate(
        "r => sessionStorage.setItem('gp.journey', sessionStorage.getItem('gp.journey').replace(r, 'older'))",
        entry["r"],
    )
    page.reload()
    read_it(page)
    heard(page, "receipt")
    assert [entry["r"] for entry in kept(page)] == ["older"]


@pytest.mark.parametrize("years", [-5, 5])
def test_a_clock_years_out_still_reads_and_keeps_its_journey(reader, stage, years):
    page = reader("about.html")
    page.clock.set_system_time(page.evaluate("Date.now()") + years * 31_536_000_000)
    now = page.evaluate("Math.floor(Date.now() / 1000)")
    old = [{"t": now - days * 86_400, "article": f"a{days}", "rung": "read"} for days in (91, 89)]
    page.evaluate("list => sessionStorage.setItem('gp.journey', list)", json.dumps(old))
    page.goto(f"{stage.url}/fences.html")
    read_it(page)
    assert stage.wait_for("read")["start"] == "start-fences"
    entries = settled(page, lambda entries: "r" in entries[-1])
    assert [entry["article"] for entry in entries] == ["a89", "fences"]
    assert abs(entries[-1]["t"] - now) < 60


def test_a_page_left_open_for_a_day_begins_anew_when_it_is_read(reader, stage):
    page = reader("fences.html")
    heard(page, "start")
    page.clock.fast_forward("25:00:00")
    stage.wait_for_count("view", 2)

"""The rungs that end in files, each with one's own eyes: a list to tick on the phone, a book in two formats, a case."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pypdf
import pytest

from tests.journeys.conftest import Site
from tests.journeys.test_whole_chain import letter_links, reader_context, sign_up

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.xdist_group("whole-chain")]


def asked_and_opened(site: Site, context: Any, offer: str, address: str) -> Any:
    """The page of the confirmation, from the offer's landing page, its form and the letter."""
    page = context.new_page()
    page.goto(f"{site.url}/offers/{offer}.html")
    sign_up(page, address, script=False)
    (confirm,) = [link for link in letter_links(site, context, address, "confirm") if "/confirm/" in link]
    page.goto(confirm)
    return page


def pressed(page: Any, button: str) -> tuple[str, bytes]:
    """The name and the bytes of the file that a button brings."""
    with page.expect_download() as waiting:
        page.locator(button).first.click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def link_in(site: Site, context: Any, address: str, door: str) -> str:
    return next(link for link in letter_links(site, context, address, "here it is") if f"/{door}/" in link)


def count(page: Any) -> Any:
    return page.locator("#count")


@pytest.fixture(scope="module")
def list_address(site: Site, chromium: Any) -> str:
    """The signed address of a list, from the letter of somebody who asked for it."""
    context = reader_context(chromium, "phone", script=False)
    name, data = pressed(asked_and_opened(site, context, "article-checklist", "ticker@example.org"), "form button")
    assert (name[-4:], data[:5]) == (".pdf", b"%PDF-")
    address = link_in(site, context, "ticker@example.org", "list")
    context.close()
    return address


@pytest.fixture
def the_list(list_address: str, chromium: Any) -> Iterator[tuple[str, Any]]:
    """The list's address, and a phone that has never opened it."""
    phone = reader_context(chromium, "phone", script=True)
    yield list_address, phone
    phone.close()


def test_a_list_remembers_its_ticks_on_the_phone_and_nowhere_else(site, the_list):
    from playwright.sync_api import expect

    address, phone = the_list
    page, asked, wrong = phone.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(address)
    expect(count(page)).to_have_text("0 of 22 done")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    loaded = len(asked)

    rows = page.locator(".boxes label")
    assert all(box["height"] >= 44 for box in (rows.nth(at).bounding_box() for at in range(22)))
    # The whole row is the button, also where its words are.
    rows.nth(0).locator("span").click()
    rows.nth(4).click()
    page.locator("input").nth(7).focus()
    page.keyboard.press("Space")
    expect(count(page)).to_have_text("3 of 22 done")
    assert len(asked) == loaded, "a tick is nobody else's business"

    page.goto("about:blank")
    page.goto(address)
    expect(count(page)).to_have_text("3 of 22 done")
    assert [at for at in range(22) if page.locator("input").nth(at).is_checked()] == [0, 4, 7]
    assert list(page.evaluate("Object.keys(localStorage)")) == ["gatepost.list.article-checklist"]
    assert phone.cookies() == []
    assert {url.split("/")[2] for url in asked if url.startswith("http")} == {site.url.split("/")[2]}
    assert wrong == []


def test_a_list_begins_again_and_can_take_that_back(the_list):
    from playwright.sync_api import expect

    address, phone = the_list
    page, other = phone.new_page(), phone.new_page()
    page.goto(address)
    other.goto(address)
    # A browser lets tabs that nobody looks at wait.
    page.bring_to_front()
    expect(page.get_by_role("button", name="Start again")).to_be_hidden()
    for at in range(22):
        page.locator("input").nth(at).check()
    expect(count(page)).to_have_text("All done")
    expect(count(other)).to_have_text("All done")
    page.get_by_role("button", name="Start again").click()
    expect(count(page)).to_have_text("0 of 22 done")
    page.get_by_role("button", name="Bring the ticks back").click()
    expect(count(page)).to_have_text("All done")


def test_ticks_survive_a_list_that_changed_and_storage_that_is_broken(the_list):
    from playwright.sync_api import expect

    address, phone = the_list
    page = phone.new_page()
    page.goto(address)
    page.locator("input").nth(2).check()
    expect(count(page)).to_have_text("1 of 22 done")
    # As if this browser had ticked a point that is not on the list any more, and did not know the last one yet.
    page.evaluate("""() => {
        const key = "gatepost.list.article-checklist", ticks = JSON.parse(localStorage[key]);
        const last = [...document.querySelectorAll("input[data-key]")].at(-1).dataset.key;
        delete ticks[last]; ticks.gone = 1; localStorage[key] = JSON.stringify(ticks);
    }""")
    page.reload()
    expect(count(page)).to_have_text("1 of 22 done")
    page.evaluate("localStorage['gatepost.list.article-checklist'] = '[not json'")
    page.reload()
    expect(count(page)).to_have_text("0 of 22 done")
    page.locator("input").first.check()
    expect(count(page)).to_have_text("1 of 22 done")


def test_a_browser_that_forbids_storage_or_scripts_still_has_boxes(site, chromium, the_list):
    from playwright.sync_api import expect

    address, _ = the_list
    forbidding = chromium.new_context()
    forbidding.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    page = forbidding.new_page()
    page.goto(address)
    page.locator(".boxes label").first.click()
    expect(count(page)).to_have_text("1 of 22 done")
    expect(page.get_by_text("This browser keeps no ticks")).to_be_visible()
    forbidding.close()
    plain = reader_context(chromium, "phone", script=False)
    page = plain.new_page()
    page.goto(address)
    page.locator(".boxes label").first.click()
    expect(page.locator("input").first).to_be_checked()
    expect(page.locator("#bar")).to_be_hidden()
    plain.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_shut_out_of_the_list(scheme, the_list):
    from axe_playwright_python.sync_playwright import Axe

    address, phone = the_list
    page = phone.new_page()
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    page.locator("input").first.check()
    found = Axe().run(page).response
    assert found["violations"] == []


@pytest.mark.parametrize(("ending", "start"), [("pdf", b"%PDF-"), ("epub", b"PK")])
def test_a_reader_chooses_the_format_of_a_book(site, chromium, ending, start):
    context = reader_context(chromium, "phone", script=False)
    address = f"book-{ending}@example.org"
    page = asked_and_opened(site, context, "clients-by-writing", address)
    # With the keyboard alone: the buttons are the first two things that can be reached after the way home.
    page.keyboard.press("Tab")
    for _ in range(2 if ending == "epub" else 1):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == ending
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename.endswith(f".{ending}")
    assert waiting.value.path().read_bytes().startswith(start)
    assert len([link for link in letter_links(site, context, address, "here it is") if "/download/" in link]) == 2
    context.close()


def test_a_case_study_is_marked_as_one_from_its_page_to_the_report(site, chromium):
    context = reader_context(chromium, "phone", script=False)
    page = context.new_page()
    page.goto(f"{site.url}/offers/sash-windows-case-study.html")
    facts = page.locator("main .gp-facts").inner_text()
    assert "Client" in facts
    assert "eleven people (invented)" in facts
    assert "Quotations down from 14 to 8" in facts
    assert page.locator("main .gp-kind").first.inner_text().lower() == "case study"
    page = asked_and_opened(site, context, "sash-windows-case-study", "case@example.org")
    _, data = pressed(page, "form button")
    text = " ".join(pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text().split())
    assert "CASE STUDY" in text
    assert re.search(r"Result Quotations down from 14 to 8 a month", text)
    assert '"sash-windows-case-study"' in site.gatepost("leads", "show", "case@example.org")
    context.close()

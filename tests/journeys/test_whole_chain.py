"""The main job with one's own eyes: from an article to one lead in its owner's report, in a real browser."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from itertools import count
from typing import Any

import pypdf
import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.xdist_group("whole-chain")]

SCREENS = {
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "is_mobile": True,
        "has_touch": True,
        "device_scale_factor": 2,
    },
    "desktop": {"viewport": {"width": 1280, "height": 900}},
}
# Each of the four readers has an article of their own, so that each article ends with one lead.
ARTICLES = {
    ("phone", True): "asking-for-the-address",
    ("phone", False): "what-to-give-away",
    ("desktop", True): "permission-you-can-prove",
    ("desktop", False): "what-an-article-costs",
}
PASSWORD = "a long enough pass phrase"
_readers = count(1)


def reader_context(chromium: Any, screen: str, script: bool) -> Any:
    context = chromium.new_context(
        **SCREENS[screen], java_script_enabled=script, accept_downloads=True, user_agent=person(screen)
    )
    # Our readers are people; a driven browser says that it is one, and is not counted.
    context.add_init_script("Object.defineProperty(Navigator.prototype, 'webdriver', {get: () => false})")
    return context


def person(screen: str) -> str:
    if screen == "phone":
        return "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Mobile Safari/537.36"
    return "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36"


def read_article(page: Any, url: str, script: bool) -> None:
    page.goto(url)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth") if script else True
    page.bring_to_front()
    for _ in range(17 if script else 1):
        page.mouse.wheel(0, 900)
        page.wait_for_timeout(800)


def sign_up(page: Any, address: str, script: bool) -> None:
    form = page.locator("article form.gp-form, main form.gp-form").last
    form.scroll_into_view_if_needed()
    page.wait_for_timeout(1200 if script else 0)
    form.locator("input[name=email]").fill(address)
    form.locator("input[name=consent]").check()
    form.locator("button[type=submit]").click()
    if script:
        # By a locator: the page's policy lets nobody evaluate a string in it.
        expect(page.locator(".gp-status").filter(has_text=re.compile("mail", re.IGNORECASE))).to_have_count(1)
    else:
        page.wait_for_url(re.compile("/thanks"))
        assert address not in page.content()


def letter_links(site: Site, context: Any, address: str, subject: str) -> list[str]:
    """Wait for the letter, look at it as its reader would, and give its links."""
    for _ in range(60):
        letters = context.request.get(f"{site.url}/mailbox", headers={"Accept": "application/json"}).json()
        found = [letter for letter in letters if letter["to"] == address and subject in letter["subject"].lower()]
        if found:
            return re.findall(r"https?://\S+?(?=[\s<>\"')]|$)", found[0]["text"])
        time.sleep(0.25)
    raise AssertionError(f"no letter {subject!r} for {address}: {[(x['to'], x['subject']) for x in letters]}")


def tick_a_box(pdf: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    boxes = [name for name, field in (reader.get_fields() or {}).items() if field.get("/FT") == "/Btn"]
    assert len(boxes) >= 15
    writer = pypdf.PdfWriter(clone_from=reader)
    writer.update_page_form_field_values(None, {boxes[0]: "/Yes"}, auto_regenerate=False)
    saved = io.BytesIO()
    writer.write(saved)
    ticked = pypdf.PdfReader(saved).get_fields()
    assert ticked is not None
    assert ticked[boxes[0]].value not in (None, "/Off")
    assert ticked[boxes[1]].value in (None, "/Off")


@pytest.mark.parametrize(
    ("screen", "script"), list(ARTICLES), ids=lambda v: v if isinstance(v, str) else ("script" if v else "no-script")
)
def test_a_reader_becomes_a_lead_and_the_owner_sees_which_article_did_it(site, chromium, screen, script, tmp_path):
    article = ARTICLES[screen, script]
    address = f"reader{next(_readers)}-{screen}-{'js' if script else 'plain'}@example.org"
    before = figures(site, article)

    reading = reader_context(chromium, screen, script)
    page = reading.new_page()
    outside: list[str] = []
    page.on("request", lambda request: None if request.url.startswith(site.url) else outside.append(request.url))
    read_article(page, f"{site.url}/{article}.html", script)
    page.screenshot(path=tmp_path / "article.png")
    sign_up(page, address, script)
    assert outside == []
    reading.close()

    # The letter is opened in another browser, which has never seen the site.
    mail = reader_context(chromium, "phone", script)
    (confirm,) = [link for link in letter_links(site, mail, address, "confirm") if "/confirm/" in link]
    opened = mail.new_page()
    opened.goto(confirm)
    assert figures(site, article)["confirmed"] == before["confirmed"], "a GET must confirm nobody"
    with opened.expect_download() as waiting:
        opened.locator("form button").first.click()
    path = tmp_path / "file"
    waiting.value.save_as(path)
    offered = path.read_bytes()
    if offered.startswith(b"%PDF") and "checklist" in waiting.value.suggested_filename.lower():
        tick_a_box(offered)
    delivery = letter_links(site, mail, address, "here it is")
    assert [link for link in delivery if "/download/" in link]
    mail.close()

    after = figures(site, article)
    assert after["confirmed"] == before["confirmed"] + 1
    assert after["signed_up_here"] == before["signed_up_here"] + 1
    assert after["helped"] == before["helped"] + 1
    assert after["reads"] == before["reads"] + (1 if script else 0)
    assert_proven(site, address, [(article, "read" if script else "signup", "")])


def assert_proven(site: Site, address: str, journey: list[tuple[str, str, str]]) -> None:
    """Reading took seventeen times 0.8 seconds by the service's own clock; without a script the form's page is all."""
    (signup,) = json.loads(site.gatepost("leads", "show", address))["signups"]
    assert [(touch["article"], touch["rung"], touch["suspect"]) for touch in signup["journey"]] == journey
    assert len(signup["receipts"]) == sum(rung == "read" for _, rung, _ in journey)


def figures(site: Site, article: str) -> dict[str, int]:
    # Counters are added five times a second.
    time.sleep(0.5)
    report = json.loads(site.gatepost("report", "--format", "json"))
    (row,) = [row for row in report["articles"] if row["slug"] == article]
    return {key: row[key] for key in ("reads", "signed_up_here", "confirmed", "helped")}


def test_a_checklist_from_its_landing_page_can_be_ticked(site, chromium, tmp_path):
    context = reader_context(chromium, "phone", script=False)
    page = context.new_page()
    page.goto(f"{site.url}/offers/article-checklist.html")
    sign_up(page, "landing@example.org", script=False)
    (confirm,) = [link for link in letter_links(site, context, "landing@example.org", "confirm") if "/confirm/" in link]
    page.goto(confirm)
    with page.expect_download() as waiting:
        page.locator("form button").first.click()
    waiting.value.save_as(tmp_path / "list.pdf")
    tick_a_box((tmp_path / "list.pdf").read_bytes())
    context.close()


def test_the_owner_logs_in_and_opens_the_rows_behind_a_number(site, chromium):
    site.gatepost("owner", "add", "owner@example.org", typed=PASSWORD + "\n")
    reader = chromium.new_context(**SCREENS["desktop"], java_script_enabled=False)
    page = reader.new_page()
    page.goto(f"{site.url}/small-samples.html")
    sign_up(page, "behind-a-number@example.org", script=False)
    reader.close()

    context = chromium.new_context(**SCREENS["desktop"], java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}/owner/")
    page.locator("input[name=email]").fill("owner@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form button").first.click()
    page.wait_for_url(re.compile(r"/owner/?(\?.*)?$"))
    page.goto(f"{site.url}/owner/articles?find=small-samples")
    row = page.locator("tr", has=page.locator("a[href*='/owner/articles/small-samples']"))
    row.locator("td[data-label='Signed up here'] a").click()
    assert "behind-a-number@example.org" in page.content()
    context.close()


def test_a_lead_leaves_with_one_press_and_sees_and_erases_what_is_held(site, chromium):
    context = reader_context(chromium, "phone", script=False)
    page = context.new_page()
    page.goto(f"{site.url}/offers/permission-checklist.html")
    sign_up(page, "leaver@example.org", script=False)
    links = letter_links(site, context, "leaver@example.org", "confirm")
    page.goto(next(link for link in links if "/confirm/" in link))
    with page.expect_download():
        page.locator("form button").first.click()
    links = letter_links(site, context, "leaver@example.org", "here it is")
    page.goto(next(link for link in links if "/leave/" in link))
    page.locator("form button").first.click()
    page.wait_for_load_state()
    assert '"state": "left"' in site.gatepost("leads", "list", "--json").split("leaver@example.org")[1].split("\n")[0]
    page.goto(next(link for link in links if "/my/" in link))
    assert "leaver@example.org" in page.content()
    erase = page.locator("form", has=page.locator("input[type=checkbox]")).last
    erase.locator("input[type=checkbox]").check()
    erase.locator("button").click()
    page.wait_for_load_state()
    assert "leaver@example.org" not in site.gatepost("leads", "list", "--json")
    data = b"".join(p.read_bytes() for p in (site.folder / ".gatepost").glob("gatepost.db*"))
    assert b"leaver@example.org" not in data
    context.close()


def test_a_mistake_while_writing_keeps_the_last_good_site(site):
    article = site.folder / "content" / "articles" / "small-samples.md"
    good = article.read_text()
    try:
        article.write_text(good.replace("Offer:", "Offer: no-such-offer\nX-Old-Offer:"))
        checked = subprocess.run(
            [sys.executable, "-m", "gatepost.cli", "check"],
            cwd=site.folder, capture_output=True, text=True,
        )  # fmt: skip
        assert checked.returncode == 1
        assert re.search(r"small-samples\.md:\d+:", checked.stdout + checked.stderr)
        time.sleep(3)
        assert urllib.request.urlopen(f"{site.url}/small-samples.html").status == 200
    finally:
        article.write_text(good)


def test_nothing_held_is_served(site):
    held = list((site.folder / ".gatepost" / "held").iterdir())
    assert held
    for path in (
        ".gatepost/catalogue.json",
        f".gatepost/held/{held[0].name}",
        "held/" + held[0].name,
        ".env",
        "pelicanconf.py",
        "content/offers/article-checklist.md",
    ):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{site.url}/{path}")
        assert refused.value.code == 404

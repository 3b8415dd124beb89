"""A German site with one French book: built and served as its owner would, and walked by a reader with a phone."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from gatepost import site as own
from tests.journeys.conftest import Site, plain_env

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.xdist_group("german-site")]
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "accept_downloads": True}
CONF = f"""
SITENAME = "Zaunkönig"
SITESUBTITLE = "Notizen aus einer kleinen Werkstatt"
AUTHOR = "Zaunkönig"
TIMEZONE = "Europe/Berlin"
DEFAULT_LANG = "de"
PATH = "content"
OUTPUT_PATH = "output"
THEME = {str(own.theme_dir())!r}
import os
SITEURL = os.environ.get("GATEPOST_SITE_URL", "")
ARTICLE_URL = ARTICLE_SAVE_AS = "{{slug}}.html"
PAGE_URL = PAGE_SAVE_AS = "{{slug}}.html"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
PLUGINS = ["gatepost_pelican"]
GATEPOST_CONSENTS = {{"letters": {{"version": "1", "wording": "Ja, schreiben Sie mir auch sonst, etwa zweimal im Monat."}}}}
"""
LIST = """Title: Zwölf Handgriffe vor dem Winter
Slug: zwoelf-handgriffe
Kind: checklist
Summary: Was im Oktober zu tun ist, damit im März nichts klemmt.
Consent: letters

Für alle, die einen Zaun haben.

<!-- gate -->

- [ ] Pfosten prüfen
- [ ] Scharniere ölen
"""
BOOK = """Title: Le petit livre des clôtures
Slug: le-petit-livre
Kind: ebook
Lang: fr
Summary: Six chapitres, une heure de lecture.
Consent: Oui, écrivez-moi aussi de temps en temps.
Chapters: article:pfosten

Pour qui préfère lire.
"""
ARTICLE = """Title: Warum Pfosten faulen
Slug: pfosten
Date: 2026-11-01
Category: Holz
Tags: Eiche
Offer: zwoelf-handgriffe
Summary: Meist von unten, und meist zu Recht.

Ein Pfosten fault dort, wo er nass wird und nicht trocknet.

[[offer:le-petit-livre]]
"""


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("german")
    files = {"pelicanconf.py": CONF, "content/offers/list.md": LIST, "content/offers/book.md": BOOK}
    for name, text in {**files, "content/pfosten.md": ARTICLE}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder / "up.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "gatepost.cli", "up", "--no-watch"],
            cwd=folder, env=plain_env(PORT=str(port)), stdout=stream, stderr=stream,
        )  # fmt: skip
    site = Site(f"http://127.0.0.1:{port}", folder)
    for _ in range(240):
        assert process.poll() is None, log.read_text()[-3000:]
        try:
            urllib.request.urlopen(f"{site.url}/healthz", timeout=5)
            break
        except OSError:
            time.sleep(0.25)
    yield site
    process.terminate()
    process.wait(timeout=20)


def page_of(site: Site, name: str) -> str:
    return (site.folder / "output" / name).read_text("utf-8")


def letter(site: Site, context: Any, subject: str) -> str:
    """The text of the letter with that subject, as soon as it lies in the mailbox."""
    for _ in range(80):
        letters = context.request.get(f"{site.url}/mailbox", headers={"Accept": "application/json"}).json()
        for one in letters:
            if " ".join(one["subject"].split()) == subject:
                return str(one["text"])
        time.sleep(0.1)
    raise AssertionError(f"no letter {subject!r}: {[one['subject'] for one in letters]}")


def fits(page: Any, folder: Path, name: str) -> None:
    """Nothing is wider than the phone; and a picture, for whoever wants to look."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
    page.screenshot(path=folder / f"{name}.png", full_page=True)


def test_each_page_says_the_language_it_is_in(german):
    for name in ("index.html", "pfosten.html", "archives.html", "offers/index.html", "offers/zwoelf-handgriffe.html"):
        assert '<html lang="de">' in page_of(german, name), name
    book = page_of(german, "offers/le-petit-livre.html")
    assert '<html lang="fr">' in book
    assert "Votre adresse électronique" in book
    assert "À lire ensuite" not in book
    assert "Menu principal" in book


def test_an_offer_in_another_language_says_so_on_the_page_around_it(german):
    article = page_of(german, "pfosten.html")
    assert re.search(r'<div lang="fr"[^>]*data-gp-offer="le-petit-livre"', article)
    assert re.search(r'<div lang="de"[^>]*data-gp-offer="zwoelf-handgriffe"', article)
    assert "Ihre E-Mail-Adresse" in article
    assert "1. November 2026" in article


def test_a_reader_goes_from_the_article_to_the_download_in_german(german, chromium, tmp_path):
    context = chromium.new_context(**PHONE, locale="en-US")
    page = context.new_page()
    page.goto(f"{german.url}/pfosten.html")
    fits(page, tmp_path, "article")
    form = page.locator(".gp-card[data-gp-offer=zwoelf-handgriffe] form")
    form.locator("input[name=email]").fill("ada")
    form.locator("button[type=submit]").last.click()
    expect(form).to_contain_text("Eine Adresse braucht ein @")
    fits(page, tmp_path, "mistake")
    form.locator("input[name=email]").fill("ada@leserin.example")
    form.locator("input[name=consent]").check()
    form.locator("button[type=submit]").last.click()
    expect(form.locator(".gp-status")).to_contain_text("Schauen Sie in Ihr Postfach")
    fits(page, tmp_path, "sent")

    asked = letter(german, context, "Bitte bestätigen: Zwölf Handgriffe vor dem Winter")
    assert "Waren Sie das?" in asked
    page.goto(re.search(r"https?://\S+/confirm/\S+", asked).group())  # type: ignore[union-attr]
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.locator("main")).to_contain_text("Noch ein Schritt")
    fits(page, tmp_path, "confirm")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Bestätigen und herunterladen").click()
    assert waiting.value.suggested_filename == "Zwölf Handgriffe vor dem Winter.pdf"

    brought = letter(german, context, "Hier ist es: Zwölf Handgriffe vor dem Winter")
    assert "Hier ist, was Sie angefordert haben." in " ".join(brought.split())
    page.goto(re.search(r"https?://\S+/my/\S+", brought).group())  # type: ignore[union-attr]
    expect(page.locator("h1")).to_have_text("Was über Sie gespeichert ist")
    fits(page, tmp_path, "my")
    context.close()


def test_a_reader_without_scripts_is_answered_in_the_language_of_the_offer(german, chromium, tmp_path):
    context = chromium.new_context(**PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{german.url}/offers/le-petit-livre.html")
    form = page.locator("form").last
    form.locator("input[name=email]").fill("bo@lecteur.example")
    form.locator("button[type=submit]").last.click()
    expect(page.locator("h1")).to_have_text("Consultez vos courriels")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.screenshot(path=tmp_path / "thanks.png", full_page=True)
    asked = letter(german, context, "À confirmer : Le petit livre des clôtures")
    assert "Était-ce vous\u202f?" in asked
    context.close()

"""What the theme writes: whole pages, within their budgets, with nothing from elsewhere."""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
from pathlib import Path

import html5lib
import pytest

from gatepost_pelican import script
from tests.conftest import ROOT

STATIC = ROOT / "theme" / "static"
# Bytes; scripts as they travel, gzipped.
SCRIPTS = {"gatepost.js": 3_000, "forms.js": 3 * 1024, "reading.js": 2 * 1024, "trials.js": 1536}


def packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))


def travelling(name: str) -> int:
    """Bytes of a script as readers get it: without its notes, gzipped."""
    return len(gzip.compress(script.without_notes((STATIC / name).read_text("utf-8")).encode(), 9, mtime=0))


def every_page(built: Path) -> list[Path]:
    found = sorted(built.rglob("*.html"))
    assert len(found) > 10
    return found


@pytest.mark.parametrize(("name", "most"), SCRIPTS.items())
def test_each_script_stays_within_its_budget(name, most):
    assert packed(STATIC / name) <= most


def test_styles_fonts_and_the_scripts_of_any_page_stay_within_their_budgets():
    assert (STATIC / "site.css").stat().st_size <= 17 * 1024
    assert sum(font.stat().st_size for font in STATIC.glob("fonts/*.woff2")) <= 40_000
    gatepost, forms, reading = (travelling(name) for name in ("gatepost.js", "forms.js", "reading.js"))
    assert gatepost + forms <= 5 * 1024
    assert gatepost + reading <= 5 * 1024


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_travels_without_notes_and_is_the_same_otherwise(name):
    source = (STATIC / name).read_text("utf-8")
    # A text that ran over lines would lose its indentation.
    assert not [line for line in source.splitlines() if line.count("`") % 2]
    assert "\n//" not in script.without_notes(source)
    code = re.sub(r"^\s*(//.*|/\* .*)?\n", "", source, flags=re.MULTILINE)
    assert re.sub(r"^\s+", "", code, flags=re.MULTILINE) == script.without_notes(source)
    assert not [line for line in source.splitlines() if line.strip().startswith("/*") and not line.endswith("*/")]


def test_no_page_is_broken_html(built):
    for page in every_page(built):
        parser = html5lib.HTMLParser()
        parser.parse(page.read_text("utf-8"))
        assert not parser.errors, (page.name, parser.errors[:3])


def test_no_page_styles_or_scripts_inline(built):
    """A policy of `default-src 'self'` holds for every page; JSON-LD is data and no script."""
    for page in every_page(built):
        text = page.read_text("utf-8").replace('<script type="application/ld+json">', "")
        assert not re.search(r"<style|\sstyle=|<script>|<script(?![^>]*\ssrc=)|\son\w+=\"", text), page.name


def test_nothing_is_loaded_from_elsewhere(built):
    for page in every_page(built):
        assert not re.search(
            r"<(?:script|img|link|use|iframe)[^>]*(?:src|href)=\"(?:https?:)?//", page.read_text("utf-8")
        )


def test_scripts_come_only_where_they_are_of_use(built):
    article, page = (built / "fences.html").read_text("utf-8"), (built / "about.html").read_text("utf-8")
    reading, landing = ((built / name).read_text("utf-8") for name in ("reading-list.html", "offers/start.html"))
    assert [name in article for name in SCRIPTS] == [True, True, False, False]
    assert [name in page for name in SCRIPTS] == [True, False, False, False]
    assert [name in reading for name in SCRIPTS] == [True, True, True, False]
    assert [name in landing for name in SCRIPTS] == [True, True, False, False]


def test_the_script_learns_which_article_it_stands_on_but_no_draft(built):
    assert 'data-gp-article="fences"' in (built / "fences.html").read_text("utf-8")
    assert 'data-gp-article=""' in (built / "about.html").read_text("utf-8")
    assert 'data-gp-article=""' in (built / "drafts" / "draft.html").read_text("utf-8")


def test_titles_with_an_ampersand_are_written_once_and_correctly(built):
    page = (built / "fences.html").read_text("utf-8")
    assert '<h1 dir="auto">Fences &amp; gates</h1>' in page
    assert "&amp;amp;" not in page


def test_an_article_leads_to_others_of_its_subject(built):
    related = (built / "fences.html").read_text("utf-8").split("Read next")[1]
    assert "/posts.html" in related
    assert "/short.html" not in related


def published(folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a build with publishconf.py, as `gatepost init` lays it, but without plugins."""
    (folder / "content" / "articles").mkdir(parents=True)
    (folder / "content" / "articles" / "one.md").write_text(
        "Title: One\nDate: 2026-11-01\nSlug: one\nCategory: A\n\nOne.\n"
    )
    for name in ("pelicanconf.py", "publishconf.py"):
        (folder / name).write_text((ROOT / name).read_text("utf-8"), "utf-8")
    (folder / "theme").symlink_to(ROOT / "theme")
    plain = {key: value for key, value in os.environ.items() if not key.startswith("GATEPOST_")}
    command = [sys.executable, "-m", "pelican", "-s", "publishconf.py", "-e", "PLUGINS=[]"]
    return subprocess.run(command, cwd=folder, env={**plain, **env}, capture_output=True, text=True, timeout=60)


def test_publishing_without_addresses_stops_and_names_the_cure(tmp_path):
    done = published(tmp_path)
    assert done.returncode != 0
    assert "GATEPOST_SITE_URL is not set. Set it to" in done.stdout + done.stderr


def test_a_published_page_names_its_whole_address_and_can_be_shared(tmp_path):
    done = published(tmp_path, GATEPOST_SITE_URL="https://example.org/", GATEPOST_CAPTURE_URL="https://in.example.org")
    assert done.returncode == 0, done.stdout + done.stderr
    page = (tmp_path / "output" / "one.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://example.org/one.html">' in page
    assert '<meta property="og:url" content="https://example.org/one.html">' in page
    assert "share-offsite/?url=https%3A//example.org/one.html" in page
    assert "gatepost.js" not in page  # no plugin, no script: the theme stands alone

"""`gatepost new` writes files that build at once, where the site keeps them, in any script, and over nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from click import UsageError
from hypothesis import given
from hypothesis import strategies as st
from unidecode import unidecode

from gatepost.cli.beginning import _slug as slug
from tests.plugin.sites import Site, small_site

CONF = "ARTICLE_PATHS = ['posts']\nPAGE_PATHS = ['sides']\nDRAFT_URL = DRAFT_SAVE_AS = 'unfinished/{slug}.html'\n"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = small_site(tmp_path / "site")
    (made.folder / "content/articles").rename(made.folder / "content/posts")
    (made.folder / "content/pages").rename(made.folder / "content/sides")
    made.configure(CONF)
    return made


def new(site: Site, *words: str) -> str:
    done = site.run("new", *words, module="gatepost.cli")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_an_article_in_any_script_lies_where_the_site_keeps_them_and_builds_at_once(site: Site) -> None:
    said = new(site, "article", "Цена  забора", "--tags", "fences, costs")
    assert said.splitlines() == [
        "Wrote content/posts/tsena-zabora.md",
        "While `gatepost up` runs: http://127.0.0.1:8000/unfinished/tsena-zabora.html",
    ]
    text = (site.folder / "content/posts/tsena-zabora.md").read_text(encoding="utf-8")
    assert "Title: Цена забора\n" in text
    assert "Category: Writing\nTags: fences, costs\n" in text
    assert "Status: draft" in text
    site.build()
    assert (site.output / "unfinished/tsena-zabora.html").is_file()


def test_a_translation_has_slug_subject_and_tags_of_its_original(site: Site) -> None:
    new(site, "article", "What it costs", "--tags", "costs", "--category", "Money", "--publish")
    new(
        site,
        "article",
        "Was es kostet",
        "--lang",
        "DE",
        "--translation-of",
        "content/posts/what-it-costs.md",
        "--publish",
    )
    text = (site.folder / "content/posts/what-it-costs-de.md").read_text()
    assert "Category: Money\nTags: costs\nSlug: what-it-costs\nLang: de\n" in text
    site.build()
    assert 'hreflang="de"' in site.page("what-it-costs.html") or "what-it-costs-de.html" in site.page(
        "what-it-costs.html"
    )
    assert (site.output / "what-it-costs-de.html").is_file()


def test_a_page_and_an_offer_are_begun_where_they_belong(site: Site) -> None:
    at = "While `gatepost up` runs: http://127.0.0.1:8000/"
    said = [
        new(site, "page", "Who we are"), new(site, "page", "Wer", "--slug", "who-we-are", "--lang", "de"), new(site, "page", "How", "--lang", "en"),
        new(site, "offer", "Ten things", "--slug", "ten"),
    ]  # fmt: skip
    assert said[0].splitlines()[0] == "Wrote content/sides/who-we-are.md"
    assert said[3].splitlines()[0] == "Wrote content/offers/ten.md"
    site.build()
    for one in said:
        assert (site.output / one.splitlines()[1].removeprefix(at)).is_file(), one


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["article", "About plain", "--slug", "plain"], "exists already"), (["article", "???"], "--slug NAME"), (["article", "T", "--lang", "deutsch!"], "no language tag"),
        (["article", "T", "--translation-of", "content/posts/plain.md"], "--lang TAG"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_cure(site: Site, words: list[str], said: str) -> None:
    before = (site.folder / "content/posts/plain.md").read_bytes()
    done = site.run("new", *words, module="gatepost.cli")
    assert done.returncode == 2
    assert said in done.stderr
    assert (site.folder / "content/posts/plain.md").read_bytes() == before


def test_the_editor_is_opened_with_the_file(site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "typed" >> "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    new(site, "page", "Edited", "--edit")
    assert (site.folder / "content/sides/edited.md").read_text().endswith("Write here.\ntyped\n")


def test_a_folder_without_settings_or_with_broken_ones_gets_the_usual_places(tmp_path: Path) -> None:
    for text in (None, "PATH = [", "import os\nPATH = os.environ['NONE']\n"):
        site = Site(tmp_path / str(len(text or "")))
        site.folder.mkdir()
        if text is not None:
            site.write("pelicanconf.py", text)
        assert "content/articles/a-word.md" in new(site, "article", "A word")


@given(st.text(min_size=1, max_size=200))
def test_a_slug_is_one_name_that_every_disk_and_address_takes(title: str) -> None:
    try:
        made = slug(title)
    except UsageError:
        assert not any(sign.isascii() and sign.isalnum() for sign in unidecode(title))
        return
    assert 0 < len(made) <= 80
    assert not set(made) - set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(made) == made

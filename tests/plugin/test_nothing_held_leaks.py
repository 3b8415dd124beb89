"""What is held is in no file under output/, whichever way a site is configured."""

from __future__ import annotations

import hashlib
import html
import re

import pytest

from gatepost.catalogue import held_path
from tests.plugin.sites import (
    BOOK,
    BOOK_SITE,
    CHAPTER,
    CHECKLIST,
    GATED,
    PLAN_CSV,
    Site,
    article,
    everything_in,
    small_site,
)

RUN = 64
EVERY_FEED = """
FEED_ALL_ATOM = "feeds/all.atom.xml"
FEED_ALL_RSS = "feeds/all.rss.xml"
CATEGORY_FEED_ATOM = "feeds/{slug}.atom.xml"
TAG_FEED_RSS = "feeds/tag-{slug}.rss.xml"
TRANSLATION_FEED_ATOM = "feeds/all-{lang}.atom.xml"
AUTHOR_FEED_ATOM = "feeds/author-{slug}.atom.xml"
RSS_FEED_SUMMARY_ONLY = False
SUMMARY_MAX_LENGTH = None
OUTPUT_SOURCES = True
DEFAULT_LANG = "en"
"""


def held_texts() -> list[str]:
    """Everything that was written behind a gate, or for an offer."""
    behind = [text.split("<!-- gate -->")[1] for text in (CHECKLIST, GATED, BOOK)]
    # The link to a published article is the one part of the chapter that other pages may have, too.
    return [*behind, PLAN_CSV, CHAPTER.split("[[")[0]]


@pytest.fixture(scope="module", params=["simple", "notmyidea"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = small_site(tmp_path_factory.mktemp("leaks"))
    site.configure(EVERY_FEED + f"THEME = {request.param!r}\n")
    for name, more in {
        "draft": {"Status": "draft"},
        "hidden": {"Status": "hidden"},
        "short": {"Tags": "titles", "Summary": "Short."},
        "future": {"Date": "2999-01-01", "Status": "draft"},
    }.items():
        site.write(f"content/articles/{name}.md", article(name, GATED, Offer="ten-checks", **more))
    site.write(
        "content/articles/gated-de.md", article("gated", GATED, Offer="the-plan", Lang="de", Title="Auf Deutsch")
    )
    site.write("content/articles/crlf.md", article("crlf", GATED, Offer="the-plan").replace("\n", "\r\n"))
    site.write("content/articles/bom.md", b"\xef\xbb\xbf" + article("bom", GATED, Offer="auto").encode())
    for name, text in BOOK_SITE.items():
        site.write(name, text)
    # What an earlier build left there, from before the article had a gate.
    site.write("output/gated.text", GATED)
    done = site.run()
    assert done.returncode == 0, done.stdout + done.stderr
    return site


def test_no_file_has_64_bytes_of_held_text_in_a_row(built: Site):
    runs = set()
    for text in held_texts():
        for form in (text, html.escape(text), re.sub(r"\s+", " ", text), text.replace("\n", "\r\n")):
            data = form.encode()
            runs |= {data[start : start + RUN] for start in range(len(data) - RUN + 1)}
    files = everything_in(built.output)
    assert len(files) > 20
    leaks = {
        (name, data[start : start + RUN])
        for name, data in files.items()
        for start in range(len(data) - RUN + 1)
        if data[start : start + RUN] in runs
    }
    assert not leaks


def test_no_file_has_a_word_that_stands_only_behind_a_gate(built: Site):
    for name, data in everything_in(built.output).items():
        assert b"HELD" not in data, name


def test_no_file_is_a_held_file(built: Site):
    held = {path.name for path in (built.data / "held").iterdir()}
    assert len(held) >= 8
    published = {hashlib.sha256(path.read_bytes()).hexdigest() for path in built.output.rglob("*") if path.is_file()}
    assert not held & published


def test_the_source_of_a_gated_article_is_not_published_and_others_are(built: Site):
    assert not (built.output / "gated.text").exists()
    assert "Words of the plain article" in built.page("plain.text")


def test_drafts_and_hidden_articles_have_a_gate_too(built: Site):
    for page in ("drafts/draft.html", "hidden.html", "gated-de.html", "crlf.html", "bom.html"):
        assert 'data-gp-place="gate"' in built.page(page), page


def test_a_feed_has_the_open_words_and_a_plain_link_instead_of_a_form(built: Site):
    for feed in ("feeds/all.atom.xml", "feeds/all.rss.xml", "feeds/writing.atom.xml"):
        text = html.unescape(built.page(feed))
        assert "The open words of the gated article" in text
        assert 'href="https://blog.example.org/offers/the-plan.html"' in text
        assert "<form" not in text
        assert "<script" not in text
        assert "gp:" not in text


def test_a_summary_is_made_of_open_words_only(built: Site):
    text = built.page("category/writing.html")
    assert "The open words of the gated article" in text
    if built.page("index.html").count("<article") and 'class="entry-content"' not in text:
        assert "<form" not in text


def test_every_published_gate_has_a_pdf_of_the_whole_article(built: Site):
    articles = built.catalogue.articles
    for slug in ("gated", "gated-de", "hidden", "short", "crlf", "bom"):
        rest = articles[slug].rest
        assert rest is not None, slug
        data = held_path(built.data, rest.id).read_bytes()
        assert data.startswith(b"%PDF")
        assert hashlib.sha256(data).hexdigest() == rest.id
    assert "draft" not in articles
    assert "future" not in articles


def test_the_pdf_has_what_the_page_holds_back(built: Site):
    from pypdf import PdfReader

    rest = built.catalogue.articles["gated"].rest
    assert rest is not None
    text = " ".join(page.extract_text() for page in PdfReader(held_path(built.data, rest.id)).pages)
    assert "open words of the gated article" in text
    assert "HELDREST" in text
    assert "HELDHEADING" in text

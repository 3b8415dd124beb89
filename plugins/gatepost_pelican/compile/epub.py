"""A book as EPUB 3."""

from __future__ import annotations

import hashlib
import tempfile
import uuid
from html import escape
from pathlib import Path

import mkepub

from .addresses import clean
from .binding import Binding, bind
from .blocks import Anchor, Body, Heading, NoteMark, walk
from .cover import cover_picture
from .manuscript import Manuscript
from .parts import Part, language, pictures_in, read_parts, with_curly_apostrophes
from .pictures import read_picture
from .running_text import clean_text
from .words import words_for
from .xhtml import Page, text

STYLE = Path(__file__).with_name("styles") / "ebook.css"
# Names of this kind of book; any fixed value would do, and it must never change.
BOOKS = uuid.UUID("2f6b2a2e-6a0b-5c0e-9a57-5f6d0b1a7c41")


class _Escaped(str):
    """Text that is markup-safe already: the binder's templates escape some places and not others."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def ebook_epub(m: Manuscript) -> bytes:
    """The book that epubcheck passes; the same manuscript gives the same bytes. Raises CompileError."""
    parts = read_parts(m)
    book = mkepub.Book(
        _safe(m.title),
        author=_safe(m.author or m.site_name),
        description=_safe(m.summary),
        lang=_lang(m),
        published=m.published_on.isoformat(),
        rights="",
    )
    # The same book keeps its name from edition to edition; readers recognise it by that.
    book.uuid = uuid.uuid5(BOOKS, clean_text(f"{m.site_url} {m.slug}"))
    book.set_stylesheet(STYLE.read_text(encoding="utf-8"))
    book.set_cover(cover_picture(m))
    pictures = _add_pictures(book, m, parts)
    homes = _homes(parts)
    for part in parts:
        page = Page(_page_name(part), homes, pictures, words_for(m.lang).notes)
        book.add_page(_safe(part.chapter.title), _chapter(m, part, page))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.epub"
        book.save(path)
        return bind(path, Binding(_lang(m), m.dated, words_for(m.lang)))


def _safe(words: str) -> str:
    return _Escaped(escape(clean_text(with_curly_apostrophes(words))))


def _lang(m: Manuscript) -> str:
    lang, region = language(m.lang)
    return f"{lang}-{region}" if region else lang


def _page_name(part: Part) -> str:
    # The binder numbers pages from 1 in the order in which they are added, as anchors are.
    return f"page{int(part.anchor.removeprefix('c')):04}.xhtml"


def _add_pictures(book: mkepub.Book, m: Manuscript, parts: tuple[Part, ...]) -> dict[Path, str]:
    added: dict[Path, str] = {}
    names: set[str] = set()
    for path in pictures_in(part.body for part in parts):
        data, kind = read_picture(path, m.slug)
        name = f"{hashlib.sha256(data).hexdigest()[:16]}.{kind}"
        if name not in names:
            book.add_image(name, data)
        names.add(name)
        added[path] = f"images/{name}"
    return added


def _homes(parts: tuple[Part, ...]) -> dict[str, str]:
    """The page of every place that a link of the book may lead to."""
    homes: dict[str, str] = {}
    for part in parts:
        homes[part.anchor] = _page_name(part)
        for anchor in _anchors(part.body):
            homes.setdefault(anchor, _page_name(part))
    return homes


def _anchors(body: Body) -> list[str]:
    blocks = [body.blocks]
    # A footnote is printed only where it is marked, and its anchors with it.
    blocks += [body.notes[p.note] for p in walk(body.blocks) if isinstance(p, NoteMark) and p.note in body.notes]
    anchors = [p.name if isinstance(p, Anchor) else p.anchor for part in blocks for p in walk(part)
               if isinstance(p, Anchor | Heading)]  # fmt: skip
    return [anchor for anchor in anchors if anchor]


def _chapter(m: Manuscript, part: Part, page: Page) -> str:
    number = f'<p class="number">{part.number}</p>\n' if part.number else ""
    title = text(with_curly_apostrophes(part.chapter.title))
    link = clean(part.chapter.source) if part.chapter.source else None
    online = (
        f'\n<p class="online">{text(words_for(m.lang).online)}: <a href="{text(link)}">{text(link)}</a></p>'
        if link
        else ""
    )
    return f"{number}<h1{page.identity(part.anchor)}>{title}</h1>\n{page.body(part.body)}{online}"

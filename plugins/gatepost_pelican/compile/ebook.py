"""A book as PDF: cover, imprint, contents, chapters."""

from __future__ import annotations

from .addresses import clean
from .cover import cover_pictures, cover_values
from .manuscript import Manuscript
from .parts import (
    Part,
    dates_line,
    meta,
    named_pictures,
    pictures_in,
    read_parts,
    setter_for,
    shortened,
    with_curly_apostrophes,
)
from .press import Sheet, set_pdf
from .setting import Setter, literal


def ebook_pdf(m: Manuscript) -> bytes:
    """A5, tagged, with bookmarks; the same manuscript gives the same bytes. Raises CompileError."""
    parts = read_parts(m)
    # A cover may stand in the text as well; it has one name then.
    pictures = cover_pictures(m) | named_pictures(pictures_in(part.body for part in parts), m.slug)
    setter = setter_for(parts, pictures)
    chapters = "\n".join(_chapter(part, setter) for part in parts)
    source = (
        f'#import "book.typ": *\n#let m = {meta(m, cover_values(m, pictures))}\n#show: book.with(m)\n'
        f"#imprint(m, {_imprint(m)})\n#contents(m)\n#{{\n{chapters}\n}}\n"
    )
    return set_pdf(Sheet(source, pictures, m.dated, m.slug))


def _chapter(part: Part, setter: Setter) -> str:
    title = part.chapter.title
    link = clean(part.chapter.source) if part.chapter.source else None
    values = (
        literal(part.anchor),
        str(part.number) if part.number else "none",
        literal(with_curly_apostrophes(title)),
        literal(shortened(title)),
        literal(link) if link else "none",
        setter.body(part.body),
    )
    return f"chapter(m, {', '.join(values)})"


def _imprint(m: Manuscript) -> str:
    home = clean(m.site_url)
    site = f"link({literal(home)}, {literal(m.site_name)})" if home else literal(m.site_name)
    author = [literal(m.author)] if m.author and m.author != m.site_name else []
    lines = [*author, site, literal(dates_line(m))]
    return "(" + ", ".join(lines) + ",)"

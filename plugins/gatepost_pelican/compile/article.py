"""One article as a PDF to print or keep."""

from __future__ import annotations

from .addresses import clean
from .manuscript import Manuscript
from .parts import byline, meta, named_pictures, on_one_sheet, pictures_in, read_parts, setter_for
from .press import Sheet, set_pdf
from .setting import literal


def article_pdf(m: Manuscript) -> bytes:
    """A4, without cover and contents; the same manuscript gives the same bytes. Raises CompileError."""
    parts = read_parts(m)
    pictures = named_pictures(pictures_in(part.body for part in parts), m.slug)
    texts = on_one_sheet(parts, setter_for(parts, pictures))
    link = clean(m.chapters[0].source) if m.chapters[0].source else None
    more = {"source": literal(link) if link else "none", "byline": literal(byline(m))}
    source = f'#import "article.typ": *\n#let m = {meta(m, more)}\n#show: article.with(m)\n#{{\n{texts}\n}}\n'
    return set_pdf(Sheet(source, pictures, m.dated, m.slug))

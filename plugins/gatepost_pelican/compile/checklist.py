"""A checklist as a PDF whose boxes can be ticked on screen and on paper."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import closing

import pikepdf

from .boxes import add_boxes
from .manuscript import Manuscript
from .parts import dates_line, meta, named_pictures, pictures_in, read_parts, with_curly_apostrophes
from .press import Sheet, set_pdf
from .setting import Setter, anchors_in, literal

# From comfortable to the smallest that is still easy to read on paper, in points.
SIZES = (12.5, 12.0, 11.5, 11.0, 10.5, 10.0, 9.5)
# A list that fits no single page is set at this size over as many as it needs.
SPREAD = 11.0


def checklist_pdf(m: Manuscript) -> bytes:
    """A4, on one page where a readable size allows it; the same manuscript gives the same bytes.

    Raises CompileError.
    """
    sheet, ticks = _sheet(m)
    for size in (*SIZES, SPREAD):
        with closing(pikepdf.open(io.BytesIO(set_pdf(sheet(size))))) as pdf:
            if len(pdf.pages) == 1 or size == SPREAD:
                return add_boxes(pdf, ticks)
    raise AssertionError("SPREAD is always the last size")


def _sheet(m: Manuscript) -> tuple[Callable[[float], Sheet], list[tuple[str, bool]]]:
    """The checklist for any size of text, and its boxes in order."""
    parts = read_parts(m)
    pictures = named_pictures(pictures_in(part.body for part in parts), m.slug)
    setter = Setter(anchors_in(part.body for part in parts) | {part.anchor for part in parts}, pictures, tickable=True)
    texts: list[str] = []
    for part in parts:
        if len(m.chapters) > 1 and part.number:
            texts.append(f"heading(level: 2, {literal(with_curly_apostrophes(part.chapter.title))})")
        texts.append(setter.body(part.body))
    body = "\n".join(texts)
    byline = " · ".join(filter(None, (m.author, dates_line(m))))

    def sheet(size: float) -> Sheet:
        values = meta(m, {"size": f"{size}pt", "byline": literal(byline)})
        source = f'#import "checklist.typ": *\n#let m = {values}\n#show: checklist.with(m)\n#{{\n{body}\n}}\n'
        return Sheet(source, pictures, m.dated, m.slug)

    return sheet, setter.ticks

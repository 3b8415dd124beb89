"""A checklist as a PDF whose boxes can be ticked on screen and on paper."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import closing

import pikepdf

from .boxes import add_boxes
from .manuscript import Manuscript
from .parts import byline, meta, named_pictures, on_one_sheet, pictures_in, read_parts, setter_for
from .press import Sheet, set_pdf
from .setting import literal

# Size of the text in points, and the room between items in its ems: from comfortable to the smallest that is
# still easy to read on paper.
SIZES = ((12.5, 1.05), (12.0, 1.05), (11.5, 1.05), (11.0, 1.0), (10.5, 0.95), (10.0, 0.9), (9.5, 0.8))
# A list that fits no single page is set like this over as many as it needs.
SPREAD = (11.0, 1.05)


def checklist_pdf(m: Manuscript) -> bytes:
    """A4, on one page where a readable size allows it; the same manuscript gives the same bytes.

    Raises CompileError.
    """
    sheet, ticks = _sheet(m)
    for size in (*SIZES, SPREAD):
        with closing(pikepdf.open(io.BytesIO(set_pdf(sheet(*size))))) as pdf:
            if len(pdf.pages) == 1 or size == SPREAD:
                return add_boxes(pdf, ticks)
    raise AssertionError("SPREAD is always the last size")


def _sheet(m: Manuscript) -> tuple[Callable[[float, float], Sheet], list[tuple[str, bool]]]:
    """The checklist for any size of text, and its boxes in order."""
    parts = read_parts(m)
    pictures = named_pictures(pictures_in(part.body for part in parts), m.slug)
    setter = setter_for(parts, pictures, tickable=True)
    body = on_one_sheet(parts, setter)

    def sheet(size: float, air: float) -> Sheet:
        values = meta(m, {"size": f"{size}pt", "byline": literal(byline(m))})
        source = (
            f'#import "checklist.typ": *\n#let m = {values}\n#let ticks = ticks.with(air: {air}em)\n'
            f"#show: checklist.with(m)\n#{{\n{body}\n}}\n"
        )
        return Sheet(source, pictures, m.dated, m.slug)

    return sheet, setter.ticks

"""A case study as a PDF: proof to print, to forward and to lay beside a quotation."""

from __future__ import annotations

from .manuscript import Manuscript
from .parts import (
    byline,
    meta,
    named_pictures,
    on_one_sheet,
    pictures_in,
    read_parts,
    setter_for,
    with_curly_apostrophes,
)
from .press import Sheet, set_pdf
from .setting import literal
from .words import words_for


def case_study_pdf(m: Manuscript) -> bytes:
    """A4, marked as a case study, client and result in a box at its top; the same manuscript gives the same bytes.

    Raises CompileError.
    """
    parts = read_parts(m)
    pictures = named_pictures(pictures_in(part.body for part in parts), m.slug)
    texts = on_one_sheet(parts, setter_for(parts, pictures))
    words = words_for(m.lang)
    facts = [(words.client, m.client), (words.result, m.result)]
    rows = (f"({literal(name)}, {literal(with_curly_apostrophes(text))})" for name, text in facts if text.strip())
    more = {
        "label": literal(words.case_study),
        "byline": literal(byline(m)),
        "facts": f"({', '.join(rows)},)" if m.client.strip() or m.result.strip() else "()",
    }
    source = f'#import "case-study.typ": *\n#let m = {meta(m, more)}\n#show: case-study.with(m)\n#{{\n{texts}\n}}\n'
    return set_pdf(Sheet(source, pictures, m.dated, m.slug))

"""PDFs for those who listen: what the files claim of themselves (PDF/UA-1) is true as far as a program can tell."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest

from gatepost_pelican.compile import COMPILERS, Chapter, Manuscript, checklist_pdf

from .conftest import CHECKLIST, Make, to_html
from .hostile import MIXED
from .tagged import TaggedPdf

PDFS = [name for name in COMPILERS if COMPILERS[name].extension == "pdf"]


@pytest.mark.parametrize("name", PDFS)
def test_what_a_file_claims_is_true_of_its_tags(name: str, book: Manuscript) -> None:
    mixed = replace(book, chapters=(*book.chapters, Chapter("Mixed", MIXED)), client="A workshop", result="Less work")
    assert TaggedPdf(COMPILERS[name].compile(mixed)).faults() == []


def test_boxes_laid_over_a_checklist_keep_its_claim_true(manuscript: Make) -> None:
    html = to_html(CHECKLIST) * 5 + MIXED
    tagged = TaggedPdf(checklist_pdf(manuscript(Chapter("Long", html))))
    assert len(tagged.pdf.pages) > 1
    assert len(tagged.pdf.Root.AcroForm.Fields) == 28
    assert tagged.faults() == []


def without(entry: str) -> Callable[[pikepdf.Pdf], None]:
    def damage(pdf: pikepdf.Pdf) -> None:
        del pdf.Root[entry]

    return damage


def without_words(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AcroForm.Fields[0]["/TU"]


def hidden_on_paper(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.Fields[1].F = 2


def tabs_by_rows(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Tabs = pikepdf.Name.R


def field_of_no_tag(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AcroForm.Fields[2]["/StructParent"]


def strokes_of_nothing(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"0 0 m 9 9 l S")


def a_field_called_link(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Form":
            item.S = pikepdf.Name.Link


def a_level_skipped(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/H2":
            item.S = pikepdf.Name.H4


DAMAGES = [
    without("/Lang"), without("/MarkInfo"), without("/ViewerPreferences"), without_words, hidden_on_paper, tabs_by_rows,
    field_of_no_tag, strokes_of_nothing, a_field_called_link, a_level_skipped,
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_file_that_breaks_its_claim_is_found_out(
    damage: Callable[[pikepdf.Pdf], None], checklist: Manuscript
) -> None:
    pdf = pikepdf.open(io.BytesIO(checklist_pdf(checklist)))
    damage(pdf)
    out = io.BytesIO()
    pdf.save(out)
    assert TaggedPdf(out.getvalue()).faults()


def test_text_that_needs_a_stranger_s_font_is_kept_and_claims_no_more_than_is_true(manuscript: Make) -> None:
    tagged = TaggedPdf(checklist_pdf(manuscript(Chapter("A", "<ul><li>[ ] \u65e5\u672c\u8a9e</li></ul>"))))
    assert str(tagged.pdf.Root.AcroForm.Fields[0].TU) == "\u65e5\u672c\u8a9e"
    claims = b"pdfuaid:part" in tagged.pdf.Root.Metadata.read_bytes()
    # Without a font for it on this machine the file claims nothing; with one, the claim holds.
    assert claims == (tagged.faults() == [])

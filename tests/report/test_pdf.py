"""The report on paper: accessible, whole, and harmless whatever somebody typed."""

from __future__ import annotations

import io
from pathlib import Path

from pypdf import PdfReader

from gatepost.actions import noting, setting_type
from gatepost.actions.noting import Typed
from gatepost.engine import Engine
from gatepost.report.notes import CAUSE
from gatepost.report.span import ALL_TIME, Span, before, named
from tests.cli.test_asked import run
from tests.report import story

NASTY = 'Said "#panic()" \\ ] $x$ // <b> @now *bold* #{'


def _pdf(engine: Engine, span: Span = ALL_TIME, model: str = "linear") -> PdfReader:
    made = setting_type.pdf(
        engine.database, engine.catalogue, model=model, span=span, compare=before(span), now=engine.now()
    )
    return PdfReader(io.BytesIO(made))


def _text(pdf: PdfReader) -> str:
    return " ".join("".join(page.extract_text() + "\n" for page in pdf.pages).split())


def test_it_is_tagged_titled_and_on_a4(engine: Engine) -> None:
    story.busy_month(engine.database)
    pdf = _pdf(engine, named("month", engine.now().date()))
    assert b"pdfuaid:part" in pdf.trailer["/Root"]["/Metadata"].get_data()
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"] == "en"
    assert pdf.metadata
    assert pdf.metadata.title == f"Report: {engine.catalogue.site_name}"
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pdf.pages} == {(595, 842)}


def test_it_leads_with_the_goal_and_never_leaves_out_what_is_uncertain(engine: Engine) -> None:
    story.busy_month(engine.database)
    noting.add(engine, Typed("2026-11-04", "Talk at the harbour"))
    text = _text(_pdf(engine, named("month", engine.now().date())))
    headings = (
        "New leads",
        "Articles",
        "Where readers are lost",
        "The ladder",
        "Channels",
        "What happened",
        "What is uncertain",
    )
    places = [text.index(f" {heading} ") for heading in headings]
    assert places == sorted(places)
    assert "7 new leads, up by 7 from 0" in text
    assert "4 Nov 2026: Talk at the harbour" in text
    assert CAUSE.split(":")[0] in text
    assert "before it 1 October 2026 to 22 October 2026" in text


def test_what_somebody_typed_is_set_and_never_obeyed(engine: Engine) -> None:
    noting.add(engine, Typed("2026-11-04", NASTY))
    noting.add(engine, Typed("2026-11-05", "Katze 🐈 猫 قطة"))
    assert NASTY in _text(_pdf(engine))


def test_an_empty_site_has_a_report_too(engine: Engine) -> None:
    assert "0 new leads" in _text(_pdf(engine, model="markov"))


def test_the_command_line_writes_a_file_and_only_a_pdf(engine: Engine, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    assert run(engine, "report", "--format", "pdf").exit_code == 2
    assert run(engine, "report", "--format", "csv", "-o", str(file)).exit_code == 2
    assert not file.exists()
    assert run(engine, "report", "--format", "pdf", "-o", str(file)).exit_code == 0
    assert PdfReader(file).pages

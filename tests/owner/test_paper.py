"""The report as a PDF, from the dashboard."""

from __future__ import annotations

import io

from pypdf import PdfReader

from tests.owner.conftest import Browser


def test_an_owner_gets_the_chosen_days_on_paper(inside: Browser) -> None:
    overview = inside.get("/owner/?since=2026-11-01&until=2026-11-30").text
    assert "/owner/report.pdf?since=2026-11-01&amp;until=2026-11-30" in overview
    answer = inside.get("/owner/report.pdf?since=2026-11-01&until=2026-11-30")
    assert answer.headers["Content-Type"] == "application/pdf"
    first = PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()
    assert "1 November 2026 to 30 November 2026, before it 1 October 2026 to 31 October 2026" in " ".join(first.split())


def test_nobody_else_does(bo: Browser) -> None:
    answer = bo.get("/owner/report.pdf")
    assert answer.status_code == 303
    assert "/owner/login" in answer.headers["Location"]

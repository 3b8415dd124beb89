"""Setting type: the report as a PDF, to be printed or passed on."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, time
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from gatepost.actions import looking, looking_further, noting, ranking, reporting
from gatepost.attribution import DEFAULT, MODELS
from gatepost.catalogue import Catalogue
from gatepost.report import Report
from gatepost.report.span import ALL_TIME, Span
from gatepost.report.typeset import MOST, Printed, source
from gatepost.store import Database

if TYPE_CHECKING:
    from typst import PDFStandard


class TypesettingFailed(Exception):
    """The typesetter refused the report."""

    cure = (
        "Look at the titles of articles and at notes for odd characters; the report as html or csv is not set in type."
    )


def pdf(
    database: Database,
    catalogue: Catalogue,
    *,
    model: str = DEFAULT,
    span: Span = ALL_TIME,
    compare: Span | None = None,
    now: datetime,
) -> bytes:
    """The report of a span on A4, accessible (PDF/UA-1) where our fonts have all its letters, tagged in any case.

    A model that judges all journeys at once needs the whole report, which takes longer. Raises TypesettingFailed,
    DatabaseUnreachable.
    """
    report, articles = _ranked(database, catalogue, model, span, now)
    ladder, _ = reporting.ladder_page(database, catalogue, span=span, now=now)
    printed = Printed(
        overview=looking.look(database, catalogue, span=span, compare=compare, now=now),
        report=report,
        articles=articles,
        steps=reporting.steps(database, span=span),
        rungs=ladder.rungs,
        arrivals=looking_further.arrivals(database, span=span),
        noted=noting.within(database, span, None),
        compare=compare,
    )
    return _set(source(printed), now)


def _ranked(database: Database, catalogue: Catalogue, model: str, span: Span, now: datetime) -> tuple[Report, int]:
    if MODELS[model].shares is None:
        whole = reporting.report(database, catalogue, model=model, span=span, now=now)
        return whole, len(whole.rows)
    page = ranking.page(database, catalogue, model=model, span=span, size=MOST, now=now)
    return page.report, page.articles


def _set(code: str, now: datetime) -> bytes:
    import typst

    style = files("gatepost.report").joinpath("templates", "report.typ").read_text("utf-8")
    # Letters that no font of ours has: what this machine has is better than empty boxes.
    attempts: tuple[tuple[list[PDFStandard], bool], ...] = ((["ua-1"], False), (["ua-1"], True), ([], True))
    with tempfile.TemporaryDirectory() as folder:
        main = Path(folder) / "main.typ"
        main.write_text(f"{style}\n{code}", encoding="utf-8")
        for standards, strangers in attempts:
            try:
                made = typst.compile(
                    main,
                    root=main.parent,
                    format="pdf",
                    ignore_system_fonts=not strangers,
                    pdf_standards=standards,
                    timestamp=datetime.combine(now.date(), time(), UTC),
                    package_path=folder,
                    package_cache_path=folder,
                )
                return bytes(made)
            except typst.TypstError as error:
                refused = error
    raise TypesettingFailed(f"The report could not be set: {refused.message}") from refused

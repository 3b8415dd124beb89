"""The report in a terminal: columns give way, digits do not."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table
from sqlalchemy import text

from gatepost.actions import printing, reporting
from gatepost.report.notes import CAUSE
from gatepost.store import Database
from tests.conftest import small_catalogue
from tests.report import people, story

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def _printed(table: Table, width: int) -> list[str]:
    console = Console(width=width, record=True, file=io.StringIO())
    console.print(table)
    return [line.rstrip() for line in console.export_text().splitlines()]


@pytest.mark.parametrize("model", ["linear", "markov"])
@pytest.mark.parametrize("width", [80, 100, 120, 160, 240])
def test_no_figure_is_cut_and_what_has_no_room_is_named(width: int, model: str) -> None:
    report = people.made(people.busy(), model)
    lines = _printed(printing.table(report, width=width), width)
    said = " ".join(" ".join(lines).split())
    assert max(map(len, lines)) <= width
    (article,) = [line for line in lines if line.strip().startswith("Article A")]
    assert "too early" in article
    assert "20 of 120 confirmed leads" in said
    assert ("No room here for" in said) == (width < 240)
    if width == 240:
        assert CAUSE in said
        assert "1.00 - 2.00" in article
        assert "200.00 EUR" in article
        assert ("75 %" in article) == (model == "markov")
        assert ("150 % (-100 % - 561 %)" in article) == (model == "linear")


@pytest.mark.parametrize("width", [80, 120, 200])
def test_classes_stand_over_their_channels(width: int) -> None:
    lines = _printed(printing.groups_table(people.made(people.busy()), width=width), width)
    assert max(map(len, lines)) <= width
    order = [line.strip().split("  ")[0] for line in lines[3:] if line.startswith("  ")]
    assert order == ["Cultivated", "Organic search", "Organic social", "Interest", "E-mail", "Unknown"]
    assert any("9.0 %" in line and "5.3 % - 15 %" in line for line in lines)


def test_the_rows_behind_an_article_show_what_is_not_believed(database: Database, tmp_path: Path) -> None:
    built = small_catalogue(tmp_path / "data", NOW)
    story.busy_month(database)
    with database.writing() as tx:
        tx.execute(text("UPDATE touch SET suspect = 'receipt-forged' WHERE article = 'second-thoughts'"))
    behind = reporting.article(database, built, "first-steps", model="markov", now=NOW)
    said = " ".join(" ".join(_printed(printing.article_table(behind), 200)).split())
    assert "second-thoughts (not believed: receipt-forged) > first-steps" in said
    assert "n/a" in said
    plain = reporting.article_json(behind)["requests"]
    assert {touch["suspect"] for one in plain for touch in one["journey"]} == {"", "receipt-forged"}
    assert {one["credit"] for one in plain} == {None}


def test_markov_over_a_real_database_gives_away_the_same_leads(database: Database, tmp_path: Path) -> None:
    built = small_catalogue(tmp_path / "data", NOW)
    story.busy_month(database)
    found = reporting.report(database, built, model="markov", now=NOW)
    assert sum(row.credit for row in found.rows) + found.totals.unplaced.credit == pytest.approx(7)
    assert found.totals.value == reporting.report(database, built, now=NOW).totals.value

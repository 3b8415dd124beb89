"""The plugin's report: written beside the site, never in it, and never a reason for a build to fail."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gatepost import catalogue
from gatepost.store import Database, schema
from gatepost_pelican import report
from gatepost_pelican import settings as site_settings
from tests.conftest import small_catalogue
from tests.report import story


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A built site's settings, as the signal hands them over, and a catalogue."""
    (tmp_path / "pelicanconf.py").write_text("")
    (tmp_path / "content").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GATEPOST_DATABASE_URL", raising=False)
    monkeypatch.delenv("GATEPOST_DATA_DIR", raising=False)
    small_catalogue(tmp_path / ".gatepost", datetime(2026, 11, 22, tzinfo=UTC))
    plain = {
        "PATH": str(tmp_path / "content"),
        "OUTPUT_PATH": str(tmp_path / "output"),
        "SITENAME": "A site of no module",
    }
    return SimpleNamespace(settings=plain)


def _database(tmp_path: Path) -> None:
    made = Database(f"sqlite:///{tmp_path / '.gatepost' / 'gatepost.db'}")
    schema.upgrade(made)
    story.busy_month(made)
    made.close()


def build(site: Any) -> None:
    """What a build does about its report, without Pelican around it."""
    read, mistakes = site_settings.read(site.settings, os.environ)
    assert not mistakes
    found = report.before_pages(read, catalogue.read(read.data))
    report.after_build(site.settings, read, found)


def test_three_files_lie_beside_the_site(site: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _database(tmp_path)
    build(site)
    shown = capsys.readouterr().out
    assert "First steps" in shown
    assert "8 asked, 7 confirmed" in shown
    assert "report/index.html" in shown
    assert sorted(path.name for path in (tmp_path / "report").iterdir()) == [
        "articles.csv",
        "index.html",
        "report.json",
    ]
    plain = json.loads((tmp_path / "report" / "report.json").read_text())
    assert plain["articles"][0]["slug"] == "first-steps"
    assert (tmp_path / "report" / "articles.csv").read_text().startswith("slug,title,url,reads")
    assert not (tmp_path / "output").exists()


def test_the_table_fits_eighty_columns_and_loses_no_number(
    site: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    _database(tmp_path)
    build(site)
    lines = capsys.readouterr().out.splitlines()
    assert max(len(line.rstrip()) for line in lines if "report/index.html" not in line) <= 80
    plain = json.loads((tmp_path / "report" / "report.json").read_text())
    for row in plain["articles"]:
        (line,) = [line for line in lines if row["title"][:12] in line]
        assert [str(row[name]) for name in ("unique_readers", "helped")] == line.removeprefix(
            "  " + row["title"]
        ).split()[:2]
        assert line.rstrip().endswith(row["rate"]["verdict"] if row["rate"] else "-")


def test_without_a_database_there_is_one_line_and_none_is_made(
    site: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(site)
    assert capsys.readouterr().out.splitlines() == [
        "Gatepost: no report. There is no database yet; `gatepost up` makes one."
    ]
    assert not (tmp_path / ".gatepost" / "gatepost.db").exists()
    assert not (tmp_path / "report").exists()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://nobody@127.0.0.1:1/none", "Check GATEPOST_DATABASE_URL"),
        ("mysql://somewhere", "names no known database"),
    ],
)
def test_a_database_out_of_reach_is_one_line(
    site: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], url: str, words: str
) -> None:
    monkeypatch.setenv("GATEPOST_DATABASE_URL", url)
    build(site)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    assert words in lines[0]


def test_a_database_without_tables_or_of_another_kind_is_one_line(
    site: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / ".gatepost" / "gatepost.db"
    for content in (b"", b"this is a letter and no database at all" * 100):
        path.write_bytes(content)
        build(site)
        assert len(capsys.readouterr().out.splitlines()) == 1
    assert not (tmp_path / "report").exists()


def test_a_folder_that_is_published_is_refused(site: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _database(tmp_path)
    site.settings["GATEPOST_REPORT_DIR"] = "output/report"
    build(site)
    assert "Choose a folder outside" in capsys.readouterr().out
    assert not (tmp_path / "output").exists()


def test_a_build_without_a_database_does_not_load_what_reads_one() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, gatepost_pelican.report; print('sqlalchemy' in sys.modules, 'scipy' in sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert loaded.stdout.split() == ["False", "False"]

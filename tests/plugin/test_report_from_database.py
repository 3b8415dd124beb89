"""Figures from a database, and from what an earlier build kept; neither is ever a reason for a build to fail."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from gatepost.store import Database, schema
from tests.plugin.reporting import ONCE, Folder
from tests.plugin.sites import Site


def test_a_locked_database_is_given_up(folder: Folder, impatient: None, capsys: Any) -> None:
    folder.fill_database()
    folder.keep()
    held = sqlite3.connect(folder.data / "gatepost.db", isolation_level=None)
    held.execute("PRAGMA locking_mode=EXCLUSIVE")
    held.execute("BEGIN EXCLUSIVE")
    found = folder.build()
    held.close()
    assert found.figures is not None
    assert found.figures.is_kept
    assert "within 0.5 seconds" in capsys.readouterr().out.splitlines()[-1]


def test_a_server_that_takes_the_call_and_says_nothing_is_given_up(
    folder: Folder, impatient: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("GATEPOST_DATABASE_URL", f"postgresql://bo@127.0.0.1:{silent.getsockname()[1]}/none")
        folder.build()
    (line,) = capsys.readouterr().out.splitlines()
    assert "within 0.5 seconds" in line


def test_tables_of_an_older_version_are_one_line(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.fill_database()
    with sqlite3.connect(folder.data / "gatepost.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    connection.close()
    folder.build()
    (line,) = capsys.readouterr().out.splitlines()
    assert "gatepost db upgrade" in line


def test_tables_of_a_newer_version_are_one_line(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.fill_database()
    with sqlite3.connect(folder.data / "gatepost.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    folder.build()
    (line,) = capsys.readouterr().out.splitlines()
    assert "Upgrade Gatepost" in line


def test_the_database_has_the_figures_kept_too(folder: Folder) -> None:
    folder.fill_database()
    first = folder.build().figures
    (folder.data / "gatepost.db").unlink()
    again = folder.build().figures
    assert first is not None
    assert again is not None
    assert (again.is_kept, again.articles) == (True, first.articles)


def test_the_report_reads_postgresql_alike(folder: Folder, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Database(postgres_url)
    with made.writing() as tx:
        tx.execute(text("DROP SCHEMA public CASCADE"))
        tx.execute(text("CREATE SCHEMA public"))
    schema.upgrade(made)
    made.close()
    monkeypatch.setenv("GATEPOST_DATABASE_URL", postgres_url)
    found = folder.build()
    assert found.reasons == ()
    assert found.figures is not None
    assert set(found.figures.articles) >= {"first-steps", "gated"}


# The cache


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[]", b"null", bytes(range(256)), b'{"format": 2}', b'{"format": 1}',
        b'{"format": 1, "report": {}, "html": "", "csv": ""}', b"[" * 200_000,
        b'{"format": 1, "html": "", "csv": "", "report": {"format": 1, "articles": [], "made_at": "2026", "site_rate": NaN}}',
        b'{"format": 1, "html": "", "csv": "", "report": {"format": 1, "articles": [7], "made_at": 7, "site_rate": 0}}',
    ],
)  # fmt: skip
def test_a_cache_that_is_none_is_one_line(folder: Folder, capsys: pytest.CaptureFixture[str], content: bytes) -> None:
    (folder.data / "report.json").write_bytes(content)
    assert folder.build().figures is None
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("Gatepost: no report. There is no database yet; `gatepost up` makes one.")
    assert len(line) > 80
    assert folder.files() == {}


def test_a_cache_that_cannot_be_written_is_one_line(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.fill_database()
    (folder.data / "report.json").mkdir()
    folder.build()
    shown = capsys.readouterr().out
    assert "could not be kept" in shown
    assert tuple(folder.files()) == ONCE


def test_a_folder_that_cannot_be_written_is_one_line(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.fill_database()
    (folder.path / "report").write_text("This is a file.")
    folder.build()
    shown = capsys.readouterr().out
    assert "the report's files stay as they were" in shown
    assert "First steps" in shown


def test_figures_of_today_say_so(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    folder.keep(datetime.now(UTC))
    folder.build()
    assert "less than a day old" in capsys.readouterr().out


def test_a_cache_from_a_clock_that_ran_ahead_is_not_of_a_negative_age(folder: Folder, capsys: Any) -> None:
    folder.keep(datetime.now(UTC) + timedelta(days=400))
    folder.build()
    assert "less than a day old" in capsys.readouterr().out


def test_a_whole_build_ends_although_everything_it_asks_is_silent(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        monkeypatch.setenv("GATEPOST_API_TOKEN", "gp_x")
        monkeypatch.setenv("GATEPOST_CAPTURE_URL", f"http://127.0.0.1:{port}")
        monkeypatch.setenv("GATEPOST_DATABASE_URL", f"postgresql://bo@127.0.0.1:{port}/none")
        done = site.run("content", "-s", "pelicanconf.py", "--fatal", "errors")
    assert done.returncode == 0, done.stderr
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("Gatepost:")]
    assert line.count("within 3 seconds") == 2
    assert (site.output / "plain.html").is_file()


@pytest.fixture
def closed(folder: Folder) -> Iterator[Folder]:
    """A site that this process may read and not write, whoever it runs as; an earlier build kept figures."""
    figures = folder.keep()
    place = Path(tempfile.mkdtemp(prefix="gatepost-closed-"))
    shutil.copytree(folder.path, place / "site")
    for path in (place, *place.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    settings = {**folder.settings, "PATH": str(place / "site" / "content"), "OUTPUT_PATH": str(place / "output")}
    made = Folder(place / "site", settings)
    assert figures.articles
    yield made
    if is_root:
        os.seteuid(0)
    place.chmod(0o755)
    for path in place.rglob("*"):
        path.chmod(0o755)
    shutil.rmtree(place)


def test_where_nothing_may_be_written_the_figures_are_shown(
    closed: Folder, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(closed.path)
    found = closed.build()
    assert found.figures is not None
    shown = capsys.readouterr().out
    assert "First steps" in shown
    assert "the report's files stay as they were. [Errno 13]" in shown
    assert not (closed.path / "report").exists()

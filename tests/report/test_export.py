"""An export is whole, is of one moment, tells nobody's name, and writes over nothing that is not its own."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from sqlalchemy import select

from gatepost.actions import exporting_rows
from gatepost.actions.exporting_rows import FolderTaken, export_rows
from gatepost.store import Database, rows, schema
from gatepost.store import tables as t
from tests.conftest import Clock, small_catalogue
from tests.report import past

NOW = Clock()()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def year(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    is_sqlite = request.param == "sqlite"
    folder = tmp_path_factory.mktemp("year")
    database = Database(f"sqlite:///{folder / 'year.db'}" if is_sqlite else request.getfixturevalue("postgres_url"))
    if not is_sqlite:
        with database.writing() as tx:
            tx.exec_driver_sql("DROP SCHEMA public CASCADE")
            tx.exec_driver_sql("CREATE SCHEMA public")
    schema.upgrade(database)
    past.fill(database, people=60)
    yield database
    database.close()


@pytest.fixture
def built(tmp_path: Path) -> Any:
    return small_catalogue(tmp_path / "data", NOW)


def table(folder: Path, name: str) -> list[dict[str, Any]]:
    with duckdb.connect() as session:
        session.execute("SET TimeZone = 'UTC'")
        found = session.execute(f"SELECT COLUMNS(*)::VARCHAR FROM '{folder / name}.parquet'")
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def types(folder: Path, name: str) -> dict[str, str]:
    with duckdb.connect() as session:
        found = session.execute(f"DESCRIBE FROM '{folder / name}.parquet'").fetchall()
    return {row[0]: row[1] for row in found}


def test_every_row_is_there_with_its_types(year, built, tmp_path):
    counts = export_rows(year, built, tmp_path / "rows", now=NOW)
    with year.reading() as tx:
        for name in rows.columns():
            stored = tx.execute(select(t.metadata.tables[name])).all()
            assert len(table(tmp_path / "rows", name)) == counts[name] == len(stored) > 0, name
        stored_touch = {(str(r.signup_id), r.place): r for r in tx.execute(select(t.touch))}
    for row in table(tmp_path / "rows", "touch"):
        kept = stored_touch[row["signup_id"], int(row["place"])]
        assert (row["article"], row["channel"], row["suspect"]) == (kept.article, kept.channel, kept.suspect)
        assert row["at"] == kept.at.strftime("%Y-%m-%d %H:%M:%S.%f").rstrip("0").rstrip(".") + "+00"
    assert types(tmp_path / "rows", "deal") == {
        "id": "UUID", "lead_id": "UUID", "amount": "BIGINT", "currency": "VARCHAR", "day": "DATE", "kind": "VARCHAR",
        "imported_at": "TIMESTAMP WITH TIME ZONE",
    }  # fmt: skip
    assert types(tmp_path / "rows", "signup")["forgetful"] == "BOOLEAN"
    assert types(tmp_path / "rows", "credit_sum")["shares"] == "DOUBLE"
    assert [row["slug"] for row in table(tmp_path / "rows", "article")] == list(built.articles)
    assert {row["published_on"] for row in table(tmp_path / "rows", "article")} == {
        article.published_on for article in built.articles.values()
    }
    assert table(tmp_path / "rows", "offer")[0]["value_amount"] == "4000"


def test_no_address_name_note_or_page_is_in_any_file_or_value(year, built, tmp_path):
    export_rows(year, built, tmp_path / "rows", now=NOW)
    with year.reading() as tx:
        people = tx.execute(select(t.lead.c.email, t.lead.c.name)).all()
    hidden = {
        "example.org",
        "Paid by",
        "ask bo",
        ".html?",
        *(name for _, name in people),
        *(email for email, _ in people),
    }
    values = "\n".join(
        str(value)
        for path in (tmp_path / "rows").glob("*.parquet")
        if path.stem not in ("article", "offer", "channel")
        for row in table(tmp_path / "rows", path.stem)
        for value in row.values()
    )
    assert "first-steps" in values
    raw = b"".join(path.read_bytes() for path in (tmp_path / "rows").iterdir())
    for word in hidden:
        assert word not in values
        assert word.encode() not in raw
    assert len(hidden) > 100


def test_addresses_come_only_when_asked_for(year, built, tmp_path):
    export_rows(year, built, tmp_path / "rows", now=NOW, with_addresses=True)
    found = {(row["email"], row["name"]) for row in table(tmp_path / "rows", "lead")}
    with year.reading() as tx:
        assert found == {tuple(row) for row in tx.execute(select(t.lead.c.email, t.lead.c.name))}
    assert (tmp_path / "rows").stat().st_mode & 0o077 == 0


def test_portions_make_the_same_files_as_one_piece(year, built, tmp_path, monkeypatch):
    export_rows(year, built, tmp_path / "whole", now=NOW)
    monkeypatch.setattr(rows, "PORTION", 7)
    with year.reading() as tx:
        assert {len(portion) for portion in rows.portions(tx, "touch")} - {7} < set(range(7))
    export_rows(year, built, tmp_path / "parts", now=NOW)
    for name in rows.columns():
        whole, parts = table(tmp_path / "whole", name), table(tmp_path / "parts", name)
        assert sorted(map(str, whole)) == sorted(map(str, parts))


def test_what_is_written_meanwhile_is_in_no_table(year, built, tmp_path):
    """A counter raised between the first table and the last."""
    waited = threading.Event()

    def write_meanwhile(name: str) -> None:
        if name == "touch_day" and not waited.is_set():
            waited.set()
            with year.writing() as tx:
                tx.execute(t.touch_day.update().values(count=t.touch_day.c.count + 1000))
                tx.execute(t.dropped_day.update().values(count=t.dropped_day.c.count + 1000))

    export_rows(year, built, tmp_path / "before", now=NOW)
    export_rows(year, built, tmp_path / "during", now=NOW, progress=write_meanwhile)
    assert waited.is_set()
    for name in ("touch_day", "dropped_day"):
        assert sorted(map(str, table(tmp_path / "before", name))) == sorted(map(str, table(tmp_path / "during", name)))


def test_an_earlier_export_is_replaced_and_nothing_else(year, built, tmp_path):
    folder = tmp_path / "rows"
    folder.mkdir()
    export_rows(year, built, folder, now=NOW)
    first = (folder / exporting_rows.MANIFEST).read_text()
    export_rows(year, built, folder, now=NOW.replace(year=2027))
    assert json.loads(first)["made_at"] < json.loads((folder / exporting_rows.MANIFEST).read_text())["made_at"]
    (folder / "diary.txt").write_text("mine")
    with pytest.raises(FolderTaken, match="diary"):
        export_rows(year, built, folder, now=NOW)
    assert (folder / "diary.txt").read_text() == "mine"
    assert {path.name for path in tmp_path.iterdir()} == {"rows", "data"}


def test_a_failed_export_leaves_nothing_behind_and_the_earlier_one_whole(year, built, tmp_path):
    folder = tmp_path / "rows"
    export_rows(year, built, folder, now=NOW)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def fail(name: str) -> None:
        if name == "spend":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_rows(year, built, folder, now=NOW, progress=fail)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert {path.name for path in tmp_path.iterdir()} == {"rows", "data"}


def test_the_command_needs_nothing_that_only_tests_have(database, tmp_path):
    """pandas and pyarrow are in a test environment; DuckDB would use them where it finds them."""
    past.fill(database, people=5)
    small_catalogue(tmp_path / "data", NOW)
    code = (
        "import sys; sys.modules.update(pandas=None, pyarrow=None, polars=None)\n"
        "from gatepost.cli import main; sys.argv[1:] = ['db', 'export', 'rows', '--with-addresses']; sys.exit(main())"
    )
    env = {"GATEPOST_DATABASE_URL": database.url, "GATEPOST_DATA_DIR": str(tmp_path / "data")}
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert "README.md" in done.stdout
        assert "addresses" in done.stderr
    (tmp_path / "rows" / "mine.txt").touch()
    refused = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert refused.returncode == 2
    assert "mine.txt" in refused.stderr

"""A demo is the same each time, adds up, and touches nothing that is not its own."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from gatepost import settings
from gatepost.actions import crediting
from gatepost.actions.demoing import fill, marked
from gatepost.cli.demo import demo
from gatepost.settings import Settings
from gatepost.store import Database
from gatepost.store import tables as t
from tests.demo.conftest import REAL, Filled, rows

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def places(filled: Filled, folder: Path, **env: str) -> Settings:
    """Settings of another demo of the same site."""
    chosen = settings.read(marked.environment({"GATEPOST_DATA_DIR": str(folder), **env}), local=True)
    built = filled.settings.data_dir
    shutil.copytree(built / "held", chosen.data_dir / "held")
    shutil.copy(built / "catalogue.json", chosen.data_dir)
    return chosen


def small(chosen: Settings, seed: int = 3, now: datetime = NOON) -> dict[str, list[tuple[object, ...]]]:
    fill.fill(chosen, seed=seed, days=45, people=9, now=now)
    database = Database(chosen.database_url)
    found = rows(database)
    database.close()
    return found


def test_the_same_seed_on_the_same_day_makes_the_same_rows_and_another_seed_others(filled, tmp_path):
    chosen = places(filled, tmp_path)
    one = small(chosen)
    assert one["lead"]
    assert one["touch_day"]
    assert one["outbox"]
    assert small(chosen, now=NOON.replace(hour=20)) == one
    assert small(chosen, seed=4)["lead"] != one["lead"]


def test_counting_everything_again_changes_nothing(filled):
    database = Database(filled.settings.database_url)
    before = rows(database)
    crediting.recount(database)
    after = rows(database)
    database.close()
    assert {name: _rounded(after[name]) for name in after} == {name: _rounded(before[name]) for name in before}


def _rounded(found: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    # Shares are added up in another order; what came to nought and what never was are the same.
    near = [tuple(round(cell, 6) if isinstance(cell, float) else cell for cell in row) for row in found]
    return sorted(
        (row for row in near if any(isinstance(cell, int | float) and cell for cell in row) or not row), key=repr
    )


def test_the_real_database_is_the_same_byte_for_byte_and_no_letter_had_a_server(filled):
    assert filled.real.read_bytes() == filled.before
    assert sorted(path.name for path in filled.real.parent.iterdir()) == ["blog", "real.db"]
    assert filled.settings.smtp is None
    assert not (filled.site / "output").exists()
    assert not (filled.site / "report").exists()
    assert sorted(path.name for path in (filled.site / ".gatepost").iterdir()) == ["demo"]


def test_a_real_database_named_in_the_environment_keeps_every_row(filled, both, tmp_path):
    with both.writing() as tx:
        tx.execute(t.preference.insert(), [{"key": "goal", "value": "clients"}])
    before = rows(both)
    chosen = places(filled, tmp_path / "own", GATEPOST_DATABASE_URL=both.url, **REAL)
    assert chosen.smtp is None
    assert chosen.database_url == f"sqlite:///{tmp_path / 'own' / 'demo' / 'gatepost.db'}"
    small(chosen)
    assert rows(both) == before


def test_a_database_that_lies_in_the_demos_place_and_is_not_marked_is_refused(filled, migrated, tmp_path, monkeypatch):
    chosen = places(filled, tmp_path)
    path = chosen.data_dir / marked.FILE
    path.write_bytes(migrated.read_bytes())
    with pytest.raises(marked.NotTheDemo):
        small(chosen)
    assert path.read_bytes() == migrated.read_bytes()
    monkeypatch.chdir(filled.site)
    monkeypatch.setenv("GATEPOST_DATA_DIR", str(tmp_path))
    said = CliRunner().invoke(demo, ["--fill-only", "--again"])
    assert said.exit_code == 1
    assert "is not a database that `gatepost demo` made" in said.output
    assert path.read_bytes() == migrated.read_bytes()


def test_nobody_in_it_could_exist(filled):
    database = Database(filled.settings.database_url)
    with database.reading() as tx:
        addresses = [row.email for row in tx.execute(t.lead.select()) if row.email]
    database.close()
    domains = {address.partition("@")[2] for address in addresses}
    assert domains == {"example.org", "example.com", "example.net"}


def test_the_year_has_something_of_everything(filled):
    database = Database(filled.settings.database_url)
    found = rows(database)
    states = {row[5] for row in found["lead"]}
    database.close()
    assert "confirmed" in states
    empty = {name for name, there in found.items() if not there}
    # What only its owner makes, and what the draw of the contest makes.
    assert empty <= {"session", "login_try", "api_token", "share", "sister"}

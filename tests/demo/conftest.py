"""One demo of the starter's own site, filled by the real command with few people; every test looks at it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from gatepost import settings
from gatepost.actions.demoing import marked
from gatepost.settings import Settings
from gatepost.store import Database
from gatepost.store.tables import metadata

# None of these may be looked at.
REAL = {
    "GATEPOST_SMTP_URL": "smtp://letters:secret@127.0.0.1:9",
    "GATEPOST_SITE_URL": "https://blog.example.org",
    "GATEPOST_CAPTURE_URL": "https://go.example.org",
}


@dataclass(frozen=True)
class Filled:
    """The folder of a site whose demo was filled, what the command said, and the real database beside it."""

    site: Path
    said: str
    real: Path
    before: bytes

    @property
    def settings(self) -> Settings:
        return settings.read(marked.environment({"GATEPOST_DATA_DIR": str(self.site / ".gatepost")}), local=True)


def gatepost(*words: object, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GATEPOST_")}
    command = [sys.executable, "-m", "gatepost.cli", *map(str, words)]
    return subprocess.run(command, cwd=cwd, env={**kept, **env}, capture_output=True, text=True)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Filled:
    site = tmp_path_factory.mktemp("demo") / "blog"
    gatepost("init", site, cwd=site.parent).check_returncode()
    real = site.parent / "real.db"
    real.write_bytes(migrated.read_bytes())
    before = real.read_bytes()
    words = ("demo", "--fill-only", "--leads", 60, "--days", 120)
    done = gatepost(*words, cwd=site, GATEPOST_DATABASE_URL=f"sqlite:///{real}", **REAL)
    assert done.returncode == 0, done.stderr
    return Filled(site, done.stdout, real, before)


def rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table in one order; of owners without the password's hash, which no seed decides."""
    found = {}
    with database.reading() as tx:
        for table in metadata.sorted_tables:
            columns = [column for column in table.c if column.name != "password_hash"]
            query = table.select().with_only_columns(*columns)
            found[table.name] = sorted((tuple(row) for row in tx.execute(query)), key=repr)
    return found

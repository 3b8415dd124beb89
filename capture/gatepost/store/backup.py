"""Copying a SQLite database while it is written to, and looking whether a database is whole."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from sqlalchemy import make_url, text

from gatepost.store.database import Database


class NotCopied(Exception):
    """No copy was made."""

    def __init__(self, problem: str, cure: str):
        super().__init__(problem)
        self.cure = cure


def copy(database: Database, target: Path) -> None:
    """Write a consistent copy. Raises NotCopied; an existing file is never overwritten."""
    if not database.is_sqlite:
        raise NotCopied("This is a PostgreSQL database.", "Use pg_dump --format=custom, and keep its files.")
    if target.exists():
        raise NotCopied(f"{target} exists already.", "Name a new file; old backups are not overwritten.")
    unfinished = target.with_name(target.name + ".part")
    os.close(os.open(unfinished, os.O_CREAT | os.O_TRUNC, 0o600))
    source = sqlite3.connect(make_url(database.url).database or "")
    copied = sqlite3.connect(unfinished)
    try:
        source.backup(copied)
    finally:
        copied.close()
        source.close()
    os.replace(unfinished, target)


def findings(database: Database) -> list[str]:
    """What is broken in the file, a line each; empty when it is whole."""
    if not database.is_sqlite:
        return [] if database.answers() else ["The server does not answer."]
    with database.reading() as tx:
        broken = [str(row[0]) for row in tx.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
        loose = [
            f"{row[0]} row {row[1]} points at a missing {row[2]}"
            for row in tx.execute(text("PRAGMA foreign_key_check"))
        ]
    return broken + loose

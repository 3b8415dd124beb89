"""What tells a demo's database from a real one: its mark, which also holds the login that is shown to everybody."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from gatepost import settings
from gatepost.store import Database, Transaction, preferences

KEY = "demo"
EMAIL, PASSWORD = "demo@example.org", "a-year-in-a-minute"
FOLDER, FILE = "demo", "gatepost.db"


class NotTheDemo(Exception):
    """A database lies where the demo's should, and is not marked as the demo's. It was not touched."""

    cure = "Move it away, or delete it if nobody needs it; then start again."

    def __init__(self, path: Path):
        super().__init__(f"{path} is not a database that `gatepost demo` made.")


@dataclass(frozen=True)
class Demo:
    """What a demo was filled with. `until` is its last day; `email` and `password` open its dashboard."""

    seed: int
    days: int
    leads: int
    until: date
    email: str = EMAIL
    password: str = PASSWORD


def folder(env: Mapping[str, str]) -> Path:
    """The demo's own folder in the data directory: database, catalogue, keys, mailbox and the built site."""
    return settings.read_data_dir(env) / FOLDER


def environment(env: Mapping[str, str]) -> dict[str, str]:
    """The environment without anything that leads to real data or a mail server, and with the demo's own places.

    Raises BadSetting where PORT is none.
    """
    own, port = folder(env), settings.port(env)
    here = f"http://127.0.0.1:{port}"
    kept = {name: value for name, value in env.items() if not name.startswith("GATEPOST_")}
    return kept | {
        "GATEPOST_DATABASE_URL": f"sqlite:///{own / FILE}",
        "GATEPOST_DATA_DIR": str(own),
        "GATEPOST_SITE_URL": here,
        "GATEPOST_CAPTURE_URL": here,
        "PORT": str(port),
    }


def mark(tx: Transaction, demo: Demo) -> None:
    """Mark a database as the demo's."""
    preferences.put(tx, KEY, json.dumps(asdict(demo) | {"until": demo.until.isoformat()}))


def of(database: Database) -> Demo | None:
    """The mark of a database; None for a real one. Raises DatabaseUnreachable."""
    with database.reading() as tx:
        return _read(preferences.get(tx, KEY))


def found(path: Path) -> Demo | None:
    """The mark of the demo's file, None where there is no file. Looks without writing. Raises NotTheDemo."""
    if not path.exists():
        return None
    try:
        looking = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            row = looking.execute("SELECT value FROM preference WHERE key = ?", (KEY,)).fetchone()
        finally:
            looking.close()
    except sqlite3.Error:
        raise NotTheDemo(path) from None
    demo = _read(row[0]) if row else None
    if demo is None:
        raise NotTheDemo(path)
    return demo


def _read(text: str) -> Demo | None:
    try:
        raw = json.loads(text) if text else None
        return Demo(**(raw | {"until": date.fromisoformat(raw["until"])})) if raw else None
    except (ValueError, TypeError, KeyError):
        return None

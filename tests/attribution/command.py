"""`gatepost credit` as people run it, and files for it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from gatepost.actions import crediting_files
from gatepost.attribution.reckoning import Row
from tests.attribution.cast import AT

HEADER = "path,total_conversions,total_null\n"
CONVERTED = AT.isoformat()


def run(*words: str | Path, typed: bytes = b"", folder: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """The real command in a process of its own."""
    command = [sys.executable, "-m", "gatepost.cli", "credit", *map(str, words)]
    return subprocess.run(command, cwd=folder, input=typed, capture_output=True, timeout=120)


def credited(*words: str | Path, typed: bytes = b"") -> list[dict[str, str]]:
    """The rows it writes as CSV."""
    done = run(*words, typed=typed)
    assert done.returncode == 0, done.stderr.decode()
    return list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8"), newline="")))


def rows(text: str, *, kind: str = "", models: tuple[str, ...] = ()) -> list[Row]:
    """What the command would write about a file of this text."""
    return crediting_files.credit(text.encode().splitlines(keepends=True), kind=kind, models=models)


def by_article(found: list[Row], model: str) -> dict[str, float]:
    return {row.article: row.credit for row in found if row.model == model}


def lead(*touches: tuple[str, str, str], converted_at: Any = CONVERTED, **more: Any) -> str:
    """A line of JSON: touches are (time, article, channel)."""
    listed = [{"t": t, "article": article, "channel": channel} for t, article, channel in touches]
    return json.dumps({"lead": "ada", "touches": listed, "converted_at": converted_at, **more}) + "\n"


def days_before(days: float) -> str:
    return (AT - timedelta(days=days)).isoformat()

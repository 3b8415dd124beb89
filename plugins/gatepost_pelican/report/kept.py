"""The last good figures, kept for builds to which nothing answers: one file in the data folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gatepost import catalogue
from gatepost_pelican.report import figures
from gatepost_pelican.report.conversion import FiguresUnreadable
from gatepost_pelican.report.figures import Figures, Texts

FILE_NAME = "report.json"
FORMAT = 1
# Three answers of the service at their largest.
_MOST_BYTES = 96 * 2**20


def read(folder: Path) -> Figures | None:
    """What an earlier build kept; None where none did. Raises FiguresUnreadable."""
    path = folder / FILE_NAME
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise FiguresUnreadable(f"{path} is too large.")
        raw = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError):
        raise FiguresUnreadable(f"The figures kept in {path} cannot be read; delete the file.") from None
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise FiguresUnreadable(f"The figures kept in {path} are of another version; delete the file.")
    texts = Texts(_text(raw.get("html")), _text(raw.get("csv")))
    return figures.read(raw.get("report"), lambda: texts, is_kept=True)


def keep(found: Figures, texts: Texts, folder: Path) -> None:
    """Put figures in the place of older ones, in one step. Raises OSError."""
    whole = {"format": FORMAT, "report": found.plain, "html": texts.html, "csv": texts.csv}
    catalogue.write_atomically(folder / FILE_NAME, json.dumps(whole, ensure_ascii=False).encode())


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise FiguresUnreadable("The kept figures lack a part.")
    return value

"""Whose folder is `offers`? Many sites had one before they had this plugin, with articles or pictures in it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gatepost_pelican import gate

if TYPE_CHECKING:
    from gatepost_pelican.settings import SiteSettings

# A folder that is there for nobody: without offers, nothing is read and nothing kept out of articles.
NONE = ".no-offers"
_WRITTEN = (".md", ".markdown", ".mkd", ".mdown")
# What an offer has and an article has not; a forgotten `Kind:` is still a mistake of an offer.
_FIELD = re.compile(r"^[ ]{0,3}(kind|consent|file|chapters|variants):", re.IGNORECASE | re.MULTILINE)
_METADATA = 4_000


def offers_folder(pelican: Mapping[str, Any]) -> str:
    """The folder of offers as Pelican's own settings name folders: relative to PATH, with slashes."""
    chosen = pelican.get("GATEPOST_OFFERS_PATH")
    if chosen:
        return Path(os.path.normpath(chosen)).as_posix()
    folder = Path(pelican["PATH"]) / "offers"
    is_theirs = not has_settings(pelican) and _holds_something_else(folder)
    return NONE if is_theirs else "offers"


def has_settings(pelican: Mapping[str, Any]) -> bool:
    """Does the site set anything of Gatepost's?"""
    return any(name.startswith("GATEPOST_") for name in pelican)


def folders(settings: SiteSettings) -> Iterator[str]:
    """What Pelican is to leave out below PATH: the offers, and the data folder where a site keeps it there."""
    for folder in (settings.offers, settings.data):
        if folder.is_relative_to(settings.content):
            yield folder.relative_to(settings.content).as_posix()


def _holds_something_else(folder: Path) -> bool:
    entries = sorted(folder.iterdir()) if folder.is_dir() else []
    return bool(entries) and not any(path.suffix in _WRITTEN and _is_an_offer(path) for path in entries)


def _is_an_offer(path: Path) -> bool:
    text = path.read_text(encoding="utf-8", errors="replace")
    return bool(_FIELD.search(text[:_METADATA]) or any(map(gate.GATE.fullmatch, text.splitlines())))

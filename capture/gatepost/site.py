"""Where the theme and the starter lie: packed into the wheel, or the top level of a clone."""

from __future__ import annotations

from pathlib import Path

_PACKED = Path(__file__).parent / "_site"
_CLONE = Path(__file__).parents[2]

# What `gatepost init` writes; the same names as the top level of a clone.
STARTER = ("content", "theme", "pelicanconf.py", "publishconf.py")


def starter_dir() -> Path:
    """The folder that holds STARTER."""
    return _PACKED if _PACKED.is_dir() else _CLONE


def theme_dir() -> Path:
    """Gatepost's own theme (templates and static)."""
    return starter_dir() / "theme"


def script() -> Path:
    """gatepost.js, which every theme needs for counting reads."""
    return theme_dir() / "static" / "gatepost.js"

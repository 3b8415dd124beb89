"""Builds that are quicker than Pelican's own, with the same bytes: what each file converts to is kept, and pages are written side by side.

`GATEPOST_FASTER = False` switches all of it off. Nothing here may change a byte of a page: where it cannot be sure, it
stands aside and Pelican does its own work.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def is_on(pelican_settings: Mapping[str, Any]) -> bool:
    """Does this site take the speed-ups? It does unless it says otherwise."""
    return bool(pelican_settings.get("GATEPOST_FASTER", True))

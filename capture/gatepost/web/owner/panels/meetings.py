"""Webinars and events: who holds a seat, who waits, who came."""

from __future__ import annotations

from typing import Any

from gatepost.actions import attending
from gatepost.engine import Engine
from gatepost.web.owner.choice import Choice


def data(engine: Engine, choice: Choice) -> dict[str, Any]:
    """Every meeting, the next one first."""
    return {"meetings": attending.meetings(engine), "now": engine.now()}

"""Which surveys there are, and how many took part."""

from __future__ import annotations

from typing import Any

from gatepost.actions import surveying
from gatepost.engine import Engine
from gatepost.web.owner.choice import Choice


def data(engine: Engine, choice: Choice) -> dict[str, Any]:
    """One line a survey."""
    return {"surveys": surveying.listed(engine.database, engine.catalogue, choice.since)}

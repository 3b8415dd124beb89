"""Last touch: all credit to what came just before the conversion."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gatepost.attribution.model import Model
from gatepost.journey import Touch


def shares(touches: Sequence[Touch], at: datetime) -> list[float]:
    """One for the newest touch, nothing for the others."""
    return [float(place == len(touches) - 1) for place in range(len(touches))]


MODEL = Model("last", "Last touch", "All credit goes to the article read last.", shares)

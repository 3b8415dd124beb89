"""First touch: all credit to what opened the journey."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gatepost.attribution.model import Model
from gatepost.journey import Touch


def shares(touches: Sequence[Touch], at: datetime) -> list[float]:
    """One for the oldest touch, nothing for the others."""
    return [float(place == 0) for place in range(len(touches))]


MODEL = Model("first", "First touch", "All credit goes to the article that opened the journey.", shares)

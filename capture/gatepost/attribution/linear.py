"""Linear: every touch alike. An article that was read twice counts twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gatepost.attribution.model import Model
from gatepost.journey import Touch


def shares(touches: Sequence[Touch], at: datetime) -> list[float]:
    """The same part for each touch."""
    return [1 / len(touches) for _ in touches]


MODEL = Model("linear", "Linear", "Every touch gets the same part, and an article read twice gets two.", shares)

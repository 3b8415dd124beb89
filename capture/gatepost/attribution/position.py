"""Position: the first and the last touch get most, those between them share the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gatepost.attribution.model import Model
from gatepost.journey import Touch

# The split that analytics tools agree on for this model ("U-shaped", "position based").
ENDS = 0.4
BETWEEN = 0.2


def shares(touches: Sequence[Touch], at: datetime) -> list[float]:
    """0.4 for the first and the last touch, 0.2 split among the others; a half each of two touches."""
    count = len(touches)
    if count <= 2:
        return [1 / count for _ in touches]
    return [ENDS, *[BETWEEN / (count - 2)] * (count - 2), ENDS]


MODEL = Model(
    "position",
    "Position 40/20/40",
    "The first and the last touch get 40 % each, those between them share 20 %.",
    shares,
)

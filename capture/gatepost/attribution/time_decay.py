"""Time decay: the nearer to the conversion, the more credit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

from gatepost.attribution.model import Model
from gatepost.journey import Touch

HALF_LIFE = timedelta(days=7)


def shares(touches: Sequence[Touch], at: datetime) -> list[float]:
    """Weights of 2^(-age / 7 days), made to sum to one."""
    if not touches:
        return []
    # Only differences of age matter once the weights sum to one. Counted from the newest touch, no weight sinks to
    # nothing in all of them at once, however long ago the journey was.
    newest = max(touch.at for touch in touches)
    weights = [2.0 ** -((newest - touch.at) / HALF_LIFE) for touch in touches]
    total = math.fsum(weights)
    return [weight / total for weight in weights]


MODEL = Model(
    "time_decay",
    "Time decay",
    "A touch gets half the credit of one that came seven days after it.",
    shares,
)

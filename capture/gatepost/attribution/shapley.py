"""Shapley value: an article's mean part in a conversion over every order in which the journey's articles could have come.

The game is the one that data on paths can carry: the worth of a set of articles is the conversions of journeys that read
none but these. It is a sum of unanimity games, so its Shapley value (Shapley 1953) is one part for each distinct article
of a journey, exactly; counting out all 2^n sets comes to the same. Repeats and order do not matter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from gatepost.attribution.model import Model
from gatepost.journey import Touch


def shares(touches: Sequence[Touch], at: datetime) -> list[float]:
    """The same part for each distinct article, split evenly among its touches."""
    times = Counter(touch.article for touch in touches)
    return [1 / (len(times) * times[touch.article]) for touch in touches]


MODEL = Model(
    "shapley",
    "Shapley value",
    "Every distinct article of a journey gets the same part: linear without repeats, and no second opinion beside it.",
    shares,
)

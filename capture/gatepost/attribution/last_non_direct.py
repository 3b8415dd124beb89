"""Last touch that is not direct: all credit to the last visit of which we know where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gatepost.attribution import last
from gatepost.attribution.model import Model
from gatepost.journey import Touch

DIRECT = "direct"


def shares(touches: Sequence[Touch], at: datetime) -> list[float]:
    """One for the newest touch whose channel is not direct; where all are direct, for the newest."""
    known = [place for place, touch in enumerate(touches) if touch.channel != DIRECT]
    if not known:
        return last.shares(touches, at)
    return [float(place == known[-1]) for place in range(len(touches))]


MODEL = Model(
    "last_non_direct",
    "Last touch, not direct",
    "All credit goes to the article read last in a visit whose source is known; to the last of all where none is.",
    shares,
)

"""Last touch: all credit to what came just before the lead."""

from __future__ import annotations

from collections.abc import Sequence

from gatepost.journey import Touch


def shares(touches: Sequence[Touch]) -> list[float]:
    """One for the newest touch, nothing for the others."""
    return [float(place == len(touches) - 1) for place in range(len(touches))]

"""First touch: all credit to what opened the journey."""

from __future__ import annotations

from collections.abc import Sequence

from gatepost.journey import Touch


def shares(touches: Sequence[Touch]) -> list[float]:
    """One for the oldest touch, nothing for the others."""
    return [float(place == 0) for place in range(len(touches))]

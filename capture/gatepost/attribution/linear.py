"""Linear: every touch alike. An article that was read twice counts twice."""

from __future__ import annotations

from collections.abc import Sequence

from gatepost.journey import Touch


def shares(touches: Sequence[Touch]) -> list[float]:
    """The same part for each touch."""
    return [1 / len(touches) for _ in touches]

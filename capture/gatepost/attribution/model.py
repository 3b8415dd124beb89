"""What every model of attribution tells about itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from gatepost.journey import Touch

# The touches of one journey, oldest first, and the moment of its conversion (aware UTC): one share a touch.
Shares = Callable[[Sequence[Touch], datetime], list[float]]


@dataclass(frozen=True)
class Model:
    """A way to share the credit for a conversion. `label` is its name for people, `says` what it claims, in one sentence.

    `shares` are as many as the touches, none is negative, and they sum to one; no touch, no share. A model without
    `shares` cannot judge one journey: it needs all of them at once.
    """

    name: str
    label: str
    says: str
    shares: Shares | None = None

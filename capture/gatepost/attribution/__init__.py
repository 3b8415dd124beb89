"""Attribution: how the credit for one lead is shared among the touches of its journey.

A model is a pure function over one journey, oldest touch first. Its shares are as many as the touches, none is
negative, and they sum to one; no touch, no share.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gatepost.attribution import first, last, linear
from gatepost.journey import Touch

Model = Callable[[Sequence[Touch]], list[float]]

# In the order shown to people.
MODELS: dict[str, Model] = {
    "first": first.shares,
    "last": last.shares,
    "linear": linear.shares,
}
DEFAULT = "linear"

__all__ = ["DEFAULT", "MODELS", "Model"]

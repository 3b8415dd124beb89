"""Attribution: how the credit for a conversion is shared among the articles read before it.

A model with shares is a pure function over one journey; the Markov model needs all journeys at once (`markov`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gatepost.attribution import first, last, last_non_direct, linear, markov, position, shapley, time_decay
from gatepost.attribution.model import Model, Shares
from gatepost.journey import LOOKBACK, Touch

# In the order shown to people.
MODELS: dict[str, Model] = {
    "first": first.MODEL,
    "last": last.MODEL,
    "last_non_direct": last_non_direct.MODEL,
    "linear": linear.MODEL,
    "position": position.MODEL,
    "time_decay": time_decay.MODEL,
    "markov": markov.MODEL,
    "shapley": shapley.MODEL,
}
# Those that judge each journey by itself, so that credit can be kept as running sums.
ADDITIVE: dict[str, Shares] = {name: model.shares for name, model in MODELS.items() if model.shares}
DEFAULT = "linear"


def within(touches: Sequence[Touch], at: datetime) -> tuple[Touch, ...]:
    """The touches of the 90 days before a conversion, oldest first; those of the same time keep their order.

    Both ends belong to it: a touch exactly 90 days old counts, and one at the moment of the conversion. Later ones do not.
    """
    kept = (touch for touch in touches if at - LOOKBACK <= touch.at <= at)
    return tuple(sorted(kept, key=lambda touch: touch.at))


__all__ = ["ADDITIVE", "DEFAULT", "MODELS", "Model", "Shares", "within"]

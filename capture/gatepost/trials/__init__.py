"""Trials: which variant of a call to action brings more, how sure that is, and how long it takes to find out. Pure."""

from __future__ import annotations

from gatepost.trials.counts import FEWEST, Asked, Counts, Present, Tried
from gatepost.trials.result import EARLY, FEWER, MORE, NOTHING, SAME, UNEVEN, Compared, Looked, Result, result
from gatepost.trials.sizing import LIFTS, Size, leads_needed, size
from gatepost.trials.splitting import Split

__all__ = [
    "EARLY",
    "FEWER",
    "FEWEST",
    "LIFTS",
    "MORE",
    "NOTHING",
    "SAME",
    "UNEVEN",
    "Asked",
    "Compared",
    "Counts",
    "Looked",
    "Present",
    "Result",
    "Size",
    "Split",
    "Tried",
    "leads_needed",
    "result",
    "size",
]

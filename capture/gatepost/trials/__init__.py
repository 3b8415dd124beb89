"""Trials: which variant of a call to action brings more, how sure that is, and how long it takes to find out. Pure."""

from __future__ import annotations

from gatepost.trials.counts import Counts, Tried

__all__ = ["Counts", "Tried"]

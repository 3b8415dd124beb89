"""Were readers split evenly? A test whose split is not what was drawn says nothing, however clear it looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gatepost.trials.evidence import log_e, p_value

# Stricter than for a result: a false alarm here throws a good test away, and a true one shows soon enough.
ALPHA = 0.01


@dataclass(frozen=True)
class Split:
    """Readers by variant, and the always-valid p-value of as uneven a split when each has an equal chance."""

    seen: Mapping[str, int]
    p: float

    @property
    def is_even(self) -> bool:
        """Is it within what chance does?"""
        return self.p > ALPHA

    @property
    def readers(self) -> int:
        """All of them."""
        return sum(self.seen.values())


def check(seen: Mapping[str, int]) -> Split:
    """The check of the allocation ("sample ratio mismatch"): the e-process on the readers themselves.

    It may be looked at after every reader (Lindon & Malek 2022, section 5; the name is that of Fabijan et al., KDD 2019).
    """
    counts = list(seen.values())
    if len(counts) < 2:
        return Split(dict(seen), 1.0)
    return Split(dict(seen), p_value(log_e(counts, [1 / len(counts)] * len(counts))))

"""The ladder of micro-conversions: every rung a reader can stand on, lowest first."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rung:
    """One step. `counted_by` is "browser" (a beacon without an id) or "capture" (a stored fact)."""

    key: str
    label: str
    counted_by: str


# In the order of growing commitment; reports show them so.
RUNGS: dict[str, Rung] = {
    rung.key: rung
    for rung in (
        Rung("view", "Opened the page", "browser"),
        Rung("read", "Read", "browser"),
        Rung("consumed", "Read to the end", "browser"),
        Rung("linkedin-seen", "Saw the LinkedIn call", "browser"),
        Rung("linkedin-click", "Went to LinkedIn", "browser"),
        Rung("offer-seen", "Saw an offer", "browser"),
        Rung("offer-click", "Opened an offer", "browser"),
        Rung("form-start", "Began the form", "browser"),
        Rung("signup", "Asked for it", "capture"),
        Rung("confirmed", "Confirmed", "capture"),
        Rung("download", "Downloaded", "capture"),
    )
}

BEACON_RUNGS = frozenset(key for key, rung in RUNGS.items() if rung.counted_by == "browser")
# Beyond this many articles a reader's depth is one bucket: "13 or more" closes the seven-to-thirteen claim.
DEEPEST = 13


def depth_bucket(depth: int) -> int:
    """The bucket of a journey's depth (distinct articles): 1 to DEEPEST."""
    return max(1, min(depth, DEEPEST))

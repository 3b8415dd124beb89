"""The funnel: how many stand on each rung of the ladder, and how many of the rung before took the step.

Browser rungs count events without an id (one reader can open a page twice); capture rungs count people. The step from
the one to the other is therefore a floor of the true share, and the report says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gatepost.ladder import RUNGS
from gatepost.report.facts import Counted, People
from gatepost.report.rates import Interval, wilson

# The rung a reader stands on just before: a LinkedIn call is beside the way to an offer, not on it.
BEFORE: dict[str, str] = {
    "view": "",
    "read": "view",
    "consumed": "read",
    "linkedin-seen": "view",
    "linkedin-click": "linkedin-seen",
    "offer-seen": "view",
    "offer-click": "offer-seen",
    "form-start": "offer-seen",
    "signup": "form-start",
    "confirmed": "signup",
    "download": "confirmed",
}
# What happens before an offer is in sight carries no offer.
_WITHOUT_OFFER = frozenset({"view", "read", "consumed"})

NOTE = (
    "Rungs counted in the browser are events without an id, so one reader may count twice, and readers without "
    "script do not count at all; from “Asked for it” on, people are counted."
)


@dataclass(frozen=True)
class Step:
    """One rung. `before` is the rung compared with ("" for the first); `share` is None where there is no k of n."""

    rung: str
    label: str
    counted_by: str
    count: int
    before: str = ""
    before_count: int = 0
    share: Interval | None = None

    @property
    def exceeds(self) -> bool:
        """Do more stand here than on the rung before? Then readers without script came by another way."""
        return bool(self.before) and self.count > self.before_count


@dataclass(frozen=True)
class Funnel:
    """Steps in the ladder's order; of one article or one offer where those are named."""

    steps: tuple[Step, ...]
    article: str = ""
    offer: str = ""


def build(counted: Mapping[str, Counted], people: People, *, article: str = "", offer: str = "") -> Funnel:
    """A funnel of counts by rung."""
    counts = {rung: found.count for rung, found in counted.items()}
    counts |= {"signup": people.requested, "confirmed": people.confirmed, "download": people.downloaded}
    left_out = _WITHOUT_OFFER if offer else frozenset()
    steps = [_step(rung, counts, left_out) for rung in RUNGS if rung not in left_out]
    return Funnel(tuple(steps), article, offer)


def over_articles(rungs: Mapping[str, Mapping[str, Counted]]) -> dict[str, Counted]:
    """Counts by rung, summed over all articles."""
    found = {rung: [by_rung[rung] for by_rung in rungs.values() if rung in by_rung] for rung in RUNGS}
    return {rung: Counted(sum(c.count for c in all_), sum(c.firsts for c in all_)) for rung, all_ in found.items()}


def _step(rung: str, counts: Mapping[str, int], left_out: frozenset[str]) -> Step:
    count, before = counts.get(rung, 0), BEFORE.get(rung, "")
    if not before or before in left_out:
        return Step(rung, RUNGS[rung].label, RUNGS[rung].counted_by, count)
    base = counts.get(before, 0)
    return Step(rung, RUNGS[rung].label, RUNGS[rung].counted_by, count, before, base, wilson(count, base))

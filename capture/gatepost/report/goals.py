"""The owner's goal: what the report leads with."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """One goal. `noun` counts it ("new lead"), `says` tells what is counted."""

    key: str
    label: str
    noun: str
    says: str


# In the order offered; the first is the one until the owner chooses.
GOALS: dict[str, Goal] = {
    goal.key: goal
    for goal in (
        Goal("leads", "New leads", "new lead", "People who confirmed their address for the first time."),
        Goal("clients", "Leads to clients", "new client", "Leads whose first deal is of these days."),
        Goal("repeat", "Repeat sales", "repeat sale", "Deals with leads who had bought before, refunds left out."),
        Goal(
            "referrals", "Referrals", "referred lead",
            "Leads who confirmed, and came by another lead's link or an expert's word.",
        ),
    )
}  # fmt: skip
DEFAULT = next(iter(GOALS))

SURE = 0.05


@dataclass(frozen=True)
class Change:
    """A count beside that of the time before. `chance` is how often two such counts would differ at least as much if nothing
    had changed; None where nothing can be compared."""

    now: int
    before: int | None = None
    chance: float | None = None

    @property
    def says(self) -> str:
        """The change in words, and whether it is more than chance."""
        if self.before is None:
            return ""
        if self.now == self.before:
            return f"as many as the time before ({self.before:,})"
        way = "up" if self.now > self.before else "down"
        share = f", {abs(self.now - self.before) / self.before * 100:.0f} %" if self.before else ""
        sure = "more than chance" if self.chance is not None and self.chance < SURE else "as chance may bring it"
        return f"{way} by {abs(self.now - self.before):,} from {self.before:,}{share}: {sure}"


def change(now: int, before: int | None, days: int | None = None, days_before: int | None = None) -> Change:
    """Two counts of events that come by chance, over as many days or over others.

    Given their sum, the first is binomial with its part of the days (Przyborowski and Wilenski, 1940); the chance is twice
    that of the smaller tail, and one at most.
    """
    if before is None:
        return Change(now)
    share = days / (days + days_before) if days and days_before else 0.5
    total = now + before
    if not total:
        return Change(now, before, 1.0)
    expected = total * share
    tail = _at_least(total, now, share) if now >= expected else 1 - _at_least(total, now + 1, share)
    return Change(now, before, min(1.0, 2 * tail))


def _at_least(total: int, count: int, share: float) -> float:
    """The chance that of `total` tosses at least `count` fall on the side with this share."""
    if count <= 0:
        return 1.0
    if count > total:
        return 0.0
    from scipy.special import betainc

    found = float(betainc(count, total - count + 1, share))
    return 0.0 if math.isnan(found) else found

"""What was counted of a trial."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

# A rate of fewer leads than this may be anything.
FEWEST = 5


@dataclass(frozen=True)
class Counts:
    """Of one variant: readers who saw it, each browser once; leads who asked, and leads who confirmed, each once."""

    seen: int = 0
    requested: int = 0
    confirmed: int = 0

    @property
    def rate(self) -> float | None:
        """Confirmed leads per reader; None where nobody saw it. Above 1 only where browsers kept their beacons back."""
        return self.confirmed / self.seen if self.seen else None


@dataclass(frozen=True)
class Tried:
    """One trial of an offer: the first and the last day that anything was counted on, and the counts by variant."""

    offer: str
    trial: str
    first: date
    last: date
    counts: Mapping[str, Counts]


@dataclass(frozen=True)
class Asked:
    """A request that was made under a variant. Somebody who asked again has several, and counted once."""

    lead_id: UUID
    email: str
    article: str
    requested_at: datetime
    confirmed_at: datetime | None


@dataclass(frozen=True)
class Present:
    """An offer outside of any test: how often it was ever seen and confirmed under articles, and seen a day of late."""

    seen: int = 0
    confirmed: int = 0
    a_day: float = 0.0

    @property
    def rate(self) -> float | None:
        """Confirmed leads per time seen; None where too few confirmed for a guess."""
        return self.confirmed / self.seen if self.confirmed >= FEWEST and self.seen else None

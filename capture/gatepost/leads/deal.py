"""A deal: money that a lead brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gatepost.offers import Money


@dataclass(frozen=True)
class Deal:
    """`kind` is "first" or "repeat"; a refund has a negative amount. `key` is the same for the same line of a file."""

    id: UUID
    key: str
    lead_id: UUID
    amount: Money
    day: date
    kind: str
    note: str
    imported_at: datetime

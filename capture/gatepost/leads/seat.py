"""A seat at a webinar or an event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

HELD, WAITING, GIVEN_UP = "held", "waiting", "given-up"


@dataclass(frozen=True)
class Seat:
    """One seat a lead and offer. `told_start` is the beginning that its reader was last told of, `told_times` how often.

    `came_how` is csv, qr or hand; "" as long as nobody said that they came.
    """

    id: UUID
    offer: str
    lead_id: UUID
    signup_id: UUID
    state: str
    taken_at: datetime
    changed_at: datetime
    told_start: datetime | None = None
    told_times: int = 0
    came_at: datetime | None = None
    came_how: str = ""

    @property
    def is_held(self) -> bool:
        """Is there a chair for this one?"""
        return self.state == HELD

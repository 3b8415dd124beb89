"""A signup: one request for one offer, which is not yet permission."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gatepost.offers import Money


@dataclass(frozen=True)
class Signup:
    """`article` is the slug of the article it was made on ("" if none), `value` and `kind` the offer's at that time.

    `referrer` is the request of the lead whose link brought this one. `forgetful`: made in a browser that forgets what scripts kept after seven days without a visit.
    """

    id: UUID
    lead_id: UUID
    offer: str
    requested_at: datetime
    article: str = ""
    page: str = ""
    channel: str = "direct"
    variant: str = ""
    value: Money | None = None
    confirmed_at: datetime | None = None
    forgetful: bool = False
    referrer: UUID | None = None
    kind: str = ""

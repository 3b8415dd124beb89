"""Spend: money, or hours worth money, put into an article, a channel or a campaign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gatepost.offers import Money


@dataclass(frozen=True)
class Spend:
    """At least one of `article` (a slug), `channel` (of CHANNELS) and `campaign` is named.

    A negative amount takes an earlier one back. `key` is the same for the same line of a file.
    """

    id: UUID
    key: str
    day: date
    amount: Money
    article: str
    channel: str
    campaign: str
    note: str
    imported_at: datetime

"""Permission to write: which wording, for which purpose, when, on which page, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Consent:
    """One permission. It counts only once `confirmed_at` is set, and until `withdrawn_at` is."""

    id: UUID
    lead_id: UUID
    signup_id: UUID
    purpose: str
    wording_hash: str
    page: str
    given_at: datetime
    confirmed_at: datetime | None = None
    withdrawn_at: datetime | None = None
    # How it was withdrawn: "page", "one-click" or "erased".
    withdrawn_how: str = ""

    @property
    def is_active(self) -> bool:
        """May we act on it today?"""
        return self.confirmed_at is not None and self.withdrawn_at is None

"""What happened, for whoever listens: past-tense facts, told after they are stored."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID


@dataclass(frozen=True)
class Event:
    """A fact with the time it happened (aware UTC)."""

    name: ClassVar[str] = ""
    at: datetime

    def as_dict(self) -> dict[str, Any]:
        """Plain values for a log line or a webhook. No address and no name is ever in an event."""
        plain = {
            key: value.isoformat() if isinstance(value, datetime) else str(value) if isinstance(value, UUID) else value
            for key, value in asdict(self).items()
        }
        return {"event": self.name, **plain}


@dataclass(frozen=True)
class OfferRequested(Event):
    """A reader asked for an offer."""

    name: ClassVar[str] = "offer-requested"
    signup_id: UUID
    offer: str
    article: str


@dataclass(frozen=True)
class LeadConfirmed(Event):
    """A reader pressed the button on the confirmation page."""

    name: ClassVar[str] = "lead-confirmed"
    lead_id: UUID
    offer: str
    article: str


@dataclass(frozen=True)
class OfferDownloaded(Event):
    """A held file was opened through a grant."""

    name: ClassVar[str] = "offer-downloaded"
    grant_id: UUID
    offer: str
    use: int


@dataclass(frozen=True)
class LeadLeft(Event):
    """A lead withdrew permission; `how` is "page" or "one-click"."""

    name: ClassVar[str] = "lead-left"
    lead_id: UUID
    how: str


@dataclass(frozen=True)
class LeadForgotten(Event):
    """A lead's details were erased."""

    name: ClassVar[str] = "lead-forgotten"
    lead_id: UUID


@dataclass(frozen=True)
class LetterFailed(Event):
    """A letter that will not be tried again; `reason` is the server's answer without the address."""

    name: ClassVar[str] = "letter-failed"
    letter_id: UUID
    letter: str
    reason: str


EVENTS: dict[str, type[Event]] = {
    event.name: event
    for event in (OfferRequested, LeadConfirmed, OfferDownloaded, LeadLeft, LeadForgotten, LetterFailed)
}

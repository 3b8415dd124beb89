"""What the store knows and a report is made of: counts, and the leads with their journeys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from gatepost.journey import Touch
from gatepost.offers import Money


@dataclass(frozen=True)
class Counted:
    """Beacons of one rung. `firsts` were the first of their article in the reader's own journey."""

    count: int = 0
    firsts: int = 0


@dataclass(frozen=True)
class People:
    """Distinct leads: asked, confirmed what they asked for, opened what they got."""

    requested: int = 0
    confirmed: int = 0
    downloaded: int = 0


@dataclass(frozen=True)
class Request:
    """One signup with its lead and its frozen journey.

    `converts` marks the first confirmed signup of its lead: one lead is one conversion, however often it asks.
    """

    signup_id: UUID
    lead_id: UUID
    email: str
    state: str
    offer: str
    article: str
    channel: str
    value: Money | None
    requested_at: datetime
    confirmed_at: datetime | None
    converts: bool = False
    journey: tuple[Touch, ...] = ()

    @property
    def touches(self) -> tuple[Touch, ...]:
        """The journey; where none was kept, the page of the signup, which is known without one."""
        if self.journey or not self.article:
            return self.journey
        return (Touch(self.confirmed_at or self.requested_at, self.article, self.channel, "signup"),)

    @property
    def has_journey(self) -> bool:
        """Did the reader's browser send what was read before?"""
        return any(touch.rung != "signup" for touch in self.journey)

    def helped_by(self, article: str) -> bool:
        """Does its lead count for this article?"""
        return self.confirmed_at is not None and (
            article == self.article or any(touch.article == article for touch in self.journey)
        )


@dataclass(frozen=True)
class DayCount:
    """Beacons of one article, one day and one rung."""

    day: date
    rung: str
    count: int
    firsts: int


@dataclass(frozen=True)
class Facts:
    """Everything a report reads, already counted. Articles are slugs; "" is a page that is no article."""

    rungs: Mapping[str, Mapping[str, Counted]] = field(default_factory=dict)
    asked: Mapping[str, People] = field(default_factory=dict)
    helped: Mapping[str, int] = field(default_factory=dict)
    people: People = field(default_factory=People)
    conversions: Sequence[Request] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)

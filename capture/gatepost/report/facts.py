"""What the store knows and a report is made of: counts, and the leads with their journeys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
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
    forgetful: bool = False
    lead_channel: str = ""

    @property
    def origin(self) -> str:
        """Where its lead came from: the owner's word, else what the journey says."""
        return self.lead_channel or self.channel

    @property
    def touches(self) -> tuple[Touch, ...]:
        """What of the journey is believed; where that is nothing, the page of the signup, which is known without one."""
        believed = tuple(touch for touch in self.journey if not touch.suspect)
        if believed or not self.article:
            return believed
        return (Touch(self.confirmed_at or self.requested_at, self.article, self.channel, "signup"),)

    @property
    def has_journey(self) -> bool:
        """Did the reader's browser send what was read before?"""
        return any(touch.rung != "signup" and not touch.suspect for touch in self.journey)

    def helped_by(self, article: str) -> bool:
        """Does its lead count for this article?"""
        return self.confirmed_at is not None and (
            article == self.article or any(touch.article == article for touch in self.touches)
        )


@dataclass(frozen=True)
class DayCount:
    """Beacons of one article, one day and one rung."""

    day: date
    rung: str
    count: int
    firsts: int


class Amount(NamedTuple):
    """Credited money in minor units, and the sum of the squares of its parts: its root is the standard error."""

    currency: str
    amount: int
    squares: float = 0.0


class Credited(NamedTuple):
    """What a model gives an article: a sum of shares of conversions, the sum of their squares, and money."""

    shares: float = 0.0
    squares: float = 0.0
    amounts: tuple[Amount, ...] = ()


# By model, then by article; the article "" has what no article can be given.
CreditSums = Mapping[str, Mapping[str, Credited]]


@dataclass(frozen=True)
class Coverage:
    """How much of the leads' journeys is known. Leads are conversions; touches those of their journeys.

    `forgetful` journeys come from browsers that forget after seven days without a visit, `remembering` ones from others;
    `reaching_back` are those of the latter that are longer than seven days.
    """

    leads: int = 0
    without_journey: int = 0
    touches: int = 0
    suspect: int = 0
    forgetful: int = 0
    remembering: int = 0
    reaching_back: int = 0


@dataclass(frozen=True)
class ChannelCount:
    """One channel: reads counted through it, confirmed leads, those with a deal, and money by currency.

    `value` is the leads' offers', `deals` what they brought, `spend` what was put into the channel.
    """

    channel: str
    reads: int = 0
    leads: int = 0
    clients: int = 0
    value: tuple[Money, ...] = ()
    deals: tuple[Money, ...] = ()
    spend: tuple[Money, ...] = ()


@dataclass(frozen=True)
class Steps:
    """What readers did, without anybody being followed: how often one article followed another, and where leads ended.

    `pairs` counts reads of (previous, article); "" before an article is where a visit began. `endings` are conversions by
    the last article of their journey.
    """

    pairs: Mapping[tuple[str, str], int]
    endings: Mapping[str, float]


@dataclass(frozen=True)
class Facts:
    """Everything a report reads, already counted. Articles are slugs; "" is a page that is no article.

    `credit` is that of leads and their offers' value, `deals` that of deals; `spend` is by article. `steps` are there
    only where the Markov model is asked for.
    """

    rungs: Mapping[str, Mapping[str, Counted]] = field(default_factory=dict)
    asked: Mapping[str, People] = field(default_factory=dict)
    helped: Mapping[str, int] = field(default_factory=dict)
    people: People = field(default_factory=People)
    dropped: Mapping[str, int] = field(default_factory=dict)
    credit: CreditSums = field(default_factory=dict)
    deals: CreditSums = field(default_factory=dict)
    coverage: Coverage = field(default_factory=Coverage)
    spend: Mapping[str, tuple[Money, ...]] = field(default_factory=dict)
    channels: Sequence[ChannelCount] = ()
    steps: Steps | None = None

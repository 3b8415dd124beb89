"""The stage: an engine whose clock is moved through the year, whose dice are seeded, and whose past is in the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from random import Random
from uuid import UUID

from gatepost import catalogue
from gatepost.catalogue import Catalogue
from gatepost.engine import Engine
from gatepost.events import Event, OfferRequested
from gatepost.offers import Offer


class MovedClock:
    """A clock that somebody else moves."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


class Past(catalogue.Follower):
    """The catalogue of the build, with offers that were over and gone before it."""

    def __init__(self, built: Catalogue, gone: tuple[Offer, ...]) -> None:
        self.built = replace(built, offers={**built.offers, **{offer.slug: offer for offer in gone}})

    def current(self) -> Catalogue:
        """The same the whole year."""
        return self.built


@dataclass(frozen=True)
class Stage(Engine):
    """An engine whose ids come from seeded dice: the same seed and the same day make the same rows."""

    dice: Random = field(default_factory=Random)

    def new_id(self) -> UUID:
        """A UUIDv7 as the engine makes them, of this stage's time and dice."""
        milliseconds = int(self.clock().timestamp() * 1000) & ((1 << 48) - 1)
        noise = self.dice.getrandbits(74)
        return UUID(int=milliseconds << 80 | 7 << 76 | (noise >> 62) << 64 | 2 << 62 | noise & ((1 << 62) - 1))

    def nonce(self) -> str:
        """Eight letters."""
        return f"{self.dice.getrandbits(32):08x}"

    def secret(self) -> str:
        """256 bits as 64 hexadecimal digits. No secret: it comes from the seed."""
        return f"{self.dice.getrandbits(256):064x}"


class Heard:
    """The newest request that was stored, as the engine told it."""

    def __init__(self) -> None:
        self.request: UUID | None = None

    def __call__(self, event: Event) -> None:
        if isinstance(event, OfferRequested):
            self.request = event.signup_id

    def take(self) -> UUID | None:
        """The request stored since the last time; None where nothing was."""
        found, self.request = self.request, None
        return found


def midnight(at: datetime) -> datetime:
    """The beginning of the day, UTC."""
    return at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)

"""The play: everything that is still to happen, in the order of its time, and the tally of what browsers counted."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from gatepost.actions.demoing.shelf import Shelf
from gatepost.actions.demoing.stage import Heard, MovedClock, Stage
from gatepost.actions.demoing.year import Year
from gatepost.store.counters import Tally

Scene = Callable[["Play"], None]


@dataclass(frozen=True)
class Read:
    """One read of a lead: when, what, whence. One that is not believed brings no receipt."""

    at: datetime
    article: str
    channel: str
    receipt: str


@dataclass
class Person:
    """Somebody who will ask. `bounces`: their address takes no letter; `waits`: nobody has answered their question yet."""

    name: str
    email: str
    channel: str
    bounces: bool
    forgetful: bool
    reads: list[Read] = field(default_factory=list)
    lead_id: UUID | None = None
    is_confirmed: bool = False
    is_sure: bool = False
    waits: bool = False
    buys: bool = False
    requests: int = 0
    asked: set[str] = field(default_factory=set)


@dataclass
class Play:
    """What scenes act on. `end` is where the year ends: nothing happens after it."""

    stage: Stage
    clock: MovedClock
    heard: Heard
    shelf: Shelf
    year: Year
    dice: Random
    end: datetime
    gone: str = ""
    tally: Tally = field(default_factory=Tally)
    contest: dict[str, list[UUID]] = field(default_factory=dict)
    bouncing: set[str] = field(default_factory=set)
    queue: list[tuple[datetime, int, Scene]] = field(default_factory=list)
    scenes: int = 0

    def later(self, at: datetime, scene: Scene) -> None:
        """Let something happen at a time; what would happen after the end does not."""
        if at < self.end:
            self.scenes += 1
            heapq.heappush(self.queue, (at, self.scenes, scene))

    def run(self, until: datetime) -> None:
        """Let everything happen up to a time."""
        while self.queue and self.queue[0][0] < until:
            self.clock.at, _, scene = heapq.heappop(self.queue)
            scene(self)
        self.clock.at = until

    @property
    def today(self) -> date:
        """The day it is on the stage."""
        return self.clock.at.date()

    def after(self, *, days: float = 0, hours: float = 0) -> datetime:
        """About so long from now, by the dice: half of the times sooner."""
        return self.clock.at + timedelta(days=days, hours=hours) * self.dice.lognormvariate(0, 0.7)

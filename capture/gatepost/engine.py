"""Wiring: the one place where parts meet. Time, randomness and listeners come from here, and from nowhere below."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from uuid import UUID

from gatepost import catalogue, events, sinks
from gatepost.settings import Settings
from gatepost.store import Database, schema
from gatepost.tokens import Receipts, Tokens


def system_clock() -> datetime:
    """Now, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Engine:
    """Everything an action needs. Tests pass a clock that stands still."""

    settings: Settings
    database: Database
    tokens: Tokens
    follower: catalogue.Follower
    clock: Callable[[], datetime] = system_clock
    listeners: tuple[sinks.Sink, ...] = field(default=())

    def now(self) -> datetime:
        """The time of this moment, aware, in UTC."""
        return self.clock()

    def new_id(self) -> UUID:
        """A UUIDv7 (RFC 9562): sorted by time, not to be guessed."""
        milliseconds = int(self.clock().timestamp() * 1000) & ((1 << 48) - 1)
        noise = secrets.randbits(74)
        return UUID(int=milliseconds << 80 | 7 << 76 | (noise >> 62) << 64 | 2 << 62 | noise & ((1 << 62) - 1))

    def nonce(self) -> str:
        """Eight random letters: enough to tell one read of an article in a minute from the others."""
        return secrets.token_urlsafe(6)

    def secret(self) -> str:
        """256 random bits as 64 hexadecimal digits, with no time in them."""
        return secrets.token_hex(32)

    @cached_property
    def receipts(self) -> Receipts:
        """Signs and reads receipts of reads, with the keys of the links."""
        return Receipts(self.settings.secret_keys)

    @property
    def catalogue(self) -> catalogue.Catalogue:
        """The newest catalogue. Raises CatalogueMissing when no build has been made."""
        return self.follower.current()

    def emit(self, event: events.Event) -> None:
        """Tell every listener; call it after the fact is stored."""
        for listener in self.listeners:
            listener(event)

    def link(self, door: str, subject: UUID, page: str = "") -> str:
        """An absolute, signed link into the capture service: `door` is confirm, download, leave or my.

        `page` is the path where it differs from the door: a list is opened with a download's token.
        """
        return f"{self.settings.capture_url}/{page or door}/{self.tokens.sign(door, subject, self.now())}"


def start(settings: Settings, *, upgrade: bool = False) -> Engine:
    """Wire an engine to its database. Raises SchemaMissing, SchemaTooNew or DatabaseUnreachable."""
    database = Database(settings.database_url)
    if upgrade:
        schema.upgrade(database)
    else:
        schema.check(database)
    return Engine(
        settings=settings,
        database=database,
        tokens=Tokens(settings.secret_keys),
        follower=catalogue.Follower(settings.data_dir),
        listeners=tuple(sinks.SINKS.values()),
    )

"""Links that show figures to whoever has them, known by the hash of their token."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from gatepost.store import tables as t

_c = t.share.c


@dataclass(frozen=True)
class Share:
    """A link's name and the SHA-256 of its token, which itself is nowhere. `ends_at` None: it opens until it is taken back."""

    hash: str
    name: str
    made_at: datetime
    ends_at: datetime | None = None

    def opens(self, now: datetime) -> bool:
        """Has it not ended?"""
        return self.ends_at is None or now < self.ends_at


def add(tx: Connection, share: Share) -> None:
    """Store a new link."""
    tx.execute(insert(t.share), asdict(share))


def by_hash(tx: Connection, token_hash: str) -> Share | None:
    """Which link this is."""
    row = tx.execute(select(t.share).where(_c.hash == token_hash)).first()
    return Share(**row._mapping) if row else None


def by_name(tx: Connection, name: str) -> Share | None:
    """The link of this name."""
    row = tx.execute(select(t.share).where(_c.name == name)).first()
    return Share(**row._mapping) if row else None


def listed(tx: Connection) -> list[Share]:
    """All of them, oldest first."""
    return [Share(**row._mapping) for row in tx.execute(select(t.share).order_by(_c.made_at, _c.name))]


def remove(tx: Connection, name: str) -> int:
    """Take a link back; returns how many were there, one or none."""
    return tx.execute(delete(t.share).where(_c.name == name)).rowcount

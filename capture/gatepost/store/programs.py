"""Programs that may read the report, known by the hash of their token."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from gatepost.store import tables as t


@dataclass(frozen=True)
class Program:
    """A token's name and the SHA-256 of its text. The text itself is nowhere."""

    hash: str
    name: str
    created_at: datetime


def add(tx: Connection, program: Program) -> None:
    """Store a new token."""
    tx.execute(insert(t.api_token), asdict(program))


def by_hash(tx: Connection, token_hash: str) -> Program | None:
    """Whose token this is."""
    row = tx.execute(select(t.api_token).where(t.api_token.c.hash == token_hash)).first()
    return Program(**row._mapping) if row else None


def by_name(tx: Connection, name: str) -> Program | None:
    """The token of this name."""
    row = tx.execute(select(t.api_token).where(t.api_token.c.name == name)).first()
    return Program(**row._mapping) if row else None


def listed(tx: Connection) -> list[Program]:
    """All of them, oldest first."""
    rows = tx.execute(select(t.api_token).order_by(t.api_token.c.created_at, t.api_token.c.name))
    return [Program(**row._mapping) for row in rows]


def remove(tx: Connection, name: str) -> int:
    """Forget a token; returns how many were there, one or none."""
    return tx.execute(delete(t.api_token).where(t.api_token.c.name == name)).rowcount

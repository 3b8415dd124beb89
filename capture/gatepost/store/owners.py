"""Owners, their sessions, and the tries to log in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, update

from gatepost.store import tables as t


@dataclass(frozen=True)
class Owner:
    """Somebody who may open the dashboard. `letter_every`: "week", "month", or "" for no report by letter."""

    id: UUID
    email: str
    password_hash: str
    created_at: datetime
    letter_every: str = ""


@dataclass(frozen=True)
class Session:
    """An owner who is logged in. `hash` is that of the cookie's secret. `seen_at` stays at the login: a look changes nothing here."""

    hash: str
    owner_id: UUID
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True)
class Try:
    """One attempt to log in, under a key that names where it came from."""

    id: UUID
    key: str
    at: datetime


def by_email(tx: Connection, email: str) -> Owner | None:
    """The owner of this normalised address."""
    row = tx.execute(select(t.owner).where(t.owner.c.email == email)).first()
    return Owner(**row._mapping) if row else None


def by_id(tx: Connection, owner_id: UUID) -> Owner | None:
    """The owner of this id."""
    row = tx.execute(select(t.owner).where(t.owner.c.id == owner_id)).first()
    return Owner(**row._mapping) if row else None


def ids(tx: Connection) -> list[UUID]:
    """Every owner, the first one first."""
    return list(tx.execute(select(t.owner.c.id).order_by(t.owner.c.created_at, t.owner.c.id)).scalars())


def add(tx: Connection, owner: Owner) -> None:
    """Store a new owner."""
    tx.execute(insert(t.owner), asdict(owner))


def set_password(tx: Connection, owner_id: UUID, password_hash: str) -> None:
    """Replace a password's hash."""
    tx.execute(update(t.owner).where(t.owner.c.id == owner_id).values(password_hash=password_hash))


def set_letter(tx: Connection, owner_id: UUID, every: str) -> None:
    """How often the report comes as a letter: "week", "month", or "" for never."""
    tx.execute(update(t.owner).where(t.owner.c.id == owner_id).values(letter_every=every))


def with_letter(tx: Connection) -> list[Owner]:
    """Owners who chose the report as a letter, the first one first."""
    query = select(t.owner).where(t.owner.c.letter_every != "").order_by(t.owner.c.created_at, t.owner.c.id)
    return [Owner(**row._mapping) for row in tx.execute(query)]


def add_session(tx: Connection, session: Session) -> None:
    """Store a session."""
    tx.execute(insert(t.session), asdict(session))


def session(tx: Connection, session_hash: str) -> tuple[Session, Owner] | None:
    """A session and whose it is."""
    row = tx.execute(
        select(t.session, t.owner)
        .join_from(t.session, t.owner, t.session.c.owner_id == t.owner.c.id)
        .where(t.session.c.hash == session_hash)
    ).first()
    if row is None:
        return None
    cells = row._mapping
    return (
        Session(**{column.name: cells[column] for column in t.session.c}),
        Owner(**{column.name: cells[column] for column in t.owner.c}),
    )


def end_session(tx: Connection, session_hash: str) -> None:
    """Log one browser out."""
    tx.execute(delete(t.session).where(t.session.c.hash == session_hash))


def end_sessions(tx: Connection, owner_id: UUID) -> int:
    """Log an owner out everywhere; returns how many sessions ended."""
    return tx.execute(delete(t.session).where(t.session.c.owner_id == owner_id)).rowcount


def end_old_sessions(tx: Connection, created_before: datetime) -> int:
    """Drop sessions past their life; returns how many."""
    return tx.execute(delete(t.session).where(t.session.c.created_at < created_before)).rowcount


def add_tries(tx: Connection, tries: Sequence[Try]) -> None:
    """Remember tries to log in."""
    tx.execute(insert(t.login_try), [asdict(one) for one in tries])


def tries(tx: Connection, key: str, since: datetime) -> list[datetime]:
    """When somebody tried under this key, oldest first."""
    query = select(t.login_try.c.at).where(t.login_try.c.key == key, t.login_try.c.at > since)
    return list(tx.execute(query.order_by(t.login_try.c.at)).scalars())


def forget_tries(tx: Connection, ids: Sequence[UUID], key: str) -> None:
    """After a good login: its own tries, and all under one key."""
    tx.execute(delete(t.login_try).where(t.login_try.c.id.in_(ids) | (t.login_try.c.key == key)))


def drop_old_tries(tx: Connection, before: datetime) -> None:
    """Tries that no longer count."""
    tx.execute(delete(t.login_try).where(t.login_try.c.at <= before))

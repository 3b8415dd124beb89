"""Contests: who is in, by which request, and the seed that was made with the first entry."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, func, or_, select, update

from gatepost.store import tables as t
from gatepost.store.upsert import insert_if_new

OWN, REFERRAL = "own", "referral"
_ADD = insert_if_new(t.entry, "key")
_SEAL = insert_if_new(t.draw, "offer")
_c = t.entry.c


@dataclass(frozen=True)
class Entry:
    """One chance to win. `why` is "own" or "referral"; `signup_id` is the request that brought it: one's own, or the friend's."""

    id: UUID
    key: str
    offer: str
    lead_id: UUID
    signup_id: UUID
    why: str
    at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True)
class Draw:
    """The sealed seed of one contest; `record` is the published JSON text, "" before the draw."""

    offer: str
    seed: str
    made_at: datetime
    drawn_at: datetime | None = None
    record: str = ""


def hold(tx: Connection, offer: str) -> None:
    """Let one transaction at a time enter or draw in a contest; it is let go when the transaction ends."""
    # SQLite has one writer anyway; on PostgreSQL an entry could slip in beside a draw, or one referral too many.
    if tx.dialect.name != "sqlite":
        tx.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"contest:{offer}", 0))))


def add(tx: Connection, entry: Entry) -> bool:
    """Store an entry; False when there is one of the same key."""
    return _ADD.run(tx, [asdict(entry)]) == 1


def by_key(tx: Connection, key: str) -> Entry | None:
    """The entry of this key, also a withdrawn one."""
    found = _entries(tx, _c.key == key)
    return found[0] if found else None


def of_lead(tx: Connection, lead_id: UUID, offer: str = "") -> list[Entry]:
    """Every entry of a person, the own one of each contest before those that friends brought."""
    return _entries(tx, _c.lead_id == lead_id, *([_c.offer == offer] if offer else []))


def of_offer(tx: Connection, offer: str, *, with_withdrawn: bool = False) -> list[Entry]:
    """The entries that count in a contest, oldest first."""
    found = _entries(tx, _c.offer == offer, *([] if with_withdrawn else [_c.withdrawn_at.is_(None)]))
    return sorted(found, key=lambda entry: (entry.at, entry.why != OWN, entry.id))


def withdraw(tx: Connection, lead_id: UUID, at: datetime, offer: str = "") -> int:
    """Take a person's entries back, and those that they brought to friends; returns how many that were."""
    chosen = [_c.withdrawn_at.is_(None), _theirs(lead_id), *([_c.offer == offer] if offer else [])]
    return tx.execute(update(t.entry).where(*chosen).values(withdrawn_at=at)).rowcount


def forget(tx: Connection, lead_id: UUID, at: datetime) -> None:
    """The same for good: no key tells any more whose an entry was. Its id stays, so that a record can be checked."""
    withdraw(tx, lead_id, at)
    for entry in _entries(tx, _theirs(lead_id)):
        tx.execute(update(t.entry).where(_c.id == entry.id).values(key=f"erased:{entry.id.hex}"))


def seal(tx: Connection, offer: str, seed: str, at: datetime) -> None:
    """Keep the seed of a contest, unless it has one."""
    _SEAL.run(tx, [asdict(Draw(offer, seed, at))])


def draw_of(tx: Connection, offer: str) -> Draw | None:
    """The seed of a contest and, once drawn, its record."""
    row = tx.execute(select(t.draw).where(t.draw.c.offer == offer)).first()
    return Draw(**row._mapping) if row else None


def draws(tx: Connection) -> list[Draw]:
    """Every contest that anybody has entered, the oldest first."""
    rows = tx.execute(select(t.draw).order_by(t.draw.c.made_at, t.draw.c.offer))
    return [Draw(**row._mapping) for row in rows]


def keep_record(tx: Connection, offer: str, record: str, at: datetime) -> bool:
    """Keep the record of a draw; False when there is one."""
    chosen = update(t.draw).where(t.draw.c.offer == offer, t.draw.c.drawn_at.is_(None))
    return bool(tx.execute(chosen.values(record=record, drawn_at=at)).rowcount)


def _theirs(lead_id: UUID) -> ColumnElement[bool]:
    requests = select(t.signup.c.id).where(t.signup.c.lead_id == lead_id)
    return or_(_c.lead_id == lead_id, _c.signup_id.in_(requests))


def _entries(tx: Connection, *conditions: ColumnElement[bool]) -> list[Entry]:
    rows = tx.execute(select(t.entry).where(*conditions).order_by(_c.offer, _c.why, _c.at, _c.id))
    return [Entry(**row._mapping) for row in rows]

"""Seats at webinars and events: as many held as there are, the others waiting in order."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, func, select, update

from gatepost.leads.seat import GIVEN_UP, HELD, WAITING, Seat
from gatepost.store import tables as t

_s = t.seat.c
_WRITTEN_TO = select(t.seat).join(t.lead, t.lead.c.id == _s.lead_id).where(t.lead.c.state == "confirmed")


def hold_offer(tx: Connection, offer: str) -> None:
    """Let one transaction at a time give or free seats of an offer; it is let go when the transaction ends."""
    # SQLite has one writer anyway; on PostgreSQL two could both see the last seat free.
    if tx.dialect.name != "sqlite":
        tx.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"seats of {offer}", 0))))


def add(tx: Connection, seat: Seat) -> None:
    """Store a new seat."""
    tx.execute(t.seat.insert().values(vars(seat)))


def save(tx: Connection, seat: Seat) -> None:
    """Write a changed seat."""
    tx.execute(update(t.seat).where(_s.id == seat.id).values({k: v for k, v in vars(seat).items() if k != "id"}))


def of(tx: Connection, offer: str, lead_id: UUID) -> Seat | None:
    """The seat of a lead at an offer, in whatever state."""
    row = tx.execute(select(t.seat).where(_s.offer == offer, _s.lead_id == lead_id)).first()
    return Seat(**row._mapping) if row else None


def by_id(tx: Connection, seat_id: UUID) -> Seat | None:
    """One seat."""
    row = tx.execute(select(t.seat).where(_s.id == seat_id)).mappings().first()
    return _seat(row) if row else None


def of_lead(tx: Connection, lead_id: UUID) -> list[Seat]:
    """Every seat of a lead, oldest first."""
    rows = tx.execute(select(t.seat).where(_s.lead_id == lead_id).order_by(_s.taken_at))
    return [Seat(**row._mapping) for row in rows]


def of_offer(tx: Connection, offer: str) -> list[tuple[Seat, str, str]]:
    """Every seat of an offer with the address and the name of its lead: held, then waiting, then given up."""
    query = select(t.seat, t.lead.c.email, t.lead.c.name).join_from(t.seat, t.lead, _s.lead_id == t.lead.c.id)
    rows = tx.execute(query.where(_s.offer == offer).order_by(_s.state, _s.taken_at, _s.id)).all()
    order = (HELD, WAITING, GIVEN_UP)
    found = [(_seat(row._mapping), row.email, row.name) for row in rows]
    return sorted(found, key=lambda one: order.index(one[0].state))


def count(tx: Connection, offer: str) -> dict[str, int]:
    """How many seats of an offer are in each state, and how many came."""
    rows = tx.execute(
        select(_s.state, func.count(), func.count(_s.came_at)).where(_s.offer == offer).group_by(_s.state)
    )
    found = {HELD: 0, WAITING: 0, GIVEN_UP: 0, "came": 0}
    for state, many, came in rows:
        found[state] = many
        found["came"] += came
    return found


def next_waiting(tx: Connection, offer: str, most: int) -> list[Seat]:
    """Who has waited longest for a seat. Whoever stopped all letters would not learn of it, and is passed over."""
    waiting = _WRITTEN_TO.where(_s.offer == offer, _s.state == WAITING).order_by(_s.taken_at, _s.id).limit(most)
    return [Seat(**row._mapping) for row in tx.execute(waiting)]


def told_otherwise(tx: Connection, offer: str, start: datetime, most: int) -> list[Seat]:
    """Seats, held or waited for, whose readers take letters and were last told of another beginning."""
    query = _WRITTEN_TO.where(_s.offer == offer, _s.state.in_((HELD, WAITING)), _s.told_start != start)
    return [Seat(**row._mapping) for row in tx.execute(query.order_by(_s.taken_at).limit(most))]


def came(tx: Connection, ids: Collection[UUID], at: datetime, how: str) -> int:
    """Say of seats that somebody came; returns of how many nobody had said so."""
    changed = update(t.seat).where(_s.id.in_(ids), _s.came_at.is_(None)).values(came_at=at, came_how=how)
    return tx.execute(changed).rowcount if ids else 0


def mark(tx: Connection, seat_id: UUID, at: datetime | None, how: str) -> bool:
    """Say by hand when somebody came, or that nobody did. False: there is no such seat."""
    changed = update(t.seat).where(_s.id == seat_id).values(came_at=at, came_how=how)
    return bool(tx.execute(changed).rowcount)


def offers(tx: Connection) -> list[str]:
    """Every offer that ever had a seat."""
    return list(tx.execute(select(_s.offer).distinct().order_by(_s.offer)).scalars())


def _seat(row: object) -> Seat:
    plain = {name: value for name, value in dict(row).items() if name not in ("email", "name")}  # type: ignore[call-overload]
    return Seat(**plain)

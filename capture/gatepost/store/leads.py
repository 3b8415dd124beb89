"""Leads, their signups, journeys and permissions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, delete, func, select, update

from gatepost.journey import Touch
from gatepost.leads import Consent, Lead, Signup
from gatepost.offers import Money, Wording
from gatepost.store import tables as t
from gatepost.store.upsert import insert_all, insert_if_new

# What every signup runs is made once: to build a statement costs more than to run it.
_BY_KEY = select(t.lead).where(t.lead.c.email_key == bindparam("key"))
_ADD_LEAD, _ADD_WORDING = insert_if_new(t.lead, "email_key"), insert_if_new(t.wording, "hash")
_ADD_SIGNUP, _ADD_CONSENT, _ADD_TOUCH = insert_all(t.signup), insert_all(t.consent), insert_all(t.touch)


def by_key(tx: Connection, email_key: str) -> Lead | None:
    """The lead of this identity."""
    row = tx.execute(_BY_KEY, {"key": email_key}).first()
    return _lead(row) if row else None


def by_id(tx: Connection, lead_id: UUID) -> Lead | None:
    """The lead of this id."""
    row = tx.execute(select(t.lead).where(t.lead.c.id == lead_id)).first()
    return _lead(row) if row else None


def add_if_new(tx: Connection, lead: Lead) -> Lead:
    """Store a lead unless its identity is known; returns the one that is stored."""
    if _ADD_LEAD.run(tx, [vars(lead)]) == 1:
        return lead
    stored = by_key(tx, lead.email_key)
    assert stored is not None
    return stored


def hold_mailbox(tx: Connection, mailbox: str) -> None:
    """Let one transaction at a time decide what a letter box is owed; it is let go when the transaction ends."""
    # SQLite has one writer anyway; on PostgreSQL two nodes could both count two letters and both owe the third.
    if tx.dialect.name != "sqlite":
        tx.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(mailbox, 0))))


def save(tx: Connection, lead: Lead) -> Lead:
    """Write a changed lead."""
    tx.execute(update(t.lead).where(t.lead.c.id == lead.id), {k: v for k, v in vars(lead).items() if k != "id"})
    return lead


def set_channel(tx: Connection, lead_id: UUID, channel: str) -> None:
    """Write the owner's word on where a lead came from; "" takes it back."""
    tx.execute(update(t.lead).where(t.lead.c.id == lead_id).values(channel=channel))


def add_signup(tx: Connection, signup: Signup) -> None:
    """Store a request."""
    plain = dict(vars(signup))
    del plain["value"]
    plain["value_amount"] = signup.value.amount if signup.value else None
    plain["value_currency"] = signup.value.currency if signup.value else None
    _ADD_SIGNUP.run(tx, [plain])


def set_signup_channel(tx: Connection, signup_id: UUID, channel: str) -> None:
    """Write through which channel a request came; before it is confirmed, since it is counted then."""
    tx.execute(update(t.signup).where(t.signup.c.id == signup_id).values(channel=channel))


def signup(tx: Connection, signup_id: UUID) -> Signup | None:
    """The request of this id."""
    row = tx.execute(select(t.signup).where(t.signup.c.id == signup_id)).first()
    return _signup(row) if row else None


def signups_of(tx: Connection, lead_id: UUID) -> list[Signup]:
    """Every request of one lead, oldest first."""
    rows = tx.execute(select(t.signup).where(t.signup.c.lead_id == lead_id).order_by(t.signup.c.requested_at))
    return [_signup(row) for row in rows]


def latest_signup(tx: Connection, lead_id: UUID, offer: str, since: datetime) -> Signup | None:
    """The newest request of a lead for an offer that is not older than `since`."""
    query = (
        select(t.signup)
        .where(t.signup.c.lead_id == lead_id, t.signup.c.offer == offer, t.signup.c.requested_at >= since)
        .order_by(t.signup.c.requested_at.desc(), t.signup.c.id.desc())
        .limit(1)
    )
    row = tx.execute(query).first()
    return _signup(row) if row else None


def confirm_signup(tx: Connection, signup_id: UUID, at: datetime) -> bool:
    """Mark a request and the permissions given with it as confirmed. False when it was confirmed before."""
    changed = tx.execute(
        update(t.signup).where(t.signup.c.id == signup_id, t.signup.c.confirmed_at.is_(None)).values(confirmed_at=at)
    ).rowcount
    if changed:
        tx.execute(
            update(t.consent)
            .where(
                t.consent.c.signup_id == signup_id,
                t.consent.c.confirmed_at.is_(None),
                t.consent.c.withdrawn_at.is_(None),
            )
            .values(confirmed_at=at)
        )
    return bool(changed)


def add_consents(tx: Connection, consents: Sequence[Consent], wordings: Iterable[Wording]) -> None:
    """Store permissions together with the sentences they were given to."""
    for each in wordings:
        _keep_wording(tx, each)
    if consents:
        _ADD_CONSENT.run(tx, [vars(consent) for consent in consents])


def _keep_wording(tx: Connection, wording: Wording) -> None:
    row = {"hash": wording.hash, "purpose": wording.purpose, "version": wording.version, "text": wording.text}
    # This database connection's own memory of what was there before: the same few sentences come with every signup.
    there: set[str] = tx.info.setdefault("wordings", set())
    if row["hash"] not in there and not _ADD_WORDING.run(tx, [row]):
        there.add(row["hash"])


def consents_of(tx: Connection, lead_id: UUID) -> list[Consent]:
    """Every permission a lead ever gave, oldest first."""
    rows = tx.execute(select(t.consent).where(t.consent.c.lead_id == lead_id).order_by(t.consent.c.given_at))
    return [Consent(**row._mapping) for row in rows]


def wording(tx: Connection, wording_hash: str) -> Wording | None:
    """The sentence behind a hash."""
    row = tx.execute(select(t.wording).where(t.wording.c.hash == wording_hash)).first()
    return Wording(row.purpose, row.version, row.text) if row else None


def withdraw(tx: Connection, lead_id: UUID, at: datetime, how: str) -> int:
    """End every permission of a lead; returns how many ended."""
    return tx.execute(
        update(t.consent)
        .where(t.consent.c.lead_id == lead_id, t.consent.c.withdrawn_at.is_(None))
        .values(withdrawn_at=at, withdrawn_how=how)
    ).rowcount


def add_journey(tx: Connection, signup_id: UUID, touches: Sequence[Touch]) -> None:
    """Freeze a journey under its signup."""
    if touches:
        rows = [{"signup_id": signup_id, "place": place, **vars(touch)} for place, touch in enumerate(touches)]
        _ADD_TOUCH.run(tx, rows)


def journey(tx: Connection, signup_id: UUID) -> list[Touch]:
    """The frozen journey of one signup, oldest touch first."""
    rows = tx.execute(select(t.touch).where(t.touch.c.signup_id == signup_id).order_by(t.touch.c.place))
    return [Touch(row.at, row.article, row.channel, row.rung, row.suspect) for row in rows]


def forget_journeys(tx: Connection, lead_id: UUID) -> int:
    """Delete every journey of a lead; returns how many touches went."""
    theirs = select(t.signup.c.id).where(t.signup.c.lead_id == lead_id)
    return tx.execute(delete(t.touch).where(t.touch.c.signup_id.in_(theirs))).rowcount


def listed(tx: Connection, *, state: str = "", limit: int = 1_000_000) -> list[Lead]:
    """Leads, newest first; of one state if given."""
    query = select(t.lead).order_by(t.lead.c.created_at.desc(), t.lead.c.id).limit(limit)
    if state:
        query = query.where(t.lead.c.state == state)
    return [_lead(row) for row in tx.execute(query)]


def drop_unconfirmed_journeys(tx: Connection, before: datetime) -> int:
    """Delete journeys of requests never confirmed, asked for before a time; returns how many touches went."""
    old = select(t.signup.c.id).where(t.signup.c.confirmed_at.is_(None), t.signup.c.requested_at < before)
    return tx.execute(delete(t.touch).where(t.touch.c.signup_id.in_(old))).rowcount


def never_confirmed(tx: Connection, before: datetime, most: int = 500) -> list[UUID]:
    """Leads whose address nobody ever confirmed and who asked for nothing since a time, oldest first."""
    lately = select(t.signup.c.lead_id).where(t.signup.c.requested_at >= before)
    query = (
        select(t.lead.c.id)
        .where(
            t.lead.c.state.in_(("pending", "left")),
            t.lead.c.confirmed_at.is_(None),
            t.lead.c.created_at < before,
            t.lead.c.id.not_in(lately),
        )
        .order_by(t.lead.c.created_at)
        .limit(most)
    )
    return list(tx.execute(query).scalars())


def _lead(row: Row[Any]) -> Lead:
    return Lead(**row._mapping)


def _signup(row: Row[Any]) -> Signup:
    plain = dict(row._mapping)
    amount, currency = plain.pop("value_amount"), plain.pop("value_currency")
    return Signup(**plain, value=Money(amount, currency) if amount is not None else None)

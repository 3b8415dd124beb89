"""Receipts that were handed in with a signup, by hash: a read belongs to one lead only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, select, update

from gatepost.store import tables as t
from gatepost.store.upsert import insert_if_new

_SPEND = insert_if_new(t.receipt, "hash")


def spend(tx: Connection, lead_id: UUID, signup_id: UUID, hashes: Iterable[str], at: datetime) -> frozenset[str]:
    """Note receipts as this lead's. Returns those that another lead handed in before.

    A lead whose address was never confirmed hands its receipts over: mostly it is the same reader, who mistyped it.
    """
    # In one order, so that two signups with the same receipts cannot block each other.
    given = sorted(set(hashes) - {""})
    if not given:
        return frozenset()
    _SPEND.run(tx, [{"hash": one, "signup_id": signup_id, "spent_at": at} for one in given])
    theirs = _of_others(tx, lead_id, given)
    if theirs:
        _take_over(tx, signup_id, theirs)
        theirs = _of_others(tx, lead_id, given)
    return frozenset(theirs)


def of_signup(tx: Connection, signup_id: UUID) -> list[tuple[str, datetime]]:
    """The receipts handed in with a request, and when: hash, time."""
    c = t.receipt.c
    rows = tx.execute(select(c.hash, c.spent_at).where(c.signup_id == signup_id).order_by(c.hash))
    return [(row.hash, row.spent_at) for row in rows]


def forget(tx: Connection, lead_id: UUID) -> None:
    """Delete a lead's receipts."""
    theirs = select(t.signup.c.id).where(t.signup.c.lead_id == lead_id)
    tx.execute(delete(t.receipt).where(t.receipt.c.signup_id.in_(theirs)))


def sweep(tx: Connection, before: datetime) -> None:
    """Delete receipts handed in before a time: what they prove is too old for any journey."""
    tx.execute(delete(t.receipt).where(t.receipt.c.spent_at < before))


def _of_others(tx: Connection, lead_id: UUID, hashes: Sequence[str]) -> list[str]:
    c = t.receipt.c
    query = select(c.hash).join_from(t.receipt, t.signup, c.signup_id == t.signup.c.id)
    return list(tx.execute(query.where(c.hash.in_(hashes), t.signup.c.lead_id != lead_id)).scalars())


def _take_over(tx: Connection, signup_id: UUID, hashes: Sequence[str]) -> None:
    c = t.receipt.c
    holders = select(t.signup.c.lead_id).where(t.signup.c.id.in_(select(c.signup_id).where(c.hash.in_(hashes))))
    # Held until the end: who presses the button meanwhile waits, and then finds the journey doubted.
    unconfirmed = select(t.lead.c.id).where(t.lead.c.id.in_(holders), t.lead.c.confirmed_at.is_(None))
    leads = list(tx.execute(unconfirmed.order_by(t.lead.c.id).with_for_update(key_share=True)).scalars())
    before = select(t.signup.c.id).where(t.signup.c.lead_id.in_(leads))
    tx.execute(update(t.receipt).where(c.hash.in_(hashes), c.signup_id.in_(before)).values(signup_id=signup_id))
    doubted = update(t.touch).where(t.touch.c.signup_id.in_(before), t.touch.c.suspect == "")
    tx.execute(doubted.where(t.touch.c.rung == "read").values(suspect="receipt-reused"))

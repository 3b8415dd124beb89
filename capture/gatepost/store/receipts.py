"""Receipts that were handed in with a signup, by hash: a read belongs to one lead only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, select

from gatepost.store import tables as t
from gatepost.store.upsert import insert_if_new

_SPEND = insert_if_new(t.receipt, "hash")


def spend(tx: Connection, lead_id: UUID, signup_id: UUID, hashes: Iterable[str], at: datetime) -> frozenset[str]:
    """Note receipts as this lead's. Returns those that another lead handed in before."""
    # In one order, so that two signups with the same receipts cannot block each other.
    given = sorted(set(hashes) - {""})
    for one in given:
        _SPEND.run(tx, [{"hash": one, "signup_id": signup_id, "spent_at": at}])
    if not given:
        return frozenset()
    c = t.receipt.c
    theirs = select(c.hash).join_from(t.receipt, t.signup, c.signup_id == t.signup.c.id)
    return frozenset(tx.execute(theirs.where(c.hash.in_(given), t.signup.c.lead_id != lead_id)).scalars())


def forget(tx: Connection, lead_id: UUID) -> None:
    """Delete a lead's receipts."""
    theirs = select(t.signup.c.id).where(t.signup.c.lead_id == lead_id)
    tx.execute(delete(t.receipt).where(t.receipt.c.signup_id.in_(theirs)))


def sweep(tx: Connection, before: datetime) -> None:
    """Delete receipts handed in before a time: what they prove is too old for any journey."""
    tx.execute(delete(t.receipt).where(t.receipt.c.spent_at < before))

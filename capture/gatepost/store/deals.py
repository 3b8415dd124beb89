"""Deals, read for counting them anew."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, exists, select

from gatepost.leads import Deal
from gatepost.offers import Money
from gatepost.store import tables as t


def between(tx: Connection, first: UUID, last: UUID) -> list[Deal]:
    """Deals of the confirmed leads from one id to another, both included."""
    return _deals(tx, t.deal.c.lead_id.between(first, last), _has_confirmed())


def without_request(tx: Connection) -> list[Deal]:
    """Deals of leads that never confirmed a request: no journey is known of them."""
    return _deals(tx, ~_has_confirmed())


def _has_confirmed() -> ColumnElement[bool]:
    return exists().where(t.signup.c.lead_id == t.deal.c.lead_id, t.signup.c.confirmed_at.is_not(None))


def _deals(tx: Connection, *only: ColumnElement[bool]) -> list[Deal]:
    rows: Iterable[Row[Any]] = tx.execute(select(t.deal).where(*only).order_by(t.deal.c.id))
    return [deal_of(row) for row in rows]


def deal_of(row: Row[Any]) -> Deal:
    """A stored row as the deal it is."""
    plain = dict(row._mapping)
    currency = plain.pop("currency")
    return Deal(**{**plain, "amount": Money(plain["amount"], currency)})

"""Deals and spend for their owner, as rows: columns are those of the files they are imported from."""

from __future__ import annotations

from datetime import date
from typing import Any

from gatepost.engine import Engine
from gatepost.store import money

DEALS = ("date", "email", "amount", "currency", "kind", "note", "id")
SPEND = ("date", "amount", "currency", "article", "channel", "campaign", "note", "id")


def deals(engine: Engine, since: date | None = None) -> list[dict[str, Any]]:
    """One plain dictionary a deal, newest day first. The address of a lead that was erased is ""."""
    with engine.database.reading() as tx:
        found = money.deals(tx, since)
    return [
        {
            "date": deal.day.isoformat(),
            "email": email,
            "amount": deal.amount.plain,
            "currency": deal.amount.currency,
            "kind": deal.kind,
            "note": deal.note,
            "id": _id(deal.key),
        }
        for deal, email in found
    ]


def spend(engine: Engine, since: date | None = None) -> list[dict[str, Any]]:
    """One plain dictionary a line of spend, newest day first."""
    with engine.database.reading() as tx:
        found = money.spend(tx, since)
    return [
        {
            "date": one.day.isoformat(),
            "amount": one.amount.plain,
            "currency": one.amount.currency,
            "article": one.article,
            "channel": one.channel,
            "campaign": one.campaign,
            "note": one.note,
            "id": _id(one.key),
        }
        for one in found
    ]


def _id(key: str) -> str:
    return key.removeprefix("id:")

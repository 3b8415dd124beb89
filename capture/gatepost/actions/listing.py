"""Leads for their owner: as rows, whole, or gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gatepost.actions import crediting, erasing, exporting
from gatepost.engine import Engine
from gatepost.leads import Lead, Origin, email_key, origin
from gatepost.report import csv_cell
from gatepost.store import Transaction, leads


def rows(engine: Engine, *, state: str = "") -> list[dict[str, Any]]:
    """One plain dictionary a lead, newest first; times are ISO 8601 in UTC."""
    with engine.database.reading() as tx:
        return [_row(tx, lead) for lead in leads.listed(tx, state=state)]


def csv_row(row: dict[str, Any], columns: Sequence[str]) -> list[str]:
    """A row as cells that no spreadsheet takes for a formula."""
    return [csv_cell(", ".join(value) if isinstance(value := row[column], list) else str(value)) for column in columns]


def everything(engine: Engine, email: str) -> dict[str, Any] | None:
    """All that is held about an address, or None when it is nobody's."""
    lead = _by_address(engine, email)
    return exporting.everything(engine, lead.id) if lead else None


def forget(engine: Engine, email: str) -> bool:
    """Erase the person behind an address. False when there is none."""
    lead = _by_address(engine, email)
    if lead is None:
        return False
    erasing.erase(engine, lead.id)
    return True


def set_channel(engine: Engine, email: str, channel: str) -> Origin | None:
    """Note the owner's word on where a lead came from; "" takes it back. Returns what counts now, None for nobody."""
    with engine.database.writing() as tx:
        lead = leads.by_key(tx, email_key(email.strip()))
        if lead is None:
            return None
        crediting.move(tx, lead.id, channel)
        leads.set_channel(tx, lead.id, channel)
        return origin(replace(lead, channel=channel), leads.signups_of(tx, lead.id))


def _by_address(engine: Engine, email: str) -> Lead | None:
    with engine.database.reading() as tx:
        return leads.by_key(tx, email_key(email.strip()))


def _row(tx: Transaction, lead: Lead) -> dict[str, Any]:
    signups = leads.signups_of(tx, lead.id)
    first = signups[0] if signups else None
    came_from = origin(lead, signups)
    return {
        "id": str(lead.id),
        "email": lead.email,
        "name": lead.name,
        "state": lead.state,
        "created_at": lead.created_at.isoformat(),
        "confirmed_at": lead.confirmed_at.isoformat() if lead.confirmed_at else "",
        "left_at": lead.left_at.isoformat() if lead.left_at else "",
        "offers": [signup.offer for signup in signups],
        "article": first.article if first else "",
        "channel": came_from.channel,
        "lead_class": came_from.lead_class,
        "purposes": sorted({c.purpose for c in leads.consents_of(tx, lead.id) if c.is_active}),
    }

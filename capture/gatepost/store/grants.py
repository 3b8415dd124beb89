"""Grants and the downloads they opened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, insert, select, update

from gatepost.leads import Grant
from gatepost.offers import HeldFile
from gatepost.store import tables as t


def add(tx: Connection, grants: Sequence[Grant]) -> None:
    """Store new grants."""
    if grants:
        tx.execute(insert(t.grant), [_plain(grant) for grant in grants])


def by_id(tx: Connection, grant_id: UUID) -> Grant | None:
    """The grant of this id."""
    row = tx.execute(select(t.grant).where(t.grant.c.id == grant_id)).first()
    return _grant(row) if row else None


def of_signup(tx: Connection, signup_id: UUID) -> list[Grant]:
    """Every grant made for one request, oldest first; the offer's first file leads."""
    rows = tx.execute(
        select(t.grant).where(t.grant.c.signup_id == signup_id).order_by(t.grant.c.created_at, t.grant.c.id)
    )
    return [_grant(row) for row in rows]


def of_lead(tx: Connection, lead_id: UUID) -> list[Grant]:
    """Every grant of one lead, oldest first."""
    rows = tx.execute(select(t.grant).where(t.grant.c.lead_id == lead_id).order_by(t.grant.c.created_at, t.grant.c.id))
    return [_grant(row) for row in rows]


def use(tx: Connection, grant_id: UUID, download_id: UUID, at: datetime) -> bool:
    """Count one use. False when another reader of the same link took the last one first."""
    changed = tx.execute(
        update(t.grant)
        .where(t.grant.c.id == grant_id, t.grant.c.uses < t.grant.c.uses_allowed, t.grant.c.revoked_at.is_(None))
        .values(uses=t.grant.c.uses + 1)
    ).rowcount
    if changed:
        _note(tx, grant_id, download_id, at, "reader")
    return bool(changed)


def note_scanner(tx: Connection, grant_id: UUID, download_id: UUID, at: datetime) -> None:
    """Remember that a mail scanner or crawler opened it; that uses nothing up."""
    _note(tx, grant_id, download_id, at, "scanner")


def downloads_of(tx: Connection, grant_id: UUID) -> list[tuple[datetime, str]]:
    """When a grant was opened, and by whom ("reader" or "scanner")."""
    rows = tx.execute(
        select(t.download.c.at, t.download.c.by).where(t.download.c.grant_id == grant_id).order_by(t.download.c.at)
    )
    return [(row.at, row.by) for row in rows]


def revoke(tx: Connection, lead_id: UUID, at: datetime) -> int:
    """Take every open grant of a lead back; returns how many."""
    return tx.execute(
        update(t.grant).where(t.grant.c.lead_id == lead_id, t.grant.c.revoked_at.is_(None)).values(revoked_at=at)
    ).rowcount


def _note(tx: Connection, grant_id: UUID, download_id: UUID, at: datetime, by: str) -> None:
    tx.execute(insert(t.download), {"id": download_id, "grant_id": grant_id, "at": at, "by": by})


def _plain(grant: Grant) -> dict[str, Any]:
    return {
        "id": grant.id, "lead_id": grant.lead_id, "signup_id": grant.signup_id, "offer": grant.offer, "file_id": grant.file.id,
        "file_name": grant.file.name, "media_type": grant.file.media_type, "file_size": grant.file.size,
        "created_at": grant.created_at, "expires_at": grant.expires_at, "uses_allowed": grant.uses_allowed, "uses": grant.uses,
        "revoked_at": grant.revoked_at,
    }  # fmt: skip


def _grant(row: Row[Any]) -> Grant:
    plain = dict(row._mapping)
    file = HeldFile(plain.pop("file_id"), plain.pop("file_name"), plain.pop("media_type"), plain.pop("file_size"))
    return Grant(**plain, file=file)

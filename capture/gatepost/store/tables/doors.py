"""Who may see the owner's side: owners, their sessions, tries to log in, and tokens of programs."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table, Uuid

from gatepost.store.tables.columns import UtcTime, metadata

owner = Table(
    "owner", metadata,
    Column("id", Uuid, primary_key=True),
    Column("email", String(320), nullable=False, unique=True),
    Column("password_hash", String(300), nullable=False),
    Column("created_at", UtcTime, nullable=False),
)  # fmt: skip

# The cookie's secret is kept only as its hash, so a stolen database opens no session.
session = Table(
    "session", metadata,
    Column("hash", String(64), primary_key=True),
    Column("owner_id", Uuid, ForeignKey("owner.id"), nullable=False, index=True),
    Column("created_at", UtcTime, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
)  # fmt: skip

login_try = Table(
    "login_try", metadata,
    Column("id", Uuid, primary_key=True),
    Column("key", String(400), nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_login_try_key_at", "key", "at"),
)  # fmt: skip

# For programs that read the report. Only the hash is kept; to revoke is to delete.
api_token = Table(
    "api_token", metadata,
    Column("hash", String(64), primary_key=True),
    Column("name", String(100), nullable=False, unique=True),
    Column("created_at", UtcTime, nullable=False),
)  # fmt: skip

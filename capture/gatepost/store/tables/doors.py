"""Who may see the owner's side: owners, their sessions, tries to log in, and tokens of programs."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, Text, Uuid

from gatepost.store.tables.columns import UtcTime, metadata

owner = Table(
    "owner", metadata,
    Column("id", Uuid, primary_key=True),
    Column("email", String(320), nullable=False, unique=True),
    Column("password_hash", String(300), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    # How often the report comes as a letter: "", "week" or "month".
    Column("letter_every", String(8), nullable=False, default="", server_default=""),
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

# A link that shows figures, and nobody's address, to whoever has it. To take it back is to delete it.
share = Table(
    "share", metadata,
    Column("hash", String(64), primary_key=True),
    Column("name", String(100), nullable=False, unique=True),
    Column("made_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime),
)  # fmt: skip

# What happened on a day, in the owner's words; shown beside the figures. `article` "" is about the whole site.
note = Table(
    "note", metadata,
    Column("id", Uuid, primary_key=True),
    Column("day", Date, nullable=False, index=True),
    Column("article", String(200), nullable=False, default=""),
    Column("text", String(500), nullable=False),
    Column("made_at", UtcTime, nullable=False),
)  # fmt: skip

# What the owner chose for the whole site, such as the goal.
preference = Table(
    "preference", metadata,
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)  # fmt: skip

# Other sites whose figures are shown here, each read over its own /api/v1 with a token of its own. `figures` is the last
# answer as JSON, so that a site that is away still shows what was known.
sister = Table(
    "sister", metadata,
    Column("name", String(100), primary_key=True),
    Column("url", String(500), nullable=False),
    Column("token", String(200), nullable=False),
    Column("added_at", UtcTime, nullable=False),
    Column("asked_at", UtcTime),
    Column("answered_at", UtcTime),
    Column("trouble", String(300), nullable=False, default=""),
    Column("figures", Text, nullable=False, default=""),
)  # fmt: skip

"""Money: what leads brought and what was spent on finding them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, ForeignKey, String, Table, Uuid

from gatepost.store.tables.columns import UtcTime, metadata

# Money from a lead. `key` makes importing one line twice impossible.
deal = Table(
    "deal", metadata,
    Column("id", Uuid, primary_key=True),
    Column("key", String(100), nullable=False, unique=True),
    Column("lead_id", Uuid, ForeignKey("lead.id"), nullable=False, index=True),
    Column("amount", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("day", Date, nullable=False, index=True),
    Column("kind", String(8), nullable=False),
    Column("note", String(500), nullable=False, default=""),
    Column("imported_at", UtcTime, nullable=False),
)  # fmt: skip

# Money put into an article, a channel or a campaign.
spend = Table(
    "spend", metadata,
    Column("id", Uuid, primary_key=True),
    Column("key", String(100), nullable=False, unique=True),
    Column("day", Date, nullable=False, index=True),
    Column("amount", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("article", String(200), nullable=False, default=""),
    Column("channel", String(32), nullable=False, default=""),
    Column("campaign", String(100), nullable=False, default=""),
    Column("note", String(500), nullable=False, default=""),
    Column("imported_at", UtcTime, nullable=False),
)  # fmt: skip

"""Readers who asked: leads, requests, permissions, journeys, grants and the letters owed."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    false,
    text,
)

from gatepost.store.tables.columns import UtcTime, metadata

lead = Table(
    "lead", metadata,
    Column("id", Uuid, primary_key=True),
    Column("email", String(320), nullable=False),
    Column("email_key", String(320), nullable=False, unique=True),
    Column("mailbox", String(320), nullable=False, index=True),
    Column("name", String(200), nullable=False, default=""),
    Column("state", String(16), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("confirmed_at", UtcTime),
    Column("left_at", UtcTime),
    Column("erased_at", UtcTime),
    # The owner's word on where this lead came from; "" leaves it to the journey.
    Column("channel", String(32), nullable=False, default="", server_default=""),
    Index("ix_lead_state_created_at", "state", "created_at"),
)  # fmt: skip

signup = Table(
    "signup", metadata,
    Column("id", Uuid, primary_key=True),
    Column("lead_id", Uuid, ForeignKey("lead.id"), nullable=False),
    Column("offer", String(200), nullable=False),
    Column("article", String(200), nullable=False, default=""),
    Column("page", String(500), nullable=False, default=""),
    Column("channel", String(32), nullable=False),
    # Which look of a call to action was assigned to the reader: "trial:variant", "" outside a test.
    Column("variant", String(64), nullable=False, default=""),
    Column("value_amount", BigInteger),
    Column("value_currency", String(3)),
    Column("requested_at", UtcTime, nullable=False, index=True),
    Column("confirmed_at", UtcTime, index=True),
    # Made in a browser that forgets what scripts kept after seven days without a visit.
    Column("forgetful", Boolean, nullable=False, default=False, server_default=false()),
    # The kind of the offer at that time: it is counted as a rung also when the offer has gone.
    Column("kind", String(16), nullable=False, default="", server_default=""),
    # The request of the lead whose link brought this one; empty for nearly all.
    Column("referrer", Uuid),
    # A report counts leads by article and in all: from these alone, without a look at the rows.
    Index("ix_signup_article_lead_id", "article", "lead_id", "confirmed_at"),
    Index("ix_signup_lead_id_confirmed_at", "lead_id", "confirmed_at"),
    # The few that another lead's link brought.
    Index("ix_signup_referred", "confirmed_at", sqlite_where=text("referrer IS NOT NULL"), postgresql_where=text("referrer IS NOT NULL")),
)  # fmt: skip

wording = Table(
    "wording", metadata,
    Column("hash", String(64), primary_key=True),
    Column("purpose", String(64), nullable=False),
    Column("version", String(64), nullable=False),
    Column("text", Text, nullable=False),
)  # fmt: skip

consent = Table(
    "consent", metadata,
    Column("id", Uuid, primary_key=True),
    Column("lead_id", Uuid, ForeignKey("lead.id"), nullable=False, index=True),
    Column("signup_id", Uuid, ForeignKey("signup.id"), nullable=False, index=True),
    Column("purpose", String(64), nullable=False),
    Column("wording_hash", String(64), ForeignKey("wording.hash"), nullable=False),
    Column("page", String(500), nullable=False, default=""),
    Column("given_at", UtcTime, nullable=False),
    Column("confirmed_at", UtcTime),
    Column("withdrawn_at", UtcTime),
    Column("withdrawn_how", String(16), nullable=False, default=""),
    # How many stand behind each wording is told from this alone, without a look at the rows.
    Index("ix_consent_counted", "wording_hash", "withdrawn_how", "given_at", "confirmed_at"),
)  # fmt: skip

# A journey, frozen at signup; it goes when the signup is never confirmed.
touch = Table(
    "touch", metadata,
    Column("signup_id", Uuid, ForeignKey("signup.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("article", String(200), nullable=False),
    Column("channel", String(32), nullable=False),
    Column("rung", String(32), nullable=False),
    # Why it earns no credit ("receipt-missing", "receipt-forged", ...); "" for a touch to be believed.
    Column("suspect", String(24), nullable=False, default="", server_default=""),
    # Whose journeys hold an article: told by the index alone.
    Index("ix_touch_article_signup_id", "article", "signup_id"),
)  # fmt: skip

# Receipts already handed in, so that one read is nobody else's too. Told by the hash of what is in it.
receipt = Table(
    "receipt", metadata,
    Column("hash", String(64), primary_key=True),
    Column("signup_id", Uuid, ForeignKey("signup.id"), nullable=False, index=True),
    Column("spent_at", UtcTime, nullable=False, index=True),
)  # fmt: skip

grant = Table(
    "grant", metadata,
    Column("id", Uuid, primary_key=True),
    Column("lead_id", Uuid, ForeignKey("lead.id"), nullable=False, index=True),
    Column("signup_id", Uuid, ForeignKey("signup.id"), nullable=False),
    Column("offer", String(200), nullable=False),
    Column("file_id", String(64), nullable=False),
    Column("file_name", String(300), nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("file_size", BigInteger, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("uses_allowed", Integer, nullable=False),
    Column("uses", Integer, nullable=False, default=0),
    Column("revoked_at", UtcTime),
    Index("ix_grant_signup_id_file_id", "signup_id", "file_id"),
)  # fmt: skip

download = Table(
    "download", metadata,
    Column("id", Uuid, primary_key=True),
    Column("grant_id", Uuid, ForeignKey("grant.id"), nullable=False, index=True),
    Column("at", UtcTime, nullable=False),
    Column("by", String(16), nullable=False),
)  # fmt: skip

# Letters owed. `key` makes owing the same letter twice impossible.
outbox = Table(
    "outbox", metadata,
    Column("id", Uuid, primary_key=True),
    Column("key", String(100), nullable=False),
    # Whom it is about; both empty for a letter to an owner that is about nobody.
    Column("lead_id", Uuid, ForeignKey("lead.id"), index=True),
    Column("signup_id", Uuid, ForeignKey("signup.id")),
    # The owner it goes to; empty for letters to readers.
    Column("owner_id", Uuid, ForeignKey("owner.id")),
    Column("letter", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("claim", Uuid),
    Column("leased_until", UtcTime),
    Column("sent_at", UtcTime),
    Column("answer", String(500), nullable=False, default=""),
    UniqueConstraint("key"),
    Index("ix_outbox_state_due_at", "state", "due_at"),
    # Letters by kind and state are counted from this alone.
    Index("ix_outbox_counted", "letter", "state", "created_at"),
)  # fmt: skip

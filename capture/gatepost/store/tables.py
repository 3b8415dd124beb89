"""The tables. One site is one database, so no table carries a site; ids are UUIDv7, times aware UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.engine import Dialect


class UtcTime(TypeDecorator[datetime]):
    """An aware UTC time; SQLite, which has no zones, keeps it naive and sortable."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse a naive time: it would be read back as another moment."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without a zone must not be stored.")
        at = value.astimezone(UTC)
        return at.replace(tzinfo=None) if dialect.name == "sqlite" else at

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        at: datetime = value
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

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
    Index("ix_lead_state_created_at", "state", "created_at"),
)  # fmt: skip

signup = Table(
    "signup", metadata,
    Column("id", Uuid, primary_key=True),
    Column("lead_id", Uuid, ForeignKey("lead.id"), nullable=False, index=True),
    Column("offer", String(200), nullable=False),
    Column("article", String(200), nullable=False, default=""),
    Column("page", String(500), nullable=False, default=""),
    Column("channel", String(32), nullable=False),
    Column("variant", String(64), nullable=False, default=""),
    Column("value_amount", BigInteger),
    Column("value_currency", String(3)),
    Column("requested_at", UtcTime, nullable=False, index=True),
    Column("confirmed_at", UtcTime, index=True),
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
)  # fmt: skip

# A journey, frozen at signup; it goes when the signup is never confirmed.
touch = Table(
    "touch", metadata,
    Column("signup_id", Uuid, ForeignKey("signup.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("article", String(200), nullable=False, index=True),
    Column("channel", String(32), nullable=False),
    Column("rung", String(32), nullable=False),
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
    Column("lead_id", Uuid, ForeignKey("lead.id"), nullable=False, index=True),
    Column("signup_id", Uuid, ForeignKey("signup.id"), nullable=False),
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
)  # fmt: skip

touch_day = Table(
    "touch_day", metadata,
    Column("day", Date, primary_key=True),
    Column("article", String(200), primary_key=True),
    Column("rung", String(32), primary_key=True),
    Column("offer", String(200), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("count", BigInteger, nullable=False),
    # Of them, how many were the first of this article in their reader's own journey: unique readers.
    Column("firsts", BigInteger, nullable=False),
)  # fmt: skip

pair_day = Table(
    "pair_day", metadata,
    Column("day", Date, primary_key=True),
    Column("previous", String(200), primary_key=True),
    Column("article", String(200), primary_key=True),
    Column("count", BigInteger, nullable=False),
)  # fmt: skip

depth_day = Table(
    "depth_day", metadata,
    Column("day", Date, primary_key=True),
    Column("depth", Integer, primary_key=True),
    Column("count", BigInteger, nullable=False),
)  # fmt: skip

dropped_day = Table(
    "dropped_day", metadata,
    Column("day", Date, primary_key=True),
    Column("reason", String(64), primary_key=True),
    Column("count", BigInteger, nullable=False),
)  # fmt: skip

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

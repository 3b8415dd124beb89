"""What offers without files keep: answers, seats, entries, draws, and what the owner promised to do."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, Uuid

from gatepost.store.tables.columns import UtcTime, metadata

# One line a value: a question that takes several answers has several places.
answer = Table(
    "answer", metadata,
    Column("signup_id", Uuid, ForeignKey("signup.id"), primary_key=True),
    Column("question", String(64), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("text", Text, nullable=False),
)  # fmt: skip

# States: held, waiting (all seats were taken), given-up. One seat a lead and offer.
seat = Table(
    "seat", metadata,
    Column("id", Uuid, primary_key=True),
    Column("offer", String(200), nullable=False),
    Column("lead_id", Uuid, ForeignKey("lead.id"), nullable=False, index=True),
    Column("signup_id", Uuid, ForeignKey("signup.id"), nullable=False, index=True),
    Column("state", String(16), nullable=False),
    Column("taken_at", UtcTime, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    # The beginning that the reader was last told of: a meeting that moved is told again.
    Column("told_start", UtcTime),
    # How often the date was told: the SEQUENCE of the calendar file.
    Column("told_times", Integer, nullable=False, default=0),
    Column("came_at", UtcTime),
    Column("came_how", String(16), nullable=False, default=""),
    UniqueConstraint("offer", "lead_id"),
    Index("ix_seat_offer_state_taken_at", "offer", "state", "taken_at"),
)  # fmt: skip

# `key` makes a second one impossible: a person's own entry, and one for each friend who confirmed.
entry = Table(
    "entry", metadata,
    Column("id", Uuid, primary_key=True),
    Column("key", String(100), nullable=False),
    Column("offer", String(200), nullable=False, index=True),
    Column("lead_id", Uuid, ForeignKey("lead.id"), nullable=False, index=True),
    # The request that brought it: one's own, or the friend's.
    Column("signup_id", Uuid, ForeignKey("signup.id"), nullable=False),
    Column("why", String(16), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("withdrawn_at", UtcTime),
    UniqueConstraint("key"),
)  # fmt: skip

# The seed is made with the first entry and its hash shown from then on; it is told when the winners are drawn.
draw = Table(
    "draw", metadata,
    Column("offer", String(200), primary_key=True),
    Column("seed", String(64), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("drawn_at", UtcTime),
    # The published record as JSON, from which anybody can repeat the draw.
    Column("record", Text, nullable=False, default=""),
)  # fmt: skip

# What the owner has to do for somebody: to call back.
task = Table(
    "task", metadata,
    Column("id", Uuid, primary_key=True),
    Column("lead_id", Uuid, ForeignKey("lead.id"), nullable=False, index=True),
    Column("signup_id", Uuid, ForeignKey("signup.id"), nullable=False, unique=True),
    Column("what", String(32), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("done_at", UtcTime),
    Column("note", Text, nullable=False, default=""),
    Index("ix_task_done_at_due_at", "done_at", "due_at"),
)  # fmt: skip

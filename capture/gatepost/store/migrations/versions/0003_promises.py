"""Answers, seats, entries, draws, tasks"""

from alembic import op
import sqlalchemy as sa
from gatepost.store.tables import UtcTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "draw",
        sa.Column("offer", sa.String(length=200), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("drawn_at", UtcTime(), nullable=True),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("offer", name=op.f("pk_draw")),
    )
    op.create_table(
        "answer",
        sa.Column("signup_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["signup_id"], ["signup.id"], name=op.f("fk_answer_signup_id")),
        sa.PrimaryKeyConstraint("signup_id", "question", "place", name=op.f("pk_answer")),
    )
    op.create_table(
        "entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("offer", sa.String(length=200), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("signup_id", sa.Uuid(), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("withdrawn_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_entry_lead_id")),
        sa.ForeignKeyConstraint(["signup_id"], ["signup.id"], name=op.f("fk_entry_signup_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("key", name=op.f("uq_entry_key")),
    )
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entry_offer"), ["offer"], unique=False)

    op.create_table(
        "seat",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("offer", sa.String(length=200), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("signup_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("taken_at", UtcTime(), nullable=False),
        sa.Column("changed_at", UtcTime(), nullable=False),
        sa.Column("told_start", UtcTime(), nullable=True),
        sa.Column("told_times", sa.Integer(), nullable=False),
        sa.Column("came_at", UtcTime(), nullable=True),
        sa.Column("came_how", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_seat_lead_id")),
        sa.ForeignKeyConstraint(["signup_id"], ["signup.id"], name=op.f("fk_seat_signup_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("offer", "lead_id", name=op.f("uq_seat_offer_lead_id")),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index("ix_seat_offer_state_taken_at", ["offer", "state", "taken_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_seat_signup_id"), ["signup_id"], unique=False)

    op.create_table(
        "task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("signup_id", sa.Uuid(), nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("done_at", UtcTime(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_task_lead_id")),
        sa.ForeignKeyConstraint(["signup_id"], ["signup.id"], name=op.f("fk_task_signup_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("signup_id", name=op.f("uq_task_signup_id")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index("ix_task_done_at_due_at", ["done_at", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_lead_id"), ["lead_id"], unique=False)

    with op.batch_alter_table("signup", schema=None) as batch_op:
        batch_op.add_column(sa.Column("referrer", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("kind", sa.String(length=16), server_default="", nullable=False))

    op.create_table(
        "offer_sum",
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("offer", sa.String(length=200), nullable=False),
        sa.Column("rung", sa.String(length=32), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("period", "offer", "rung", name=op.f("pk_offer_sum")),
        sqlite_with_rowid=False,
    )
    for period in ("'all'", "substr(CAST(day AS VARCHAR(10)), 1, 7)"):
        op.execute(
            f"INSERT INTO offer_sum (period, offer, rung, count) "
            f"SELECT {period}, offer, rung, sum(count) FROM touch_day WHERE offer <> '' GROUP BY 1, offer, rung"
        )


def downgrade() -> None:
    with op.batch_alter_table("signup", schema=None) as batch_op:
        batch_op.drop_column("kind")
        batch_op.drop_column("referrer")

    op.drop_table("offer_sum")

    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_lead_id"))
        batch_op.drop_index("ix_task_done_at_due_at")

    op.drop_table("task")
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seat_signup_id"))
        batch_op.drop_index("ix_seat_offer_state_taken_at")
        batch_op.drop_index(batch_op.f("ix_seat_lead_id"))

    op.drop_table("seat")
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_offer"))
        batch_op.drop_index(batch_op.f("ix_entry_lead_id"))

    op.drop_table("entry")
    op.drop_table("answer")
    op.drop_table("draw")

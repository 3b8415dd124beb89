"""Running sums, money, receipts"""

from alembic import op
import sqlalchemy as sa
from gatepost.store.tables import UtcTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "api_token",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_api_token")),
        sa.UniqueConstraint("name", name=op.f("uq_api_token_name")),
    )
    op.create_table(
        "channel_sum",
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("rung", sa.String(length=32), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("period", "channel", "rung", name=op.f("pk_channel_sum")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "coverage_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("fact", sa.String(length=32), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "fact", name=op.f("pk_coverage_day")),
    )
    op.create_table(
        "credit_sum",
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("goal", sa.String(length=8), nullable=False),
        sa.Column("model", sa.String(length=32), nullable=False),
        sa.Column("article", sa.String(length=200), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("shares", sa.Float(), nullable=False),
        sa.Column("share_squares", sa.Float(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("amount_squares", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("period", "goal", "model", "article", "currency", name=op.f("pk_credit_sum")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "helped_sum",
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("article", sa.String(length=200), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("period", "article", name=op.f("pk_helped_sum")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "origin_sum",
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("leads", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("period", "channel", "currency", name=op.f("pk_origin_sum")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pair_sum",
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("previous", sa.String(length=200), nullable=False),
        sa.Column("article", sa.String(length=200), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("period", "previous", "article", name=op.f("pk_pair_sum")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "spend",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("article", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("campaign", sa.String(length=100), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("imported_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spend")),
        sa.UniqueConstraint("key", name=op.f("uq_spend_key")),
    )
    with op.batch_alter_table("spend", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_spend_day"), ["day"], unique=False)

    op.create_table(
        "touch_sum",
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("article", sa.String(length=200), nullable=False),
        sa.Column("rung", sa.String(length=32), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("firsts", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("period", "article", "rung", name=op.f("pk_touch_sum")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "deal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("imported_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], name=op.f("fk_deal_lead_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal")),
        sa.UniqueConstraint("key", name=op.f("uq_deal_key")),
    )
    with op.batch_alter_table("deal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deal_day"), ["day"], unique=False)
        batch_op.create_index(batch_op.f("ix_deal_lead_id"), ["lead_id"], unique=False)

    op.create_table(
        "receipt",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("signup_id", sa.Uuid(), nullable=False),
        sa.Column("spent_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["signup_id"], ["signup.id"], name=op.f("fk_receipt_signup_id")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_receipt")),
    )
    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_receipt_signup_id"), ["signup_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_receipt_spent_at"), ["spent_at"], unique=False)

    with op.batch_alter_table("lead", schema=None) as batch_op:
        batch_op.add_column(sa.Column("channel", sa.String(length=32), server_default="", nullable=False))

    with op.batch_alter_table("signup", schema=None) as batch_op:
        batch_op.add_column(sa.Column("forgetful", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.drop_index("ix_signup_lead_id")
        batch_op.create_index("ix_signup_article_lead_id", ["article", "lead_id", "confirmed_at"])
        batch_op.create_index("ix_signup_lead_id_confirmed_at", ["lead_id", "confirmed_at"])

    with op.batch_alter_table("touch", schema=None) as batch_op:
        batch_op.add_column(sa.Column("suspect", sa.String(length=24), server_default="", nullable=False))

    # The sums begin with what the days hold already; credit is counted anew from the leads by `gatepost db upgrade`.
    month = "substr(CAST(day AS VARCHAR(10)), 1, 7)"
    for period in ("'all'", month):
        op.execute(
            f"INSERT INTO touch_sum (period, article, rung, count, firsts) "
            f"SELECT {period}, article, rung, sum(count), sum(firsts) FROM touch_day GROUP BY 1, article, rung"
        )
        op.execute(
            f"INSERT INTO channel_sum (period, channel, rung, count) "
            f"SELECT {period}, channel, rung, sum(count) FROM touch_day GROUP BY 1, channel, rung"
        )
        op.execute(
            f"INSERT INTO pair_sum (period, previous, article, count) "
            f"SELECT {period}, previous, article, sum(count) FROM pair_day GROUP BY 1, previous, article"
        )


def downgrade() -> None:
    with op.batch_alter_table("touch", schema=None) as batch_op:
        batch_op.drop_column("suspect")

    with op.batch_alter_table("signup", schema=None) as batch_op:
        batch_op.drop_index("ix_signup_lead_id_confirmed_at")
        batch_op.create_index("ix_signup_lead_id", ["lead_id"])
        batch_op.drop_index("ix_signup_article_lead_id")
        batch_op.drop_column("forgetful")

    with op.batch_alter_table("lead", schema=None) as batch_op:
        batch_op.drop_column("channel")

    with op.batch_alter_table("receipt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_receipt_spent_at"))
        batch_op.drop_index(batch_op.f("ix_receipt_signup_id"))

    op.drop_table("receipt")
    with op.batch_alter_table("deal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deal_lead_id"))
        batch_op.drop_index(batch_op.f("ix_deal_day"))

    op.drop_table("deal")
    op.drop_table("touch_sum")
    op.drop_table("channel_sum")
    with op.batch_alter_table("spend", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_spend_day"))

    op.drop_table("spend")
    op.drop_table("pair_sum")
    op.drop_table("origin_sum")
    op.drop_table("helped_sum")
    op.drop_table("credit_sum")
    op.drop_table("coverage_day")
    op.drop_table("api_token")

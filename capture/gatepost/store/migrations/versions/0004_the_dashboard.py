"""The dashboard"""

from alembic import op
import sqlalchemy as sa
from gatepost.store.tables import UtcTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("article", sa.String(length=200), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_day"), ["day"], unique=False)

    op.create_table(
        "offered_sum",
        sa.Column("article", sa.String(length=200), nullable=False),
        sa.Column("offer", sa.String(length=200), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("requested", sa.BigInteger(), nullable=False),
        sa.Column("confirmed", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("article", "offer", name=op.f("pk_offered_sum")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "people_sum",
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("scope", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("rung", sa.String(length=32), nullable=False),
        sa.Column("leads", sa.BigInteger(), nullable=False),
        sa.Column("went_on", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("period", "scope", "name", "rung", name=op.f("pk_people_sum")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "preference",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_preference")),
    )
    op.create_table(
        "share",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("ends_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_share")),
        sa.UniqueConstraint("name", name=op.f("uq_share_name")),
    )
    op.create_table(
        "sister",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("token", sa.String(length=200), nullable=False),
        sa.Column("added_at", UtcTime(), nullable=False),
        sa.Column("asked_at", UtcTime(), nullable=True),
        sa.Column("answered_at", UtcTime(), nullable=True),
        sa.Column("trouble", sa.String(length=300), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sister")),
    )
    op.create_table(
        "step_sum",
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("previous", sa.String(length=200), nullable=False),
        sa.Column("article", sa.String(length=200), nullable=False),
        sa.Column("leads", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("period", "previous", "article", name=op.f("pk_step_sum")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "variant_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("offer", sa.String(length=200), nullable=False),
        sa.Column("trial", sa.String(length=16), nullable=False),
        sa.Column("variant", sa.String(length=32), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("requested", sa.BigInteger(), nullable=False),
        sa.Column("confirmed", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "offer", "trial", "variant", name=op.f("pk_variant_day")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("owner_id", sa.Uuid(), nullable=True))
        batch_op.alter_column("lead_id", existing_type=sa.Uuid(), nullable=True)
        batch_op.alter_column("signup_id", existing_type=sa.Uuid(), nullable=True)
        batch_op.create_foreign_key(batch_op.f("fk_outbox_owner_id"), "owner", ["owner_id"], ["id"])

    with op.batch_alter_table("owner", schema=None) as batch_op:
        batch_op.add_column(sa.Column("letter_every", sa.String(length=8), server_default="", nullable=False))

    with op.batch_alter_table("touch", schema=None) as batch_op:
        batch_op.drop_index("ix_touch_article")
        batch_op.create_index("ix_touch_article_signup_id", ["article", "signup_id"], unique=False)

    op.create_index("ix_consent_counted", "consent", ["wording_hash", "withdrawn_how", "given_at", "confirmed_at"])
    op.create_index("ix_outbox_counted", "outbox", ["letter", "state", "created_at"])
    referred = sa.text("referrer IS NOT NULL")
    op.create_index("ix_signup_referred", "signup", ["confirmed_at"], sqlite_where=referred, postgresql_where=referred)
    reads = sa.text("rung = 'read'")
    op.create_index(
        "ix_touch_sum_reads",
        "touch_sum",
        ["period", "article", "count", "firsts"],
        sqlite_where=reads,
        postgresql_where=reads,
    )
    # Days and months that can be made of what is there already; people and steps are counted anew from the leads by
    # `gatepost db upgrade`.
    op.execute(
        "INSERT INTO touch_sum (period, article, rung, count, firsts) "
        "SELECT CAST(day AS VARCHAR(10)), article, rung, sum(count), sum(firsts) FROM touch_day WHERE rung = 'read' "
        "GROUP BY 1, article, rung"
    )
    op.add_column("channel_sum", sa.Column("firsts", sa.BigInteger(), server_default="0", nullable=False))
    op.execute("DELETE FROM channel_sum")
    op.execute(
        "INSERT INTO channel_sum (period, channel, rung, count, firsts) "
        "SELECT CAST(day AS VARCHAR(10)), channel, rung, sum(count), sum(firsts) FROM touch_day GROUP BY 1, channel, rung"
    )
    for period in ("substr(period, 1, 7)", "'all'"):
        op.execute(
            f"INSERT INTO channel_sum (period, channel, rung, count, firsts) SELECT {period}, channel, rung, sum(count), "
            f"sum(firsts) FROM channel_sum WHERE length(period) = 10 GROUP BY 1, channel, rung"
        )
    op.execute(
        "INSERT INTO offer_sum (period, offer, rung, count) SELECT CAST(day AS VARCHAR(10)), offer, rung, sum(count) "
        "FROM touch_day WHERE offer <> '' GROUP BY 1, offer, rung"
    )
    op.execute(
        "INSERT INTO offered_sum (article, offer, seen, requested, confirmed) "
        "SELECT article, offer, sum(count), 0, 0 FROM touch_day "
        "WHERE rung = 'offer-seen' AND article <> '' AND offer <> '' GROUP BY article, offer"
    )
    for table, key, added in (
        ("credit_sum", "goal, model, article, currency", ("shares", "share_squares", "amount", "amount_squares")),
        ("helped_sum", "article", ("count",)),
        ("origin_sum", "channel, currency", ("leads", "amount")),
    ):
        sums = ", ".join(f"sum({name})" for name in added)
        op.execute(
            f"INSERT INTO {table} (period, {key}, {', '.join(added)}) SELECT substr(period, 1, 7), {key}, {sums} "
            f"FROM {table} WHERE period <> 'all' GROUP BY 1, {key}"
        )


def downgrade() -> None:
    op.drop_index("ix_signup_referred", "signup")
    op.drop_index("ix_outbox_counted", "outbox")
    op.drop_index("ix_consent_counted", "consent")
    op.drop_index("ix_touch_article_signup_id", "touch")
    op.create_index("ix_touch_article", "touch", ["article"])
    op.drop_column("channel_sum", "firsts")
    op.drop_index("ix_touch_sum_reads", "touch_sum")
    with op.batch_alter_table("owner", schema=None) as batch_op:
        batch_op.drop_column("letter_every")

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_outbox_owner_id"), type_="foreignkey")
        batch_op.alter_column("signup_id", existing_type=sa.Uuid(), nullable=False)
        batch_op.alter_column("lead_id", existing_type=sa.Uuid(), nullable=False)
        batch_op.drop_column("owner_id")

    op.drop_table("variant_day")
    op.drop_table("step_sum")
    op.drop_table("sister")
    op.drop_table("share")
    op.drop_table("preference")
    op.drop_table("people_sum")
    op.drop_table("offered_sum")
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_day"))

    op.drop_table("note")

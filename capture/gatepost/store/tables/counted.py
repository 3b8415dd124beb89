"""Counters by day, and running sums: what a report is made of without looking at anybody."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Float, Index, Integer, String, Table

from gatepost.store.tables.columns import metadata

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

# Running sums. `period` is "all", a month, "2026-11", or a day, "2026-11-23": a report need not add up years of days. Of
# touch_sum, days are kept of reads only.
touch_sum = Table(
    "touch_sum", metadata,
    Column("period", String(10), primary_key=True),
    Column("article", String(200), primary_key=True),
    Column("rung", String(32), primary_key=True),
    Column("count", BigInteger, nullable=False),
    Column("firsts", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip
# Reads of all articles are what a ranking begins with: found without a look at the other rungs.
_READS = touch_sum.c.rung == "read"
Index(
    "ix_touch_sum_reads", touch_sum.c.period, touch_sum.c.article, touch_sum.c.count, touch_sum.c.firsts,
    sqlite_where=_READS, postgresql_where=_READS,
)  # fmt: skip

channel_sum = Table(
    "channel_sum",
    metadata,
    Column("period", String(10), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("rung", String(32), primary_key=True),
    Column("count", BigInteger, nullable=False),
    Column("firsts", BigInteger, nullable=False, default=0, server_default="0"),
    sqlite_with_rowid=False,
)

pair_sum = Table(
    "pair_sum", metadata,
    Column("period", String(10), primary_key=True),
    Column("previous", String(200), primary_key=True),
    Column("article", String(200), primary_key=True),
    Column("count", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

offer_sum = Table(
    "offer_sum",
    metadata,
    Column("period", String(10), primary_key=True),
    Column("offer", String(200), primary_key=True),
    Column("rung", String(32), primary_key=True),
    Column("count", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# Credit of the additive models, added up as leads confirm and deals come in. `period` is "all", a month or a day;
# `goal` is "lead" or "deal"; `article` "" is what no article can be given. `currency` "" is a conversion worth no money.
credit_sum = Table(
    "credit_sum", metadata,
    Column("period", String(10), primary_key=True),
    Column("goal", String(8), primary_key=True),
    Column("model", String(32), primary_key=True),
    Column("article", String(200), primary_key=True),
    Column("currency", String(3), primary_key=True),
    Column("shares", Float, nullable=False),
    Column("share_squares", Float, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("amount_squares", Float, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

# Leads an article helped, each lead once, in the period of its first confirmed request that the article was part of.
helped_sum = Table(
    "helped_sum", metadata,
    Column("period", String(10), primary_key=True),
    Column("article", String(200), primary_key=True),
    Column("count", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

# Confirmed leads and their offers' value by the channel each came from. `period` is "all", a month or a day.
origin_sum = Table(
    "origin_sum",
    metadata,
    Column("period", String(10), primary_key=True),
    Column("channel", String(32), primary_key=True),
    Column("currency", String(3), primary_key=True),
    Column("leads", BigInteger, nullable=False),
    Column("amount", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# People by what they did for the first time: `scope` is "site", "article" or "offer", and `name` which one ("" for the
# site); `rung` is "requested", "confirmed", "downloaded" or a commitment of the ladder. `went_on` of `leads` stood on a
# higher rung later, whenever that was. `period` is "all", a month or a day: that of the first time.
people_sum = Table(
    "people_sum",
    metadata,
    Column("period", String(10), primary_key=True),
    Column("scope", String(8), primary_key=True),
    Column("name", String(200), primary_key=True),
    Column("rung", String(32), primary_key=True),
    Column("leads", BigInteger, nullable=False),
    Column("went_on", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# Steps of leads' believed journeys: `article` was read right after `previous`; "" is where a journey began, and after
# the last article came the request (`article` ""). `period` is "all", a month or a day, that of the confirmation.
step_sum = Table(
    "step_sum",
    metadata,
    Column("period", String(10), primary_key=True),
    Column("previous", String(200), primary_key=True),
    Column("article", String(200), primary_key=True),
    Column("leads", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# What an offer under an article brought: seen and asked for. All time only.
offered_sum = Table(
    "offered_sum",
    metadata,
    Column("article", String(200), primary_key=True),
    Column("offer", String(200), primary_key=True),
    Column("seen", BigInteger, nullable=False),
    Column("requested", BigInteger, nullable=False),
    Column("confirmed", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# A test of a call to action: by the day a variant was seen, and a request for it made or confirmed. `trial` tells one
# test of an offer from the next.
variant_day = Table(
    "variant_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("offer", String(200), primary_key=True),
    Column("trial", String(16), primary_key=True),
    Column("variant", String(32), primary_key=True),
    Column("seen", BigInteger, nullable=False),
    Column("requested", BigInteger, nullable=False),
    Column("confirmed", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# How much of the journeys is known: counts by fact, on the day of the confirmation.
coverage_day = Table(
    "coverage_day", metadata,
    Column("day", Date, primary_key=True),
    Column("fact", String(32), primary_key=True),
    Column("count", BigInteger, nullable=False),
)  # fmt: skip

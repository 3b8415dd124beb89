"""Whole tables, read for export in portions: what is in memory does not grow with the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, Float, Integer, Table, Uuid, select, text

from gatepost.store import tables as t
from gatepost.store.database import Database

# Rows in memory at a time.
PORTION = 100_000

# By table, the columns that tell nobody's name. A new column is left out until it stands here. Left out for good:
# addresses and names, pages and notes (free text), keys of imports, hashes of receipts, and what sums by month can be
# made of again.
_COLUMNS: Mapping[Table, tuple[str, ...]] = {
    t.lead: ("id", "state", "channel", "created_at", "confirmed_at", "left_at", "erased_at"),
    t.signup: (
        "id", "lead_id", "offer", "article", "channel", "variant", "value_amount", "value_currency", "requested_at",
        "confirmed_at", "forgetful",
    ),
    t.touch: ("signup_id", "place", "at", "article", "channel", "rung", "suspect"),
    t.grant: (
        "id", "lead_id", "signup_id", "offer", "created_at", "expires_at", "uses_allowed", "uses", "revoked_at",
    ),
    t.download: ("id", "grant_id", "at", "by"),
    t.deal: ("id", "lead_id", "amount", "currency", "day", "kind", "imported_at"),
    t.spend: ("id", "day", "amount", "currency", "article", "channel", "campaign", "imported_at"),
    t.touch_day: ("day", "article", "rung", "offer", "channel", "count", "firsts"),
    t.pair_day: ("day", "previous", "article", "count"),
    t.depth_day: ("day", "depth", "count"),
    t.dropped_day: ("day", "reason", "count"),
    t.coverage_day: ("day", "fact", "count"),
    t.variant_day: ("day", "offer", "trial", "variant", "seen", "requested", "confirmed"),
    t.credit_sum: (
        "period", "goal", "model", "article", "currency", "shares", "share_squares", "amount", "amount_squares",
    ),
    t.helped_sum: ("period", "article", "count"),
    t.origin_sum: ("period", "channel", "currency", "leads", "amount"),
}  # fmt: skip
# What an export with addresses has besides.
_PERSONAL: Mapping[Table, tuple[str, ...]] = {t.lead: ("email", "name")}


@contextmanager
def snapshot(database: Database) -> Iterator[Connection]:
    """A transaction that sees one state of all tables, however long it takes. Raises DatabaseUnreachable."""
    with database.reading() as tx:
        # SQLite's reading does so anyway.
        if not database.is_sqlite:
            tx.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
        yield tx


def columns(*, with_addresses: bool = False) -> dict[str, dict[str, str]]:
    """By table, the columns to export with their types in SQL."""
    return {
        table.name: {column.name: _type(column) for column in _chosen(table, with_addresses=with_addresses)}
        for table in _COLUMNS
    }


def portions(tx: Connection, table: str, *, with_addresses: bool = False) -> Iterator[Sequence[Sequence[Any]]]:
    """All rows of a table, at most PORTION at a time, in the order of `columns`. Ids are UUIDs, times aware UTC."""
    query = select(*_chosen(t.metadata.tables[table], with_addresses=with_addresses))
    yield from tx.execute(query, execution_options={"yield_per": PORTION}).partitions()


def _chosen(table: Table, *, with_addresses: bool) -> list[Column[Any]]:
    names = (*_COLUMNS[table], *(_PERSONAL.get(table, ()) if with_addresses else ()))
    return [table.c[name] for name in names]


def _type(column: Column[Any]) -> str:
    for kind, name in _TYPES:
        if isinstance(column.type, kind):
            return name
    return "VARCHAR"


_TYPES: tuple[tuple[type, str], ...] = (
    (Uuid, "UUID"),
    (t.UtcTime, "TIMESTAMP WITH TIME ZONE"),
    (Date, "DATE"),
    (Boolean, "BOOLEAN"),
    (Integer, "BIGINT"),
    (Float, "DOUBLE"),
)

"""Inserting what may be there already: the two databases say it alike, SQLAlchemy through two doors."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects import postgresql, sqlite

from gatepost.store.prepared import Prepared


def insert_if_new(table: Table, *key: str) -> Prepared:
    """An INSERT that leaves an existing row of the same key as it is; what it returns tells whether it was new."""
    return Prepared(lambda dialect: _ignoring(dialect, table, key), table.c.keys())


def insert_all(table: Table) -> Prepared:
    """A plain INSERT of whole rows."""
    made = insert(table)
    return Prepared(lambda _: made, table.c.keys())


def insert_or_add(
    tx: Connection, table: Table, key: Sequence[str], counted: Sequence[str]
) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that adds the counted columns onto an existing row of the same key."""
    return _adding(tx.dialect.name, table, tuple(key), tuple(counted))


# Made once: to build such a statement costs more than to run it.
@cache
def _ignoring(dialect: str, table: Table, key: tuple[str, ...]) -> sqlite.Insert | postgresql.Insert:
    made: sqlite.Insert | postgresql.Insert
    if dialect == "sqlite":
        made = sqlite.insert(table).on_conflict_do_nothing(index_elements=key)
    else:
        made = postgresql.insert(table).on_conflict_do_nothing(index_elements=key)
    # Not asked for the count, an INSERT on PostgreSQL answers -1.
    return made.execution_options(preserve_rowcount=True)


@cache
def _adding(
    dialect: str, table: Table, key: tuple[str, ...], counted: tuple[str, ...]
) -> sqlite.Insert | postgresql.Insert:
    if dialect == "sqlite":
        lite = sqlite.insert(table)
        return lite.on_conflict_do_update(index_elements=key, set_={c: table.c[c] + lite.excluded[c] for c in counted})
    post = postgresql.insert(table)
    return post.on_conflict_do_update(index_elements=key, set_={c: table.c[c] + post.excluded[c] for c in counted})

"""Inserting what may be there already: the two databases say it alike, SQLAlchemy through two doors."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_or_ignore(tx: Connection, table: Table, key: Sequence[str]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that leaves an existing row of the same key as it is; its rowcount tells whether it was new."""
    return _ignoring(tx.dialect.name, table, tuple(key))


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

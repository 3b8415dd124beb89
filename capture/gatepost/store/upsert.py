"""Inserting what may be there already: the two databases say it alike, SQLAlchemy through two doors."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_or_ignore(tx: Connection, table: Table, key: Sequence[str]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that leaves an existing row of the same key as it is."""
    if tx.dialect.name == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing(index_elements=list(key))
    return postgresql.insert(table).on_conflict_do_nothing(index_elements=list(key))


def insert_or_add(
    tx: Connection, table: Table, key: Sequence[str], counted: Sequence[str]
) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that adds the counted columns onto an existing row of the same key."""
    if tx.dialect.name == "sqlite":
        lite = sqlite.insert(table)
        return lite.on_conflict_do_update(
            index_elements=list(key), set_={c: table.c[c] + lite.excluded[c] for c in counted}
        )
    post = postgresql.insert(table)
    return post.on_conflict_do_update(
        index_elements=list(key), set_={c: table.c[c] + post.excluded[c] for c in counted}
    )

"""What the owner chose for the whole site."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from gatepost.store import tables as t

_c = t.preference.c


def get(tx: Connection, key: str) -> str:
    """The value of a preference; "" where none was chosen."""
    return tx.execute(select(_c.value).where(_c.key == key)).scalar() or ""


def put(tx: Connection, key: str, value: str) -> None:
    """Choose a value."""
    tx.execute(delete(t.preference).where(_c.key == key))
    tx.execute(insert(t.preference).values(key=key, value=value))

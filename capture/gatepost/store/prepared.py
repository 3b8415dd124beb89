"""Statements that every signup runs, made once and given to SQLite's driver as finished SQL.

SQLAlchemy writes the SQL and knows how each value is bound; asked for both only once, a run costs a fraction. On
PostgreSQL, where the way there weighs more than the asking, the statement goes SQLAlchemy's own way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Connection, Executable
from sqlalchemy.sql import ClauseElement

Row = Mapping[str, Any]
_Bind = Callable[[Any], Any] | None


class Prepared:
    """One statement with named values. `make` is called with a dialect's name, so that each may have its own words."""

    def __init__(self, make: Callable[[str], Executable], names: Sequence[str] = ()):
        self._make = make
        self._names = list(names) or None
        self._sql = ""
        self._binds: list[tuple[str, _Bind]] = []

    def run(self, tx: Connection, rows: Sequence[Row]) -> int:
        """Run it for each row; returns how many rows changed."""
        if tx.dialect.name != "sqlite":
            return tx.execute(self._make(tx.dialect.name), [dict(row) for row in rows]).rowcount
        values = self._values(tx, rows)
        cursor = self._driver(tx).cursor()
        if len(values) == 1:
            cursor.execute(self._sql, values[0])
        else:
            cursor.executemany(self._sql, values)
        return int(cursor.rowcount)

    def number(self, tx: Connection, row: Row) -> int:
        """Run a query that answers with one whole number."""
        if tx.dialect.name != "sqlite":
            return int(tx.execute(self._make(tx.dialect.name), dict(row)).scalar_one())
        (values,) = self._values(tx, [row])
        return int(self._driver(tx).execute(self._sql, values).fetchone()[0])

    def _values(self, tx: Connection, rows: Sequence[Row]) -> list[tuple[Any, ...]]:
        if not self._sql:
            self._prepare(tx)
        return [
            tuple([bind(row[name]) if bind is not None else row[name] for name, bind in self._binds]) for row in rows
        ]

    def _prepare(self, tx: Connection) -> None:
        statement = cast("ClauseElement", self._make(tx.dialect.name))
        compiled: Any = statement.compile(dialect=tx.dialect, column_keys=self._names)
        kinds = {name: compiled.binds[name].type.dialect_impl(tx.dialect) for name in compiled.positiontup}
        self._binds = [(name, kinds[name].bind_processor(tx.dialect)) for name in compiled.positiontup]
        self._sql = str(compiled)

    @staticmethod
    def _driver(tx: Connection) -> Any:
        return tx.connection.dbapi_connection

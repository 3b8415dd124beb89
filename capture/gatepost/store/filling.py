"""Filling a new SQLite file in haste: many actions in one transaction, and nothing waits for the disk.

Only for a file that can be made again: a power cut leaves half of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, event, insert

from gatepost.store import tables as t
from gatepost.store.database import Database


class Filling(Database):
    """A SQLite file that this process alone has open. In `together` every reading and writing is one transaction."""

    def __init__(self, path: Path):
        super().__init__(f"sqlite:///{path}")
        self._together: Connection | None = None
        event.listen(self.engine, "connect", _hurry)

    @contextmanager
    def together(self) -> Iterator[None]:
        """One transaction around the actions of the block. Raises DatabaseUnreachable."""
        with super().writing() as tx:
            self._together = tx
            try:
                yield
            finally:
                self._together = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """As of any database, within `together` where that is open."""
        if self._together is not None:
            yield self._together
        else:
            with super().reading() as tx:
                yield tx

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """As of any database, within `together` where that is open."""
        if self._together is not None:
            yield self._together
        else:
            with super().writing() as tx:
                yield tx

    def forget_old_pages(self) -> None:
        """Nobody is erased here who ever lived."""

    def settle(self) -> None:
        """Close it as one file, with nothing left beside it."""
        self.close()
        plain = self.engine.raw_connection()
        try:
            plain.cursor().execute("PRAGMA journal_mode=DELETE")
        finally:
            plain.close()
        self.close()


def add_note(tx: Connection, note_id: UUID, day: date, text: str, made_at: datetime) -> None:
    """What happened on a day, for the whole site."""
    tx.execute(insert(t.note), [{"id": note_id, "day": day, "article": "", "text": text, "made_at": made_at}])


def _hurry(connection: Any, _record: Any) -> None:
    for pragma in ("synchronous=OFF", "secure_delete=OFF", "journal_mode=MEMORY", "cache_size=-64000"):
        connection.execute(f"PRAGMA {pragma}")

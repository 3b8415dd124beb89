"""Opening the database, and the two ways to use it: reading and writing.

SQLite runs in WAL mode with synchronous=FULL, so that a commit that was answered is on the disk.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import QueuePool

BUSY_SECONDS = 5.0


class DatabaseUnreachable(Exception):
    """The database did not answer, was locked too long, or its disk is full. Try again later."""

    cure = "Check GATEPOST_DATABASE_URL, that the server runs, and that the disk has space."


class Database:
    """One database. `reading` sees a stable state; `writing` is one transaction, durable when the block ends."""

    def __init__(self, url: str):
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self._engine = _sqlite(url) if self.is_sqlite else _postgresql(url)
        # One writer at a time in this process: waiting here is fair, while SQLite's own waiting sleeps and starves.
        self._write_lock = _Turn() if self.is_sqlite else nullcontext()
        # The writer's connection is kept between transactions, since nobody else may use it anyway.
        self._writer: Connection | None = None

    @property
    def engine(self) -> Engine:
        """For migrations and backups only."""
        return self._engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that changes nothing. Raises DatabaseUnreachable."""
        with _named_errors(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is on disk when the block has ended, or never happened. Raises DatabaseUnreachable."""
        with _named_errors(), self._write_lock:
            connection = self._writer or self._engine.connect().execution_options(gatepost_write=True)
            self._writer = None
            try:
                with connection.begin():
                    yield connection
            except BaseException:
                # Whatever state it was left in, it is not used again.
                connection.close()
                raise
            if self.is_sqlite:
                self._writer = connection
            else:
                connection.close()

    def answers(self) -> bool:
        """Is it there, and can it be read?"""
        try:
            with self.reading() as connection:
                connection.execute(text("SELECT 1"))
        except DatabaseUnreachable:
            return False
        return True

    def forget_old_pages(self) -> None:
        """After erasing: SQLite's log still holds the pages of before, so it is written back and emptied.

        A reader who is busy just then puts it off until the log's next turn.
        """
        if not self.is_sqlite:
            return
        with _named_errors(), self._write_lock:
            plain = self._engine.raw_connection()
            try:
                plain.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                plain.close()

    def close(self) -> None:
        """Give the connections back."""
        with self._write_lock:
            if self._writer is not None:
                self._writer.close()
                self._writer = None
        self._engine.dispose()


class _Turn:
    """One writer after another. Who has waited as long as SQLite would wait gives up, like it would."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        if not self._lock.acquire(timeout=BUSY_SECONDS):
            raise DatabaseUnreachable(f"Other writers were busy for {BUSY_SECONDS:g} seconds.")

    def __exit__(self, *_: object) -> None:
        self._lock.release()


@contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise DatabaseUnreachable(str(error.orig)) from error
    except sqlite3.OperationalError as error:
        raise DatabaseUnreachable(str(error)) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise DatabaseUnreachable(str(error.orig)) from error
        raise


def _sqlite(url: str) -> Engine:
    path = make_url(url).database or ""
    if path and path != ":memory:":
        folder = Path(path).absolute().parent
        folder.mkdir(parents=True, exist_ok=True)
        if not Path(path).exists():
            # Leads' addresses: for this account only.
            os.close(os.open(path, os.O_CREAT, 0o600))
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=16,
        max_overflow=48,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transaction handling would begin too late for a stable read and as a reader for a write.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "cache_size=-16000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("gatepost_write")
    driver: Any = connection.connection.dbapi_connection
    driver.execute("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _postgresql(url: str) -> Engine:
    driver = "postgresql+psycopg://" + url.removeprefix("postgresql://")
    return create_engine(
        driver, pool_size=16, max_overflow=16, pool_pre_ping=True, connect_args={"connect_timeout": int(BUSY_SECONDS)}
    )

"""The floor: what Flask under granian needs for one durable signup row and one outbox row, with no rule and no check.

Served by `python -m bench.bare PORT WORKERS`, with the database's path in BENCH_DATABASE.
"""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import sys
import threading
import time
from pathlib import Path

from flask import Flask, Response, request

TABLES = """
    CREATE TABLE IF NOT EXISTS signup (id INTEGER PRIMARY KEY, email TEXT UNIQUE, offer TEXT, at REAL);
    CREATE TABLE IF NOT EXISTS outbox (id INTEGER PRIMARY KEY, signup_id INTEGER UNIQUE, letter TEXT, due REAL);
"""


class Rows:
    """One connection a thread, one writer at a time in the process: as the product has it, without SQLAlchemy."""

    def __init__(self, path: Path):
        self.path = path
        self.own = threading.local()
        self.lock = threading.Lock()

    def add(self, email: str, offer: str) -> None:
        """Both rows, on disk when this returns."""
        now = time.time()
        with self.lock:
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            made = connection.execute("INSERT INTO signup (email, offer, at) VALUES (?, ?, ?)", (email, offer, now))
            connection.execute(
                "INSERT INTO outbox (signup_id, letter, due) VALUES (?, 'confirm', ?)", (made.lastrowid, now)
            )
            connection.execute("COMMIT")

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self.own, "connection", None)
        if connection is None:
            connection = self.own.connection = opened(self.path)
        return connection


def opened(path: Path) -> sqlite3.Connection:
    """A connection that commits to the disk."""
    connection = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.executescript(TABLES)
    return connection


def make_app() -> Flask:
    """Two endpoints: a durable insert, and nothing at all."""
    app = Flask(__name__)
    rows = Rows(Path(os.environ["BENCH_DATABASE"]))

    @app.post("/signup")
    def signup() -> Response:
        sent = request.get_json(silent=True) or request.form
        rows.add(sent["email"], sent["offer"])
        return Response('{"status":"check-your-mail"}', 202, mimetype="application/json")

    @app.post("/touch")
    def touch() -> Response:
        request.get_data()
        return Response(status=204)

    return app


def main() -> None:
    """Serve until stopped, with the settings that the capture service itself has."""
    from granian import Granian
    from granian.constants import Interfaces

    from gatepost.web.serving import BACKLOG, THREADS

    multiprocessing.set_start_method("spawn", force=True)
    Granian(
        "bench.bare:make_app",
        factory=True,
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=int(sys.argv[2]),
        blocking_threads=THREADS,
        backlog=BACKLOG,
        backpressure=BACKLOG,
        websockets=False,
        log_access=False,
    ).serve()


if __name__ == "__main__":
    main()

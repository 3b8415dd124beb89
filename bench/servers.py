"""The two servers under load: the capture service, and the bare insert that it is held against."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import text

from bench import posts
from bench.children import free_port, serving
from gatepost import catalogue
from gatepost.offers import HeldFile, Money, Offer
from gatepost.store import Database, schema

ROOT = Path(__file__).parents[1]
CHECKLIST = b"%PDF-1.7 a checklist that nobody opens here"


@dataclass
class Server:
    """One server that runs, and what it has acknowledged so far: numbers of signups, and how many touches."""

    name: str
    workers: int
    port: int
    pid: int
    database: str
    signups: set[int] = field(default_factory=set)
    touches: int = 0
    used: int = 0

    def numbers(self, count: int) -> int:
        """The first of `count` numbers that no request to this server has had yet."""
        self.used += count
        return self.used - count

    def kept(self) -> int:
        """How many of the acknowledged signups are in the database, each with the letter that it owes."""
        asked = {posts.address(number) for number in self.signups}
        return len(asked & (_emails_of_bare(self.database) if self.name == "bare" else _emails(self.database)))

    def counted(self, wait: float = 5.0) -> int:
        """How many touches the day's counters hold; waits for the last ones to be added."""
        until = time.monotonic() + wait
        while (found := _touches(self.database)) < self.touches and time.monotonic() < until:
            time.sleep(0.1)
        return found


@contextmanager
def both(work: Path, workers: int, database: str = "") -> Iterator[tuple[Server, Server]]:
    """The bare server and the capture service, side by side, each on a database of its own. Raises ChildFailed."""
    folder = work / f"workers-{workers}"
    folder.mkdir()
    with ExitStack() as stack:
        yield stack.enter_context(_bare(folder, workers)), stack.enter_context(_gatepost(folder, workers, database))


@contextmanager
def _bare(folder: Path, workers: int) -> Iterator[Server]:
    port, path = free_port(), str(folder / "bare.db")
    env = {**_plain_env(), "BENCH_DATABASE": path, "PYTHONPATH": str(ROOT)}
    with serving([sys.executable, "-m", "bench.bare", str(port), str(workers)], folder, env, port) as child:
        yield Server("bare", workers, port, child.pid, path)


@contextmanager
def _gatepost(folder: Path, workers: int, database: str) -> Iterator[Server]:
    port = free_port()
    url = database or f"sqlite:///{folder / 'gatepost.db'}"
    made = Database(url)
    schema.upgrade(made)
    made.close()
    write_catalogue(folder / "data")
    env = {
        **_plain_env(),
        "PORT": str(port),
        "GATEPOST_DATABASE_URL": url,
        "GATEPOST_DATA_DIR": str(folder / "data"),
        "GATEPOST_SECRET_KEYS": posts.KEY,
        "GATEPOST_SITE_URL": posts.ORIGIN,
        "GATEPOST_CAPTURE_URL": posts.ORIGIN,
    }
    command = [sys.executable, "-m", "gatepost.cli", "capture", "--workers", str(workers)]
    with serving(command, folder, env, port) as child:
        yield Server("gatepost", workers, port, child.pid, url)


def write_catalogue(folder: Path) -> None:
    """A hundred articles and the offer that the load asks for."""
    file = HeldFile(sha256(CHECKLIST).hexdigest(), "Before you publish.pdf", "application/pdf", len(CHECKLIST))
    catalogue.write_atomically(catalogue.held_path(folder, file.id), CHECKLIST)
    offer = Offer(
        posts.OFFER, "Before you publish", "Twenty checks.", "checklist", f"/offers/{posts.OFFER}.html",
        (posts.WORDING,), (file,), Money(4000, "EUR"),
    )  # fmt: skip
    slugs = [posts.slug(number) for number in range(posts.ARTICLES)]
    articles = {slug: catalogue.Article(slug, slug, f"/{slug}.html", offers=(offer.slug,)) for slug in slugs}
    wordings = {posts.WORDING.hash: posts.WORDING}
    built = datetime(2026, 11, 1, tzinfo=UTC)
    catalogue.write(
        catalogue.Catalogue("Bench", posts.ORIGIN, "en", built, articles, {offer.slug: offer}, wordings), folder
    )


def _plain_env() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("GATEPOST_")}


def _emails(url: str) -> set[str]:
    database = Database(url)
    with database.reading() as tx:
        found = tx.execute(
            text("""SELECT lead.email FROM lead JOIN signup ON signup.lead_id = lead.id
                    JOIN outbox ON outbox.signup_id = signup.id AND outbox.letter = 'confirm'""")
        )
        emails = {row[0] for row in found}
    database.close()
    return emails


def _emails_of_bare(path: str) -> set[str]:
    with sqlite3.connect(path) as connection:
        return {row[0] for row in connection.execute("SELECT email FROM signup JOIN outbox ON signup_id = signup.id")}


def _touches(url: str) -> int:
    database = Database(url)
    with database.reading() as tx:
        found = tx.execute(text("SELECT coalesce(sum(count), 0) FROM touch_day WHERE rung = 'read'")).scalar_one()
    database.close()
    return int(found)

"""Three years of a large blog in one database: counters by day, leads with journeys, deals and spend.

`python -m bench.history FOLDER ARTICLES READS LEADS DAYS` fills FOLDER/gatepost.db and FOLDER/catalogue.json. The same
numbers give the same rows. Rows go into the tables directly, without a journal: nobody else looks while it fills. Sums of
credit are left to `gatepost db recount`.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.sizes import LAST_DAY, SLUG, Size

SEED = 20261031
# How steeply attention falls from one article to the next, and with an article's age (in months).
ZIPF, AGEING = 1.2, 0.7
CHANNELS = ("assistant", "direct", "email", "paid-search", "referral", "search", "social", "outreach")
CHANNEL_SHARES = (0.05, 0.24, 0.05, 0.04, 0.06, 0.45, 0.1, 0.01)
OFFERS = tuple(f"offer-{number:02}" for number in range(12))

Numbers = NDArray[Any]


@dataclass(frozen=True)
class Blog:
    """Articles in order of their slugs: how much each draws, and the day it was published (0 is the first)."""

    size: Size
    weights: Numbers
    published: Numbers

    @property
    def slugs(self) -> list[str]:
        """Their names; sorted, as numbers are."""
        return [SLUG.format(number) for number in range(self.size.articles)]

    def attention(self, day: int) -> Numbers:
        """The part of a day's reads that each article draws; sums to one."""
        age = day - self.published
        drawn: Numbers = np.where(age >= 0, self.weights * (1 + np.maximum(age, 0) / 30.0) ** -AGEING, 0.0)
        drawn /= drawn.sum()
        return drawn

    def dates(self) -> list[str]:
        """Every day of the history, as it is stored."""
        return [(LAST_DAY - timedelta(days=self.size.days - 1 - day)).isoformat() for day in range(self.size.days)]


def blog(size: Size) -> Blog:
    """Articles by Zipf's law, published evenly over the days; one in twenty was there before."""
    dice = np.random.default_rng(SEED)
    weights = dice.permutation(np.arange(1, size.articles + 1) ** -ZIPF)
    published = np.sort(dice.integers(0, size.days, size.articles))
    published[: size.articles // 20 + 1] = 0
    return Blog(size, weights, published)


def write(folder: Path, size: Size) -> dict[str, int]:
    """Fill a new database and write its catalogue; returns the rows by table."""
    from bench import counting, people

    folder.mkdir(parents=True, exist_ok=True)
    made = blog(size)
    _write_catalogue(folder, made)
    path = folder / "gatepost.db"
    _make_tables(path)
    with bulk(path) as rows:
        counting.write(rows, made, np.random.default_rng(SEED + 1))
        people.write(rows, made, np.random.default_rng(SEED + 2))
        names = [name for (name,) in rows.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        counts = {name: rows.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in sorted(names)}
    return {name: count for name, count in counts.items() if count}


def insert(rows: sqlite3.Connection, table: str, columns: Sequence[str], values: Iterable[Sequence[object]]) -> None:
    """Many rows, given in the order of the table's key: then they are appended, and nothing is torn apart."""
    names = ", ".join(f'"{name}"' for name in columns)
    rows.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(columns))})', values)


@contextmanager
def bulk(path: Path) -> Iterator[sqlite3.Connection]:
    """One transaction that keeps no journal: a power cut would leave rubbish, which the next run does not mind."""
    rows = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=DELETE", "journal_mode=OFF", "synchronous=OFF", "cache_size=-200000"):
        rows.execute(f"PRAGMA {pragma}")
    rows.execute("BEGIN")
    try:
        yield rows
        rows.execute("COMMIT")
        rows.execute("PRAGMA journal_mode=WAL")
    finally:
        rows.close()


def _make_tables(path: Path) -> None:
    from gatepost.store import Database, schema

    path.unlink(missing_ok=True)
    database = Database(f"sqlite:///{path}")
    schema.upgrade(database)
    database.close()


def _write_catalogue(folder: Path, made: Blog) -> None:
    from gatepost import catalogue
    from gatepost.catalogue import Article, Catalogue
    from gatepost.offers import Money, Offer

    dates = made.dates()
    articles = {
        slug: Article(slug, f"Title of {slug}", f"/{slug}.html", published_on=dates[day])
        for slug, day in zip(made.slugs, made.published.tolist(), strict=True)
    }
    offers = {slug: Offer(slug, slug, "", "checklist", f"/{slug}.html", value=Money(4000, "EUR")) for slug in OFFERS}
    built_at = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, tzinfo=UTC)
    catalogue.write(Catalogue("Bench", "https://blog.example.org", "en", built_at, articles, offers), folder)


def main() -> None:
    """Fill a folder, and say how many rows each table has."""
    print(json.dumps(write(Path(sys.argv[1]), Size(*map(int, sys.argv[2:6])))))


if __name__ == "__main__":
    main()

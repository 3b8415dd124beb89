"""One database of each kind, with three leads in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from gatepost.engine import Engine
from gatepost.store import Database, schema
from tests.report.story import lead, signup


@pytest.fixture(params=["sqlite", "postgresql"])
def both(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    is_sqlite = request.param == "sqlite"
    database = Database(f"sqlite:///{tmp_path / 'money.db'}" if is_sqlite else request.getfixturevalue("postgres_url"))
    empty(database)
    schema.upgrade(database)
    yield database
    empty(database)
    database.close()


def empty(database: Database) -> None:
    with database.writing() as tx:
        if tx.dialect.name == "postgresql":
            tx.execute(text("DROP SCHEMA public CASCADE"))
            tx.execute(text("CREATE SCHEMA public"))


@pytest.fixture
def shop(both: Database, engine: Engine) -> Engine:
    """Ada, Bo and Cy have confirmed; Ada read two articles on the way, Cy none."""
    with both.writing() as tx:
        signup(tx, lead(tx, "ada"), ["second-thoughts", "first-steps"])
        signup(tx, lead(tx, "bo"), ["gated"])
        signup(tx, lead(tx, "cy"), [], value=None)
    return replace(engine, database=both)

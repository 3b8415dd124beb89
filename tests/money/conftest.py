"""One database of each kind, with three leads in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gatepost.engine import Engine
from gatepost.store import Database
from tests.report.story import lead, signup


@pytest.fixture
def shop(both: Database, engine: Engine) -> Engine:
    """Ada, Bo and Cy have confirmed; Ada read two articles on the way, Cy none."""
    with both.writing() as tx:
        signup(tx, lead(tx, "ada"), ["second-thoughts", "first-steps"])
        signup(tx, lead(tx, "bo"), ["gated"])
        signup(tx, lead(tx, "cy"), [], value=None)
    return replace(engine, database=both)

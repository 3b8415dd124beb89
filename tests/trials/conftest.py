"""A site whose checklist is being tested, and readers at its doors."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gatepost import catalogue
from gatepost.engine import Engine
from gatepost.offers import Trial, Variant
from gatepost.store import Database, trials
from gatepost.trials import Counts
from gatepost.web import create_app
from gatepost.web.wiring import Wired
from tests.conftest import Clock
from tests.web.conftest import PERSON, Ada

VARIANTS = (Variant("short", button="Send me the list"), Variant("inline", place="inline"))
TRIAL = Trial.of("checklist", VARIANTS)


def put_trial(engine: Engine, trial: Trial | None, offer: str = "checklist") -> None:
    """Build the site anew with this trial."""
    built = engine.catalogue
    tested = replace(built.offers[offer], trial=trial)
    catalogue.write(replace(built, offers={**built.offers, offer: tested}), engine.settings.data_dir)


class Site:
    """The doors of a site under test, and what was counted behind them."""

    def __init__(self, engine: Engine, clock: Clock):
        self.engine, self.clock = engine, clock
        self.app = create_app(engine)
        self.client = self.app.test_client()
        self.client.environ_base["HTTP_USER_AGENT"] = PERSON

    def sees(self, variant: str, **more: str) -> Any:
        beacon = {"rung": "variant-seen", "offer": "checklist", "variant": variant, "article": "first-steps", **more}
        return self.client.post("/touch", json=beacon)

    def reader(self, name: str) -> Ada:
        return Ada(self.client, self.engine, self.clock, f"{name}@example.org")

    def counts(self, trial: str = TRIAL.key) -> dict[str, Counts]:
        """What was counted for a trial, by variant, after everything gathered was written."""
        wired: Wired = self.app.extensions["gatepost"]
        assert wired.counting.flush()
        with self.engine.database.reading() as tx:
            return next((dict(one.counts) for one in trials.tried(tx) if one.trial == trial), {})


@pytest.fixture
def site(engine: Engine, clock: Clock) -> Site:
    put_trial(engine, TRIAL)
    return Site(engine, clock)


@pytest.fixture
def site_of_both(engine: Engine, both: Database, clock: Clock) -> Site:
    """The same on each kind of database."""
    put_trial(engine, TRIAL)
    return Site(Engine(engine.settings, both, engine.tokens, engine.follower, clock), clock)

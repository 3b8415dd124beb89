"""Ada at the readers' doors: a client, what she types, the letters she is owed, and the whole database as text."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gatepost.engine import Engine
from gatepost.leads import Lead
from gatepost.store import counters, grants, leads, outbox
from gatepost.store import tables as t
from gatepost.web import create_app
from gatepost.web.wiring import Wired
from tests.conftest import Clock

PERSON = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36"
CRAWLER = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


@pytest.fixture
def app(engine: Engine) -> Flask:
    return create_app(engine)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    made = app.test_client()
    made.environ_base["HTTP_USER_AGENT"] = PERSON
    return made


@dataclass
class Ada:
    """A reader. Everything she does goes through the doors; what is owed to her is read from the outbox."""

    client: FlaskClient
    engine: Engine
    clock: Clock
    email: str = "ada@example.org"

    def asks(self, offer: str = "checklist", **fields: Any) -> Any:
        return self.client.post("/signup", data={"email": self.email, "offer": offer, **fields})

    def lead(self) -> Lead | None:
        with self.engine.database.reading() as tx:
            return next((lead for lead in leads.listed(tx) if lead.email == self.email), None)

    def known(self) -> Lead:
        lead = self.lead()
        assert lead is not None
        return lead

    def letters(self) -> list[outbox.Owed]:
        with self.engine.database.reading() as tx:
            return outbox.of_lead(tx, self.known().id)

    def signups(self) -> list[Any]:
        with self.engine.database.reading() as tx:
            return leads.signups_of(tx, self.known().id)

    def consents(self) -> list[Any]:
        with self.engine.database.reading() as tx:
            return leads.consents_of(tx, self.known().id)

    def journey(self) -> list[Any]:
        with self.engine.database.reading() as tx:
            return leads.journey(tx, self.signups()[-1].id)

    def grants(self) -> list[Any]:
        with self.engine.database.reading() as tx:
            return grants.of_lead(tx, self.known().id)

    def link(self, door: str, subject: UUID | None = None) -> str:
        """The path of a link as a letter would carry it."""
        by_door: dict[str, Callable[[], UUID]] = {
            "confirm": lambda: self.signups()[-1].id,
            "download": lambda: self.grants()[0].id,
            "leave": lambda: self.known().id,
            "my": lambda: self.known().id,
        }
        whole = self.engine.link(door, subject or by_door[door]())
        return whole.removeprefix(self.engine.settings.capture_url)

    def reads(self, article: str, *, seconds: float = 11, **origin: str) -> dict[str, Any]:
        """Opens an article and reads it; gives the entry that her browser keeps."""
        view = {"article": article, "rung": "view", **origin}
        answer = self.client.post("/touch", json={"touches": [view], "start": True}).get_json()
        self.clock.forward(seconds=seconds)
        read = {**view, "rung": "read", "first": True, "depth": 1, "start": answer["start"]}
        told = self.client.post("/touch", json=read)
        kept = {"t": self.clock().timestamp(), "article": article, "rung": "read", **origin}
        return {**kept, "r": told.get_json()["receipt"]} if told.is_json else kept

    def confirms(self) -> Any:
        return self.client.post(self.link("confirm"))

    def is_confirmed_for(self, offer: str = "checklist", **fields: Any) -> str:
        """Asks, confirms, and gives the path of the download."""
        self.asks(offer, **fields)
        path = str(self.confirms().headers["Location"])
        self.clock.forward(minutes=1)
        return path


@pytest.fixture
def ada(client: FlaskClient, engine: Engine, clock: Clock) -> Ada:
    return Ada(client, engine, clock)


def opened(client: FlaskClient, article: str, seconds: float = 11) -> str:
    """The start of a page that this client opened so many seconds ago."""
    engine: Engine = client.application.extensions["gatepost"].engine
    return engine.receipts.start(article, engine.now() - timedelta(seconds=seconds), engine.nonce())


def whole_database(engine: Engine) -> str:
    """Every row of every table, as SQL."""
    path = engine.database.url.removeprefix("sqlite:///")
    return "\n".join(sqlite3.connect(path).iterdump())


def dropped(engine: Engine) -> dict[str, int]:
    """What was refused so far, by reason."""
    with engine.database.reading() as tx:
        return counters.dropped_totals(tx)


def counted(app: Flask) -> dict[str, list[tuple[Any, ...]]]:
    """The day's counters after everything gathered was written: touches, pairs, depths, drops."""
    wired: Wired = app.extensions["gatepost"]
    assert wired.counting.flush()
    with wired.engine.database.reading() as tx:
        return {
            "touches": [tuple(row)[1:] for row in tx.execute(t.touch_day.select())],
            "pairs": [tuple(row)[1:] for row in tx.execute(t.pair_day.select())],
            "depths": [tuple(row)[1:] for row in tx.execute(t.depth_day.select())],
            "dropped": [tuple(row)[1:] for row in tx.execute(t.dropped_day.select())],
        }

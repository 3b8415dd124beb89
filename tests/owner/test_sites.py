"""Several sites side by side: real applications that ask each other, and what happens when one is slow, strange or away."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from werkzeug.serving import make_server

from gatepost import settings
from gatepost.actions import admitting, mailing, visiting
from gatepost.actions.visiting import SiteRefused
from gatepost.catalogue import Follower
from gatepost.cli import gatepost
from gatepost.engine import Engine
from gatepost.report.home import Now
from gatepost.report.span import PERIODS
from gatepost.store import Database, sisters
from gatepost.store.sisters import Sister
from gatepost.tokens import Tokens
from gatepost.web import create_app
from tests.conftest import Clock, small_catalogue
from tests.owner.conftest import Browser
from tests.report import story

# The one other site of most tests is called so by the owner.
WEST = "West"


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """An application on a socket of its own."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def other(tmp_path: Path, migrated: Path, clock: Clock) -> Iterator[Engine]:
    """Another site with its own database, catalogue and a month of readers."""
    folder = tmp_path / "other"
    folder.mkdir()
    shutil.copyfile(migrated, folder / "gatepost.db")
    chosen = settings.read(
        {
            "GATEPOST_DATABASE_URL": f"sqlite:///{folder / 'gatepost.db'}",
            "GATEPOST_SECRET_KEYS": "w3Rt8yUi1Op5As9Df2Gh6Jk4Lz7Xc0Vb",
            "GATEPOST_SITE_URL": "https://west.example.org",
            "GATEPOST_CAPTURE_URL": "https://go.west.example.org",
            "GATEPOST_DATA_DIR": str(folder),
        }
    )
    small_catalogue(chosen.data_dir, clock())
    database = Database(chosen.database_url)
    story.busy_month(database)
    yield Engine(chosen, database, Tokens(chosen.secret_keys), Follower(chosen.data_dir), clock)
    database.close()


@pytest.fixture
def west(other: Engine) -> Iterator[str]:
    with serving(create_app(other)) as address:
        yield address


def test_another_site_stands_beside_this_one_with_its_figures_and_those_of_the_time_before(
    bo: Browser, engine: Engine, other: Engine, west: str
) -> None:
    visiting.add(engine, WEST, f"{west}/", admitting.add(other, "agency"))
    rows = {row.name: row for row in visiting.rows(engine, "month")}
    found = rows[WEST]
    assert found.compared
    assert (found.compared.now.reads, found.compared.now.requested, found.compared.now.confirmed) == (3520, 8, 7)
    assert found.compared.before == Now()
    assert rows["Gatepost"].compared
    assert rows["Gatepost"].compared.now.reads == 0
    assert bo.log_in().status_code == 303
    page = bo.get("/owner/sites").text
    assert "3,520" in page
    assert "https://west.example.org" in page
    assert bo.get("/owner/sites.json").json["sites"]["rows"][1]["confirmed"] == 7


def test_a_site_that_goes_away_shows_its_last_figures_with_their_age_and_why(
    bo: Browser, engine: Engine, other: Engine, clock: Clock
) -> None:
    with serving(create_app(other)) as address:
        visiting.add(engine, WEST, address, admitting.add(other, "agency"))
    clock.forward(hours=5)
    (sister,) = visiting.refresh(engine)
    assert sister.trouble.startswith("It cannot be reached")
    assert bo.log_in().status_code == 303
    page = bo.get("/owner/sites").text
    assert "3,520" in page
    assert "5.0 h old" in page
    assert "It cannot be reached" in page


def test_a_token_that_was_taken_back_is_told_and_one_that_is_wrong_adds_nothing(
    engine: Engine, other: Engine, west: str
) -> None:
    with pytest.raises(SiteRefused, match="does not know the token"):
        visiting.add(engine, WEST, west, "gp_wrong")
    assert visiting.listed(engine) == []
    visiting.add(engine, WEST, west, admitting.add(other, "agency"))
    admitting.remove(other, "agency")
    (sister,) = visiting.refresh(engine)
    assert "make a new one there" in sister.trouble
    assert sister.figures


# Set when a slow site may end.
_LET_GO = threading.Event()


class _Strange(BaseHTTPRequestHandler):
    """Answers by the first word of the token."""

    def do_GET(self) -> None:
        say: dict[str, Callable[[], None]] = {
            "slow": lambda: _LET_GO.wait(20) and None,
            "elsewhere": lambda: self._say(302, b"", Location="https://example.org/"),
            "huge": lambda: self._say(200, b"[" + b" " * (visiting.MOST_BYTES + 10)),
            "words": lambda: self._say(200, b"<html>Hello</html>"),
            "old": lambda: self._say(404, b"{}"),
            "newer": lambda: self._say(200, b'{"format": 2}'),
            "broken": lambda: self._say(500, b""),
        }
        with suppress(ConnectionError):
            say[self.headers["Authorization"].split()[1]]()

    def _say(self, code: int, body: bytes, **headers: str) -> None:
        self.send_response(code)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        return


@pytest.fixture
def strange() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Strange)
    server.daemon_threads = True
    _LET_GO.clear()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    _LET_GO.set()
    server.shutdown()
    thread.join()
    server.server_close()


def test_whatever_a_site_answers_is_told_in_words(engine: Engine, strange: str) -> None:
    words = {
        "elsewhere": "leads elsewhere", "huge": "larger than 1 MB", "words": "is no JSON", "old": "same version of Gatepost",
        "newer": "its format is 2", "broken": "answered with 500",
    }  # fmt: skip
    with engine.database.writing() as tx:
        for name in words:
            sisters.add(tx, Sister(name, strange, name, engine.now()))
    found = {sister.name: sister for sister in visiting.refresh(engine)}
    for name, trouble in words.items():
        assert trouble in found[name].trouble, name
        assert found[name].figures == ""
    assert [row.compared for row in visiting.rows(engine, "month")].count(None) == len(words)


def test_one_slow_site_holds_up_no_other_and_is_not_waited_for_long(
    engine: Engine, other: Engine, west: str, strange: str
) -> None:
    with engine.database.writing() as tx:
        sisters.add(tx, Sister("A slow one", strange, "slow", engine.now()))
    (slow,) = visiting.refresh(engine, patience=0.2)
    assert slow.trouble == "There was no answer within 0.2 seconds."
    with engine.database.writing() as tx:
        sisters.add(tx, Sister(WEST, west, admitting.add(other, "agency"), engine.now()))
    round_ = threading.Thread(target=visiting.refresh, args=(engine,))
    round_.start()
    end = time.monotonic() + 9
    while not visiting.listed(engine)[1].figures and time.monotonic() < end:
        time.sleep(0.02)
    assert visiting.listed(engine)[1].figures
    assert round_.is_alive()
    _LET_GO.set()
    round_.join()


@pytest.mark.parametrize(
    "url",
    [
        "http://go.example.net",
        "ftp://localhost",
        "localhost:8000",
        "https://",
        "https://a@b.example",
        "",
        "https://x/?q",
    ],
)
def test_a_token_is_sent_over_https_or_to_this_machine_and_nowhere_else(engine: Engine, url: str) -> None:
    with pytest.raises(SiteRefused) as refused:
        visiting.add(engine, WEST, url, "gp_x")
    assert refused.value.cure


def test_a_site_stands_once_and_is_not_this_one(engine: Engine, other: Engine, west: str) -> None:
    token = admitting.add(other, "agency")
    visiting.add(engine, WEST, west, token)
    for name, url in ((WEST, f"{west}/owner"), ("Other", west), ("Own", engine.settings.capture_url), ("", west)):
        with pytest.raises(SiteRefused):
            visiting.add(engine, name, url, token)
    assert [sister.name for sister in visiting.listed(engine)] == [WEST]
    visiting.remove(engine, WEST)
    with pytest.raises(visiting.SiteUnknown):
        visiting.remove(engine, WEST)


def test_the_worker_asks_in_its_rounds_and_never_twice_in_one(
    engine: Engine, other: Engine, west: str, clock: Clock
) -> None:
    visiting.add(engine, WEST, west, admitting.add(other, "agency"))
    clock.forward(minutes=15)
    stop = threading.Event()
    worker = threading.Thread(target=mailing.run, args=(engine, stop), kwargs={"pace": 0.02})
    worker.start()
    end = time.monotonic() + 10
    while visiting.listed(engine)[0].answered_at != clock() and time.monotonic() < end:
        time.sleep(0.02)
    stop.set()
    worker.join()
    assert visiting.listed(engine)[0].answered_at == clock()
    with engine.database.writing() as tx:
        assert sisters.claim(tx, clock(), clock()) == []


def test_a_page_asks_nobody(bo: Browser, engine: Engine, strange: str) -> None:
    with engine.database.writing() as tx:
        sisters.add(tx, Sister("Never", strange, "slow", engine.now()))
    assert bo.log_in().status_code == 303
    page = bo.get("/owner/sites").text
    assert "has never answered" in page
    assert visiting.listed(engine)[0].asked_at is None
    assert "gp_" not in repr(visiting.listed(engine))


def test_days_of_ones_own_are_told_to_be_this_months(bo: Browser) -> None:
    assert bo.log_in().status_code == 303
    assert "named periods only" in bo.get("/owner/sites?since=2026-11-03").text
    assert "This is the only site" in bo.get("/owner/sites").text


def test_the_commands_take_the_token_from_where_nobody_sees_it(
    tmp_path: Path, other: Engine, west: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    token, run = admitting.add(other, "agency"), CliRunner()
    assert run.invoke(gatepost, ["sites", "add", WEST, west]).exit_code == 2
    made = run.invoke(gatepost, ["sites", "add", WEST, west], input=f"{token}\n")
    assert made.exit_code == 0, made.output
    assert token not in made.output
    assert west in run.invoke(gatepost, ["sites", "list"]).output
    assert run.invoke(gatepost, ["sites", "refresh"]).exit_code == 0
    admitting.remove(other, "agency")
    assert run.invoke(gatepost, ["sites", "refresh"]).exit_code == 1
    assert "make a new one there" in run.invoke(gatepost, ["sites", "list"]).output
    assert run.invoke(gatepost, ["sites", "remove", WEST]).exit_code == 0
    assert run.invoke(gatepost, ["sites", "remove", WEST]).exit_code == 1
    assert "no other site" in run.invoke(gatepost, ["sites", "list"]).output


def test_the_door_gives_every_period_or_the_one_asked_for(engine: Engine) -> None:
    story.busy_month(engine.database)
    found = visiting.summary(engine)
    assert set(found.periods) == set(PERIODS)
    assert visiting.summary(engine, ("month",)).periods == {"month": found.periods["month"]}
    assert replace(found, periods={}) == replace(visiting.summary(engine, ()), periods={})

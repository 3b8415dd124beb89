"""Many workers, killed workers, stopped workers: no letter twice, none lost."""

from __future__ import annotations

import logging
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from gatepost.actions import mailing
from gatepost.engine import Engine, system_clock
from gatepost.mail import mailbox
from gatepost.mail.smtp import Courier, Patience
from gatepost.store import Database, outbox, schema
from tests.conftest import ROOT, Clock
from tests.mail.cast import ask, state
from tests.mail.conftest import HURRIED
from tests.mail.post_office import PostOffice, RawServer, free_port
from tests.mail.test_smtp import silent


@pytest.fixture
def shared(engine: Engine, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The engine on the database that the test names."""
    if request.param == "sqlite":
        yield engine
        return
    url = request.getfixturevalue("postgres_url")
    name = f"mail_{uuid4().hex}"
    admin = Database(url)
    with admin.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    admin.close()
    made = Database(urlsplit(url)._replace(path=f"/{name}").geturl())
    schema.upgrade(made)
    yield replace(engine, database=made)
    made.close()


@pytest.mark.parametrize("shared", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.parametrize(("workers", "letters"), [(2, 50), (8, 200)])
def test_many_workers_send_every_letter_once(shared: Engine, office: PostOffice, workers: int, letters: int):
    for number in range(letters):
        ask(shared, f"reader{number}@reader.example")
    stop = threading.Event()
    # A database of its own each, as separate processes have.
    databases = [Database(shared.database.url) for _ in range(workers)]
    threads = [
        threading.Thread(
            target=mailing.run,
            args=(replace(shared, database=own), stop, Courier(office.settings(), HURRIED, stop), 0.05),
            daemon=True,
        )
        for own in databases
    ]
    for thread in threads:
        thread.start()
    wait_for(lambda: tally(shared)["sent"] == letters, 40)
    stop.set()
    for thread in threads:
        thread.join(5)
    for own in databases:
        own.close()
    counts = Counter(taken.to[0] for taken in office.taken)
    assert len(counts) == letters
    assert set(counts.values()) == {1}


WORKER = """
import os, threading
from gatepost import engine, settings
from gatepost.actions import mailing
mailing.run(engine.start(settings.read(os.environ)), threading.Event())
"""


def start_worker(engine: Engine, office: PostOffice) -> subprocess.Popen[bytes]:
    chosen = engine.settings
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "capture"),
        "GATEPOST_DATABASE_URL": chosen.database_url,
        "GATEPOST_SECRET_KEYS": ",".join(chosen.secret_keys),
        "GATEPOST_SITE_URL": chosen.site_url,
        "GATEPOST_CAPTURE_URL": chosen.capture_url,
        "GATEPOST_DATA_DIR": str(chosen.data_dir),
        "GATEPOST_MAIL_FROM": chosen.mail_from,
        "GATEPOST_SMTP_URL": f"smtp://127.0.0.1:{office.settings().port}?security=none",
    }
    return subprocess.Popen([sys.executable, "-c", WORKER], env=env, stderr=subprocess.PIPE)


def test_a_worker_killed_between_the_servers_yes_and_its_mark_sends_one_copy_more_at_most(engine, office, clock):
    clock.at = system_clock()
    owed = ask(engine)
    locked = threading.Event()
    # Held by somebody else from the dot on, the database cannot take the mark, and the worker dies waiting for it.
    blocker = sqlite3.connect(
        engine.database.url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False
    )

    def lock(_: object) -> None:
        blocker.execute("BEGIN IMMEDIATE")
        locked.set()

    office.before_answer = lock
    worker = start_worker(engine, office)
    assert locked.wait(20)
    time.sleep(0.4)
    os.kill(worker.pid, signal.SIGKILL)
    worker.communicate()
    blocker.execute("ROLLBACK")
    blocker.close()
    office.before_answer = lambda _: None
    assert state(engine, owed).state == "sending"

    courier = Courier(office.settings(), HURRIED)
    assert mailing.send_due(engine, courier) == mailing.Sent()
    clock.forward(minutes=6)
    assert mailing.send_due(engine, courier).sent == 1
    clock.forward(days=1)
    assert mailing.send_due(engine, courier) == mailing.Sent()
    assert [taken.message["Message-ID"] for taken in office.taken] == [f"<{owed.id.hex}@example.org>"] * 2


@pytest.mark.parametrize("verb", ["BANNER", "MAIL", "RCPT", "DATA"])
def test_a_worker_killed_before_the_dot_sends_nothing_twice(engine, office, clock, verb):
    clock.at = system_clock()
    ask(engine)
    reached = threading.Event()
    real = office.next_answer

    def dies_here(asked: str) -> str | None:
        if asked == verb and not reached.is_set():
            os.kill(worker.pid, signal.SIGKILL)
            reached.set()
        return real(asked)

    office.next_answer = dies_here
    worker = start_worker(engine, office)
    assert reached.wait(20)
    worker.communicate()
    clock.at = system_clock()
    clock.forward(minutes=6)
    assert mailing.send_due(engine, Courier(office.settings(), HURRIED)).sent == 1
    assert len(office.taken) == 1


def running(engine: Engine, carrier=None, stop=None) -> tuple[threading.Thread, threading.Event]:
    stop = stop or threading.Event()
    thread = threading.Thread(target=mailing.run, args=(engine, stop, carrier, 0.05), daemon=True)
    thread.start()
    return thread, stop


def ended(thread: threading.Thread, stop: threading.Event) -> float:
    """Stop a worker; the seconds it took."""
    began = time.monotonic()
    stop.set()
    thread.join(10)
    assert not thread.is_alive()
    return time.monotonic() - began


def test_a_worker_without_a_mail_server_fills_the_mailbox(engine):
    thread, stop = running(engine)
    ask(engine)
    wait_for(lambda: mailbox.listed(mailbox.folder(engine.settings.data_dir)), 5)
    assert ended(thread, stop) < 1


def test_a_mail_server_that_comes_back_gets_what_waited_and_each_trouble_is_one_line(engine, caplog):
    caplog.set_level(logging.INFO, "gatepost.mailing")
    port = free_port()
    made = [ask(engine, f"r{n}@reader.example") for n in range(3)]
    clock: Clock = engine.clock
    with PostOffice() as office:
        away = replace(office.settings(), port=port)
        carrier = Courier(away, HURRIED)
        thread, stop = running(engine, carrier)
        wait_for(lambda: all(state(engine, owed).answer for owed in made), 10)
        carrier._server = office.settings()
        clock.forward(minutes=2)
        wait_for(lambda: tally(engine)["sent"] == 3, 10)
        wait_for(lambda: "Letters go out again" in caplog.text, 5)
        assert ended(thread, stop) < 1
    assert caplog.text.count("cannot be reached") == 1


def test_a_worker_outlives_a_database_that_is_away(engine, caplog):
    thread, stop = running(engine)
    blocker = sqlite3.connect(engine.database.url.removeprefix("sqlite:///"), isolation_level=None)
    blocker.execute("BEGIN EXCLUSIVE")
    wait_for(lambda: "The database does not answer" in caplog.text, 10)
    blocker.execute("ROLLBACK")
    blocker.close()
    owed = ask(engine)
    wait_for(lambda: state(engine, owed).state == "sent", 5)
    assert ended(thread, stop) < 1


def test_a_worker_told_to_stop_gives_back_what_it_has_not_tried(engine):
    made = [ask(engine, f"r{n}@reader.example") for n in range(3)]
    with RawServer(silent) as server:
        stop = threading.Event()
        thread, stop = running(engine, Courier(server.settings(), Patience(), stop), stop)
        wait_for(lambda: tally(engine)["sending"] == 3, 5)
        assert ended(thread, stop) < 1.3
    assert [(state(engine, owed).state, state(engine, owed).tries) for owed in made] == [("queued", 0)] * 3


def test_a_letter_taken_from_a_dead_worker_is_not_taken_before_its_lease_is_over(engine, clock):
    ask(engine)
    with engine.database.writing() as tx:
        outbox.claim(tx, engine.new_id(), engine.now(), engine.now() + mailing.LEASE, 50)
    folder = mailbox.folder(engine.settings.data_dir)
    clock.forward(minutes=4, seconds=59)
    assert mailing.send_due(engine, mailbox.Mailbox(folder)).claimed == 0
    clock.forward(seconds=2)
    assert mailing.send_due(engine, mailbox.Mailbox(folder)).sent == 1


def tally(engine: Engine) -> dict[str, int]:
    with engine.database.reading() as tx:
        return outbox.tally(tx)


def wait_for(is_so, seconds: float) -> None:
    ends = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends, "it did not come to pass in time"
        time.sleep(0.05)

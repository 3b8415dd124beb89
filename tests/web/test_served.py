"""The real server over a real socket: what was acknowledged survives kill -9, and a stop loses no touch."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from gatepost import settings
from gatepost.engine import Engine
from gatepost.engine import start as start_engine
from gatepost.store import leads, outbox
from tests.conftest import CHECKLIST_PDF
from tests.web.conftest import PERSON

# Each test starts processes; side by side they would measure each other.
pytestmark = pytest.mark.xdist_group("served")


@dataclass
class Server:
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, body or None, {"User-Agent": PERSON, "Connection": "close", **headers})
        return connection.getresponse()

    def children(self) -> list[int]:
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=False
        )  # fmt: skip
        return [int(word) for word in listed.stdout.split()]


@contextmanager
def served(engine: Engine, folder: Path, workers: int = 1) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    chosen = engine.settings
    env = {key: value for key, value in os.environ.items() if not key.startswith("GATEPOST_")} | {
        "GATEPOST_DATABASE_URL": engine.database.url,
        "GATEPOST_SECRET_KEYS": ",".join(chosen.secret_keys),
        "GATEPOST_SITE_URL": chosen.site_url,
        "GATEPOST_CAPTURE_URL": chosen.capture_url,
        "GATEPOST_DATA_DIR": str(chosen.data_dir),
    }
    log = folder / "server.log"
    code = f"from gatepost.web import serving; serving.run('127.0.0.1', {port}, workers={workers})"
    with log.open("ab") as stream:
        process = subprocess.Popen([sys.executable, "-c", code], env=env, stdout=stream, stderr=stream)
    server = Server(port, process, log)
    try:
        wait_until_ready(server)
        yield server
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=20)


def wait_until_ready(server: Server) -> None:
    for _ in range(200):
        assert server.process.poll() is None, server.log.read_text()
        try:
            if server.ask("GET", "/readyz").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.05)
    pytest.fail(server.log.read_text())


@pytest.fixture
def plain(engine: Engine) -> Engine:
    """The same engine with the real clock: the served process has no other."""
    return start_engine(engine.settings)


def signup(number: int) -> str:
    return json.dumps(
        {"email": f"reader{number}@example.org", "offer": "checklist", "consent": ["letters"], "article": "first-steps"}
    )


def test_the_whole_way_over_a_socket(plain, tmp_path):
    with served(plain, tmp_path) as server:
        assert server.ask("POST", "/signup", signup(1), **{"Content-Type": "application/json"}).status == 202
        with plain.database.reading() as tx:
            (lead,) = leads.listed(tx)
            (request,) = leads.signups_of(tx, lead.id)
        link = plain.link("confirm", request.id).removeprefix(plain.settings.capture_url)
        assert server.ask("HEAD", link).status == 200
        path = server.ask("POST", link).headers["Location"]
        whole = server.ask("GET", path)
        assert (whole.status, whole.read()) == (200, CHECKLIST_PDF)
        assert whole.headers["Content-Length"] == str(len(CHECKLIST_PDF))
        part = server.ask("GET", path, Range="bytes=5-9")
        assert (part.status, part.read()) == (206, CHECKLIST_PDF[5:10])
        head = server.ask("HEAD", path)
        assert (head.status, head.headers["Content-Length"], head.read()) == (200, str(len(CHECKLIST_PDF)), b"")
        assert server.ask("GET", path, **{"If-None-Match": whole.headers["ETag"]}).status == 304
        assert server.ask("GET", "/thanks", Host="evil.test").status == 400
        assert server.ask("POST", "/signup", "x" * 20_000, **{"Content-Type": "application/json"}).status == 413
        assert (
            server.ask("POST", "/signup", "email=%ff", **{"Content-Type": "application/x-www-form-urlencoded"}).status
            == 400
        )
    assert "Traceback" not in server.log.read_text()


def test_a_body_in_chunks_has_the_same_limit(plain, tmp_path):
    with served(plain, tmp_path) as server:
        for size, status in ((10, 422), (20_000, 413)):
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
            body = (piece for piece in [b'{"page": "', b"x" * size, b'"}'])
            connection.request("POST", "/signup", body, {"Content-Type": "application/json"}, encode_chunked=True)
            assert connection.getresponse().status == status


def test_a_server_that_is_stopped_writes_the_touches_it_holds(plain, tmp_path):
    touch = json.dumps({"article": "first-steps", "rung": "view"})
    with served(plain, tmp_path) as server:
        for _ in range(50):
            assert server.ask("POST", "/touch", touch, **{"Content-Type": "text/plain"}).status == 204
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=20) == 0
    from gatepost.store import tables as t

    with plain.database.reading() as tx:
        assert sum(row.count for row in tx.execute(t.touch_day.select())) == 50


@pytest.mark.long
def test_kill_minus_nine_loses_no_acknowledged_signup(plain, tmp_path):
    acknowledged: set[int] = set()
    numbers = iter(range(1_000_000))
    for round_ in range(4):
        with served(plain, tmp_path, workers=2) as server:
            over = threading.Event()
            threads = [
                threading.Thread(target=sign_up_until, args=(server, over, numbers, acknowledged)) for _ in range(4)
            ]
            for thread in threads:
                thread.start()
            time.sleep(0.3 + 0.07 * round_)
            for pid in (server.process.pid, *server.children()):
                os.kill(pid, signal.SIGKILL)
            server.process.wait(timeout=20)
            over.set()
            for thread in threads:
                thread.join()
    assert len(acknowledged) > 50
    with plain.database.reading() as tx:
        stored = {lead.email: lead for lead in leads.listed(tx)}
        for number in acknowledged:
            assert f"reader{number}@example.org" in stored
        for lead in stored.values():
            # Whole or not at all, acknowledged or not.
            (request,) = leads.signups_of(tx, lead.id)
            assert [owed.letter for owed in outbox.of_lead(tx, lead.id)] == ["confirm"]
            assert len(leads.consents_of(tx, lead.id)) == 1
            assert len(leads.journey(tx, request.id)) == 1


def sign_up_until(server: Server, over: threading.Event, numbers: Iterator[int], acknowledged: set[int]) -> None:
    while not over.is_set():
        number = next(numbers)
        try:
            answer = server.ask("POST", "/signup", signup(number), **{"Content-Type": "application/json"})
        except OSError:
            time.sleep(0.01)
            continue
        except http.client.HTTPException:
            continue
        if answer.status == 202:
            acknowledged.add(number)


def test_settings_without_keys_stop_the_start(tmp_path):
    env = {key: value for key, value in os.environ.items() if not key.startswith("GATEPOST_")}
    env |= {"GATEPOST_SITE_URL": "https://blog.example.org", "GATEPOST_DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", "import gatepost.web.wsgi"], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "GATEPOST_SECRET_KEYS" in done.stderr
    assert settings.KEY_LENGTH == 32

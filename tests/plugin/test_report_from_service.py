"""Figures from the capture service: with a token, and whatever it answers, never to the harm of a build."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from werkzeug.serving import make_server

from gatepost.actions import admitting
from gatepost.engine import Engine
from gatepost.web import create_app
from gatepost_pelican.report import fetching
from tests.plugin.reporting import ONCE, Folder, Server, say, serving
from tests.report import story

TOKEN = "gp_0123456789"


@pytest.fixture
def service(engine: Engine) -> Iterator[str]:
    """The capture service on a socket, with a month of readers."""
    story.busy_month(engine.database)
    server = make_server("127.0.0.1", 0, create_app(engine), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def asks(monkeypatch: pytest.MonkeyPatch, folder: Folder) -> Callable[[str], None]:
    """Points the build to a service, with a token."""

    def point(url: str, token: str = TOKEN) -> None:
        monkeypatch.setenv("GATEPOST_API_TOKEN", token)
        monkeypatch.setenv("GATEPOST_CAPTURE_URL", url)

    return point


def test_with_a_token_the_figures_are_those_of_the_service(
    folder: Folder, service: str, engine: Engine, asks: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    asks(service, admitting.add(engine, "build"))
    found = folder.build()
    assert found.figures is not None
    assert found.figures.articles["first-steps"].helped == 6
    assert "8 asked, 7 confirmed" in capsys.readouterr().out
    files = folder.files()
    assert tuple(files) == ONCE
    assert json.loads(files["report.json"])["articles"][0]["slug"] == "first-steps"
    assert files["index.html"].startswith("<!")
    assert files["articles.csv"].startswith("slug,title,url,reads")


def test_what_the_service_said_is_kept_for_the_next_build(
    folder: Folder, service: str, engine: Engine, asks: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    asks(service, admitting.add(engine, "build"))
    first = folder.build().figures
    files = folder.files()
    asks("http://127.0.0.1:1")
    capsys.readouterr()
    again = folder.build().figures
    assert first is not None
    assert again is not None
    assert again.is_kept
    assert again.articles == first.articles
    assert folder.files() == files
    last = capsys.readouterr().out.splitlines()[-1]
    assert "old (made on 2026-11-22)" in last
    assert "http://127.0.0.1:1 did not answer" in last


def test_a_token_that_was_taken_back_says_how_to_make_one(
    folder: Folder, service: str, asks: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    asks(service)
    folder.build()
    (line,) = capsys.readouterr().out.splitlines()
    assert "does not know this GATEPOST_API_TOKEN" in line
    assert "gatepost owner token add NAME" in line
    assert TOKEN not in line


def _nested(handler: BaseHTTPRequestHandler, _: Server) -> None:
    say(handler, b"[" * 200_000)


def _of_letters(handler: BaseHTTPRequestHandler, _: Server) -> None:
    rows = [{"slug": "a", "reads": "many", "unique_readers": 1, "helped": 1, "signed_up_here": 0, "credit": 0.0}]
    say(handler, json.dumps({"format": 1, "articles": rows}).encode())


def _without_end(handler: BaseHTTPRequestHandler, server: Server) -> None:
    server.stop.wait()


def _drip(handler: BaseHTTPRequestHandler, server: Server) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    while not server.stop.wait(0.05):
        handler.wfile.write(b" ")


def _huge(handler: BaseHTTPRequestHandler, server: Server) -> None:
    handler.send_response(200)
    handler.end_headers()
    while not server.stop.is_set():
        handler.wfile.write(b"x" * 2**20)


def _broken_off(handler: BaseHTTPRequestHandler, _: Server) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"format": 1')


def _no_http(handler: BaseHTTPRequestHandler, _: Server) -> None:
    handler.wfile.write(b"220 mail.example.org ESMTP\r\n")


FAILURES: dict[str, tuple[Callable[[BaseHTTPRequestHandler, Server], None], str]] = {
    "500": (lambda handler, _: say(handler, b"Oh", 500), "answered with 500"),
    "404": (lambda handler, _: say(handler, b"", 404), "answered with 404"),
    "503": (lambda handler, _: say(handler, b"", 503), "answered with 503"),
    "a page": (lambda handler, _: say(handler, b"<!doctype html><p>Log in"), "is no report"),
    "nothing": (lambda handler, _: say(handler, b""), "is no report"),
    "no text": (lambda handler, _: say(handler, bytes(range(256)) * 9), "is no report"),
    "nested without end": (_nested, "is no report"),
    "a list": (lambda handler, _: say(handler, b"[]"), "not a report of format 1"),
    "another format": (lambda handler, _: say(handler, b'{"format": 99}'), "not a report of format 1"),
    "no rows": (lambda handler, _: say(handler, b'{"format": 1, "articles": {}}'), "no list of articles"),
    "words for counts": (_of_letters, "'many' is no count"),
    "broken off": (_broken_off, "broke off"),
    "no HTTP": (_no_http, "did not answer"),
    "no end": (_huge, "larger than 4 MB"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_whatever_the_service_says_the_build_goes_on_with_what_was_kept(
    folder: Folder, asks: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], failure: str
) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 2**22)
    answer, words = FAILURES[failure]
    assert words in goes_on(folder, asks, answer, capsys)


@pytest.mark.parametrize("answer", [_without_end, _drip], ids=["silence", "a byte now and then"])
def test_a_service_that_never_finishes_is_given_up(
    folder: Folder, asks: Any, impatient: None, capsys: pytest.CaptureFixture[str], answer: Any
) -> None:
    assert "within 0.5 seconds" in goes_on(folder, asks, answer, capsys)


def goes_on(folder: Folder, asks: Any, answer: Any, capsys: pytest.CaptureFixture[str]) -> str:
    """A build with three days old figures beside a service that fails; returns what it says about them."""
    folder.keep(datetime.now(UTC) - timedelta(days=3))
    with serving(answer) as server:
        asks(server.url)
        found = folder.build()
    assert found.figures is not None
    assert found.figures.is_kept
    assert tuple(folder.files()) == ONCE
    last = capsys.readouterr().out.splitlines()[-1]
    assert "3 days old" in last
    return last


def test_a_token_is_not_carried_to_where_a_redirect_leads(folder: Folder, asks: Any, capsys: Any) -> None:
    with serving(lambda handler, _: say(handler, b"{}")) as thief:
        target = f"{thief.url}/api/v1/report"
        with serving(lambda handler, _: say(handler, b"", 302, Location=target)) as server:
            asks(server.url)
            folder.build()
            assert server.asked == [("/api/v1/report?format=json", f"Bearer {TOKEN}")]
        assert thief.asked == []
    assert "set GATEPOST_CAPTURE_URL to where it answers" in capsys.readouterr().out


@pytest.mark.parametrize("url", ["http://go.example.org", "http://127.0.0.1.example.org", "http://[2001:db8::1]"])
def test_a_token_is_not_sent_unprotected_to_another_machine(
    folder: Folder, asks: Any, capsys: pytest.CaptureFixture[str], url: str
) -> None:
    asks(url)
    folder.build()
    (line,) = capsys.readouterr().out.splitlines()
    assert "over https only" in line


@pytest.mark.parametrize(("url", "words"), [("", "not GATEPOST_CAPTURE_URL"), ("https://", "not an address")])
def test_a_token_without_an_address_says_what_is_missing(
    folder: Folder, asks: Any, capsys: pytest.CaptureFixture[str], url: str, words: str
) -> None:
    asks(url)
    if words == "not an address":
        with pytest.raises(AssertionError):  # a mistake of the site, told before anything is fetched
            folder.build()
        return
    folder.build()
    assert words in capsys.readouterr().out


def test_a_token_that_no_header_can_carry_is_one_line(folder: Folder, asks: Any, capsys: Any) -> None:
    asks("http://127.0.0.1:1", "gp_a\r\nX-Other: b")
    folder.build()
    (line,) = capsys.readouterr().out.splitlines()
    assert "GATEPOST_API_TOKEN is no token" in line
    assert "X-Other" not in line


def test_files_belong_together_and_stay_where_one_of_them_does_not_come(
    folder: Folder, asks: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = json.dumps(folder.figures().plain).encode()

    def answer(handler: BaseHTTPRequestHandler, _: Server) -> None:
        say(handler, plain, 200 if "json" in handler.path else 500)

    with serving(answer) as server:
        asks(server.url)
        assert folder.build().figures is not None
    shown = capsys.readouterr().out
    assert "the report's files stay as they were" in shown
    assert "First steps" in shown
    assert folder.files() == {}
    assert not (folder.data / "report.json").exists()


def test_where_the_service_fails_a_database_is_next_and_the_build_says_so(
    folder: Folder, asks: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.fill_database()
    asks("http://127.0.0.1:1")
    found = folder.build()
    assert found.figures is not None
    assert not found.figures.is_kept
    last = capsys.readouterr().out.splitlines()[-1]
    assert "come from the database" in last
    assert "did not answer" in last


def test_a_title_cannot_move_the_terminals_cursor(folder: Folder, asks: Any, capsys: Any) -> None:
    figures = folder.figures()
    figures.plain["articles"][0]["title"] = "\x1b[2J[red]Gone"
    plain = json.dumps(figures.plain).encode()
    with serving(lambda handler, _: say(handler, plain)) as server:
        asks(server.url)
        folder.build()
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "[red]" in shown

"""A build's dealings with its figures, without Pelican around them; and servers that answer as a test tells them to."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from gatepost import catalogue
from gatepost.actions import reporting
from gatepost.store import Database, schema
from gatepost_pelican import report
from gatepost_pelican import settings as site_settings
from gatepost_pelican.report import kept
from gatepost_pelican.report.figures import Figures, Texts, read
from gatepost_pelican.report.sources import Found
from tests.plugin.sites import Site
from tests.report import story

NOW = datetime(2026, 11, 22, tzinfo=UTC)
# The files of a report.
ONCE = ("articles.csv", "index.html", "report.json")


@dataclass
class Folder:
    """A site's folder with a catalogue, and the figures of its builds."""

    path: Path
    settings: dict[str, Any]

    @property
    def data(self) -> Path:
        return self.path / ".gatepost"

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.data / 'gatepost.db'}"

    def build(self) -> Found:
        """Ask for figures and report on them; what is printed goes where a build's would."""
        site, mistakes = site_settings.read(self.settings, os.environ)
        assert not mistakes
        found = report.before_pages(site, catalogue.read(site.data))
        report.after_build(self.settings, site, found)
        return found

    def fill_database(self) -> None:
        made = Database(self.database_url)
        schema.upgrade(made)
        story.busy_month(made)
        made.close()

    def figures(self, made_at: datetime = NOW) -> Figures:
        """Those of a busy month, counted apart."""
        made = Database(f"sqlite:///{self.path / 'apart.db'}")
        schema.upgrade(made)
        story.busy_month(made)
        whole = reporting.report(made, catalogue.read(self.data), now=made_at)
        made.close()
        texts = Texts(reporting.html(whole), reporting.csv(whole))
        return read(json.loads(json.dumps(reporting.json(whole))), lambda: texts)

    def keep(self, made_at: datetime = NOW) -> Figures:
        """Let an earlier build have kept figures."""
        figures = self.figures(made_at)
        kept.keep(figures, figures.texts(), self.data)
        return figures

    def files(self) -> dict[str, str]:
        """The report's files by name."""
        folder = self.path / "report"
        return {p.name: p.read_text() for p in sorted(folder.iterdir())} if folder.is_dir() else {}


def fill(site: Site, counts: dict[str, tuple[int, int]]) -> None:
    """Let each article have (readers, leads helped), all of its own."""
    made = Database(f"sqlite:///{site.data / 'gatepost.db'}")
    schema.upgrade(made)
    with made.writing() as tx:
        for slug, (readers, helped) in counts.items():
            story.reads(tx, slug, readers + 17, readers)
            for number in range(helped):
                story.signup(tx, story.lead(tx, f"{slug}{number}"), [slug])
    made.close()


@dataclass
class Server:
    """What a server was asked, and where it listens."""

    url: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)


@contextmanager
def serving(answer: Callable[[BaseHTTPRequestHandler, Server], None]) -> Iterator[Server]:
    """A server on a real socket. `stop` is set when the test ends, for answers that would never."""
    found = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append((self.path, self.headers.get("Authorization", "")))
            try:
                answer(self, found)
            except ConnectionError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found.url = f"http://127.0.0.1:{server.server_port}"
    yield found
    found.stop.set()
    server.shutdown()
    server.server_close()


def say(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    """A whole answer."""
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)

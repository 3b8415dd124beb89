"""The starter as it is published: built with whole addresses, compressed by its server, the capture service behind the same name."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from gatepost import engine, settings
from gatepost.web import create_app
from tests.conftest import ROOT

KEY = "k9Jx2mQp7vLr4tWz8yBn5cHd3fGs6aEu1iOo0XxYyZz"
# What docs/deploy/nginx.conf compresses.
_PACKED = (
    "text/",
    "application/javascript",
    "application/json",
    "application/atom+xml",
    "application/xml",
    "image/svg+xml",
)


@dataclass(frozen=True)
class Demo:
    """The site: its address, and the folder that was built."""

    url: str
    output: Path

    def pages(self) -> list[str]:
        """Every page there is, as its path."""
        found = (path.relative_to(self.output).as_posix() for path in self.output.rglob("*.html"))
        return sorted(f"/{path}" for path in found)


class Packed:
    """A server's compression. What is asked for without it gets none."""

    def __init__(self, app: Callable[..., Iterable[bytes]]):
        self._app = app

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        told: list[Any] = []
        answer = self._app(environ, lambda *given: told.extend(given))
        body = b"".join(answer)
        if close := getattr(answer, "close", None):
            close()
        status, headers = told[0], [pair for pair in told[1] if pair[0].lower() != "content-length"]
        kind = next((value for name, value in headers if name.lower() == "content-type"), "")
        if kind.startswith(_PACKED) and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") and body:
            body = gzip.compress(body, 6)
            headers += [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]
        start(status, [*headers, ("Content-Length", str(len(body)))])
        return [body]


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, *_: Any) -> None:
        """Silence: a request a line would bury what failed."""


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo")
    output, data = folder / "output", folder / ".gatepost"
    server: Any = make_server("127.0.0.1", 0, lambda *_: [], threaded=True, request_handler=_Quiet)
    here = f"http://127.0.0.1:{server.server_port}"
    env = {name: value for name, value in os.environ.items() if not name.startswith(("GATEPOST_", "PYTEST_"))}
    given = {"GATEPOST_SITE_URL": here, "GATEPOST_CAPTURE_URL": here, "GATEPOST_DATA_DIR": str(data)}
    done = subprocess.run(
        [sys.executable, "-m", "gatepost_pelican.building", "-s", "pelicanconf.py", "-o", str(output)],
        cwd=ROOT, env=env | given, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    keys = {"GATEPOST_SECRET_KEYS": KEY, "GATEPOST_DATABASE_URL": f"sqlite:///{data}/gatepost.db"}
    made = engine.start(settings.read(given | keys, local=True), upgrade=True)
    server.app = Packed(create_app(made, local=True, output=output))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Demo(here, output)
    server.shutdown()
    server.server_close()
    made.database.close()


# A phone, as Lighthouse thinks of one.
PHONE = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 1.75, "is_mobile": True, "has_touch": True}
DESK = {"viewport": {"width": 1280, "height": 900}}

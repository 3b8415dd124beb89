"""A small site in our theme, and a stage that serves it and takes what its pages send."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.questions import TERMS
from tests.theme import pages
from tests.theme.whole import whole_site

# The plugin's own tests build with the plugin; here the theme gets by hand what it promises to give.
CONF = """
from pelicanconf import *
PLUGINS = []
THEME = {theme!r}
OFFER = {{"slug": "start", "title": "Start & finish", "summary": "Ten steps.", "kind": "checklist",
          "teaser": "<p>What it holds.</p>", "url": "offers/start.html", "form": {form!r}}}
SURVEY = {{**OFFER, "slug": "survey", "title": "How did it go?", "url": "offers/survey.html", "form": {survey!r}}}
JINJA_GLOBALS = {{"stage_offer": OFFER, "stage_survey": SURVEY, "gatepost": {{"capture_url": {capture!r}, "journey": {journey!r},
    "script_url": "/theme/gatepost.js", "offers": [OFFER]}}}}
TEMPLATE_PAGES = {{"landing.tpl": "offers/start.html", "survey.tpl": "offers/survey.html", "list.tpl": "offers/index.html"}}
"""


def build(folder: Path, *, journey: str = "ask", capture: str = "") -> Path:
    """Build the sample site in `folder` with our theme and settings. Returns its output folder."""
    content = folder / "content"
    for name, text in pages.FILES.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(text, "utf-8")
    forms = {"form": pages.form("start", article=""), "survey": pages.form("survey", article="", terms=TERMS)}
    conf = CONF.format(theme=str(ROOT / "theme"), journey=journey, capture=capture, **forms)
    (folder / "pelicanconf.py").write_text((ROOT / "pelicanconf.py").read_text("utf-8"), "utf-8")
    (folder / "stageconf.py").write_text("import sys\nsys.path.insert(0, '.')\n" + conf, "utf-8")
    command = [sys.executable, "-m", "pelican", "-s", "stageconf.py", "--fatal", "warnings"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "output"


@dataclass
class Stage:
    """The served site: its address, what its pages sent, and how the next signup is answered."""

    folder: Path
    url: str = ""
    touches: list[dict[str, Any]] = field(default_factory=list)
    signups: list[dict[str, Any]] = field(default_factory=list)
    plain_posts: list[str] = field(default_factory=list)
    answer: tuple[int, str, str] = (202, "application/json", '{"status":"check-your-mail"}')
    # Every body as it was posted, with its media type; beacons and fetches alike.
    posts: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    # What touches are answered with: tokens as the service gives them, another status, or nothing (0: it hangs up).
    touch_status: int = 200
    # Cleared while answers to reads are held back.
    may_answer: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.may_answer.set()

    def tokens(self, sent: dict[str, Any]) -> dict[str, str]:
        """The start of a page that was opened, the receipt of a read that brings one: `start-fences`, `receipt-fences`."""
        first = sent.get("touches", [sent])[0]
        if sent.get("start"):
            return {"start": f"start-{first['article']}"}
        if first.get("rung") == "read" and first.get("start") == f"start-{first['article']}":
            self.may_answer.wait(10)
            return {"receipt": f"receipt-{first['article']}"}
        return {}

    def rungs(self) -> list[str]:
        return [touch.get("rung") or "dropped:" + touch["dropped"] for touch in self.touches]

    def wait_for(self, rung: str, seconds: float = 5, **facts: object) -> dict[str, Any]:
        """The newest touch of that rung with those facts, as soon as it has come."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for touch, name in zip(reversed(self.touches), reversed(self.rungs()), strict=False):
                if name == rung and facts.items() <= touch.items():
                    return touch
            time.sleep(0.02)
        raise AssertionError(f"no {rung} {facts or ''} came, only {self.rungs()}")

    def wait_for_count(self, rung: str, count: int, seconds: float = 5) -> None:
        """Come back once so many of that rung have come: the browser sends them when it likes."""
        end = time.monotonic() + seconds
        while self.rungs().count(rung) < count and time.monotonic() < end:
            time.sleep(0.02)
        assert self.rungs().count(rung) == count, self.rungs()


class _Handler(SimpleHTTPRequestHandler):
    stage: Stage

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        if self.path == "/touch":
            sent = json.loads(body)
            self.stage.touches += sent.get("touches", [sent])
            self.stage.posts.append((self.headers.get("Content-Type", ""), sent))
            return self._answer_touch(sent)
        if "json" in self.headers.get("Content-Type", ""):
            self.stage.signups.append(json.loads(body))
            return self._say(*self.stage.answer)
        self.stage.plain_posts.append(body)
        return self._say(200, "text/html", "<title>Thanks</title><p>Check your mail")

    def _answer_touch(self, sent: dict[str, Any]) -> None:
        if self.stage.touch_status == 0:
            return self.connection.close()
        if self.stage.touch_status != 200:
            return self._say(self.stage.touch_status, "text/plain", "Not now.")
        tokens = self.stage.tokens(sent)
        return self._say(200, "application/json", json.dumps(tokens)) if tokens else self._say(204, "text/plain", "")

    def _say(self, status: int, kind: str, body: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        # A page that is being left does not wait for its answer.
        with contextlib.suppress(ConnectionError):
            self.end_headers()
            self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Silence: a request a line would bury what failed."""


def serve(folder: Path) -> Iterator[Stage]:
    stage = Stage(folder)
    handler = type("Handler", (_Handler,), {"stage": stage})
    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *a: handler(*a, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stage.url = f"http://127.0.0.1:{server.server_port}"
    yield stage
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("theme"))


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The site of tests/theme/whole.py, served."""
    yield from serve(whole_site(tmp_path_factory.mktemp("whole")).output)


@pytest.fixture
def stage(built: Path) -> Iterator[Stage]:
    yield from serve(built)


Opener = Callable[..., Any]
# A page that has an answer goes on when it likes; what it has read is noted, so that a test can wait for it.
NOTED = """window.answers = []; const json = Response.prototype.json;
Response.prototype.json = async function () { const said = await json.call(this); answers.push(said); return said; };"""


def heard(page: Any, name: str, seconds: float = 5) -> None:
    """Come back once the page has read an answer with that token in it."""
    end = time.monotonic() + seconds
    while not page.evaluate("name => answers.some((said) => name in said)", name):
        assert time.monotonic() < end, f"the page got no {name}"
        time.sleep(0.02)


@pytest.fixture
def reader(chromium: Any, stage: Stage) -> Iterator[Opener]:
    """A reader's browser: `reader(path, ...)` opens a page; a browser under automation would count nothing."""
    contexts: list[Any] = []

    def open_page(
        path: str, *, masked: bool = True, before: str = "", context: Any = None, site: Stage = stage, **options: Any
    ) -> Any:
        if context is None:
            context = chromium.new_context(**{"viewport": {"width": 1000, "height": 700}, **options})
            contexts.append(context)
            mask = "Object.defineProperty(Navigator.prototype, 'webdriver', {get: () => false});"
            context.add_init_script((mask if masked else "") + NOTED + before)
        page = context.new_page()
        page.clock.install()
        page.goto(f"{site.url}/{path}")
        return page

    yield open_page
    for context in contexts:
        context.close()

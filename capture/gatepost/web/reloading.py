"""On one's own machine, while `gatepost up` watches: pages that show what was saved, without a key being pressed."""

from __future__ import annotations

import atexit
import hashlib
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from markupsafe import escape

from gatepost.web import local
from gatepost.web.wiring import wired

live = Blueprint("live", __name__, static_folder="live", static_url_path="/-")
# How long a question stays open, and how often is looked, in seconds. Short: who stops the server waits for it.
_OPEN, _LOOK = 2.0, 0.02
# So many at once; who comes then is answered and asks again. Each holds one of the few threads that answer everything.
_MOST = 2
_PARTS = re.compile(rb"""\s(?:src|href)=["']?([^"'\s>]+)""")
_STYLE, _SHOWN = (".css",), (".js", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif")
_LARGEST = 8 * 1024 * 1024


class Look(NamedTuple):
    """What a page is made of, as two short hashes: of itself with its pictures and scripts, and of its style sheets."""

    page: str
    style: str


class Questions:
    """How many questions this process holds open. A thread that slept when Python ends would end in a panic of the server."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count = 0
        self._is_ending = False

    @contextmanager
    def open(self) -> Iterator[Callable[[], bool]]:
        """One more, for a while; ask the function given whether it may still stay open."""
        until = time.monotonic() + _OPEN
        with self._lock:
            self._count += 1
        try:
            yield lambda: self._count <= _MOST and not self._is_ending and time.monotonic() < until
        finally:
            with self._lock:
                self._count -= 1

    def end(self) -> None:
        """Close all of them, and wait until their threads have left."""
        self._is_ending = True
        for _ in range(50):
            time.sleep(_LOOK)
            if not self._count:
                break


_questions = Questions()
atexit.register(_questions.end)


@live.get("/-/changes")
def changes() -> ResponseReturnValue:
    """What the page at `path` looks like now: as soon as the build is another than `build`, or after two seconds at most."""
    wanted = wired().live
    assert wanted is not None
    with _questions.open() as is_open:
        while (build := wanted.build()) == request.args.get("build") and is_open():
            time.sleep(_LOOK)
    found = look(request.args.get("path", "/"))
    return {"build": build, "page": found.page, "style": found.style, "mistakes": wanted.mistakes()}


def marked(data: bytes, status: int) -> Response:
    """A page with the script that reloads it; its file stays as it is."""
    build = wired().live
    assert build is not None
    name = build.build()
    found = look(request.path)
    script = (
        f'<script src="{request.script_root}/-/reload.js" defer data-build="{name}" data-page="{found.page}" '
        f'data-style="{found.style}" data-path="{escape(request.path)}"></script>'
    ).encode()
    before, end, after = data.rpartition(b"</body>")
    made = Response(before + script + end + after if end else data + script, status, mimetype="text/html")
    made.headers["Cache-Control"] = "no-cache"
    if status == 200:
        made.set_etag(f"{found.page}{found.style}")
        made.make_conditional(request)
    return made


def look(path: str) -> Look:
    """The look of the page at a path of the site; of the page that stands for missing ones where there is none."""
    page = local.found(path.lstrip("/"))
    if page is None:
        return Look("", "")
    data = page.read_bytes()
    itself, style = hashlib.blake2b(data, digest_size=8), hashlib.blake2b(digest_size=8)
    for name in dict.fromkeys(_PARTS.findall(data)):
        part = _part(page, name.decode("utf-8", errors="replace"))
        if part is None:
            continue
        (style if part.suffix in _STYLE else itself).update(part.read_bytes())
    return Look(itself.hexdigest(), style.hexdigest())


def _part(page: Path, address: str) -> Path | None:
    """The file of the site behind an address in a page, if it is one that a browser loads with the page."""
    try:
        name = unquote(urlsplit(address).path)
    except ValueError:
        return None
    if not name.lower().endswith((*_STYLE, *_SHOWN)):
        return None
    if not name.startswith("/"):
        # Relative to the page, and never out of the site.
        real = (page.parent / name).resolve()
        root = wired().output.resolve()
        name = real.relative_to(root).as_posix() if real.is_relative_to(root) else ""
    found = local.inside(name.lstrip("/"))
    return found if found is not None and found.is_file() and found.stat().st_size <= _LARGEST else None

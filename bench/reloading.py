"""How long after a save the page that a writer looks at is the new one: `gatepost up`, Hugo's server, and Pelican's."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable
from typing import Any

from bench.children import cpu_seconds, free_port, memory, serving
from bench.figures import spread
from bench.sites import NotBuilt, Site, port_in

# How often the page is asked for, in seconds: the figures are no finer than this.
EVERY = 0.01
_START, _LONGEST = 900.0, 300.0
# So many quarters of a second without work, and a server is at rest.
_QUIET = 6


def measure(site: Site, slug: str, times: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Save the same article so many times. Seconds, and MiB of the server with all its children. Raises ChildFailed."""
    site.forget()
    port = free_port()
    command = port_in(site.watching, port)
    env = site.env | {"PORT": str(port)}
    say(f"{site.name}: starting the server")
    began = time.perf_counter()
    taken: list[float] = []
    take_back = site.edit("body", slug, "reload")
    try:
        with serving(command, site.folder, env, port, _START) as server:
            _shown(port, slug, "reload", _START)
            ready = time.perf_counter() - began
            for number in range(times):
                _until_idle(server.pid)
                say(f"{site.name}: saved {number + 1} of {times} times")
                site.edit("body", slug, f"reload{number}")
                taken.append(_shown(port, slug, f"reload{number}", _LONGEST))
            used = memory(server.pid)
    finally:
        take_back()
    return {
        "saved_to_shown_s": spread(taken).plain(),
        "started_to_shown_s": round(ready, 2),
        "mib": round(used, 1),
    }


def _until_idle(pid: int) -> None:
    """A page is shown before the last one is written, and who saves before then may not be heard."""
    until = time.perf_counter() + _LONGEST
    before, quiet = cpu_seconds(pid), 0
    while quiet < _QUIET and time.perf_counter() < until:
        time.sleep(0.25)
        now = cpu_seconds(pid)
        quiet = quiet + 1 if now - before < 0.02 else 0
        before = now


def _shown(port: int, slug: str, word: str, longest: float) -> float:
    """Seconds until the page shows `word`. Raises NotBuilt."""
    began = time.perf_counter()
    while (took := time.perf_counter() - began) < longest:
        page = _page(port, slug)
        if page is not None and word in page:
            return took
        time.sleep(EVERY)
    raise NotBuilt(f"{slug} was not shown within {longest:.0f} s of a save")


def _page(port: int, slug: str) -> str | None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", f"/{slug}.html")
        answer = connection.getresponse()
        body = answer.read().decode("utf-8", errors="replace")
        return body if answer.status == 200 else None
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()

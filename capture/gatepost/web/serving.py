"""Serving: the application under granian, a server in Rust that calls Python in a few threads a worker."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces

# Enough that a slow database or file keeps nobody waiting; more than this, and they only wait for each other.
THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)
BACKLOG = 1024


def run(
    host: str,
    port: int,
    *,
    workers: int = 1,
    local: bool = False,
    output: Path = Path("output"),
    is_live: bool = False,
) -> None:
    """Serve until stopped. `local` adds the site built into `output` and the mailbox; settings come from the environment.

    Where it `is_live`, too, pages show what was saved.
    """
    for name, value in (("GATEPOST_LOCAL", str(output.absolute())), ("GATEPOST_LIVE", "1" if is_live else "")):
        if local and value:
            os.environ[name] = value
        else:
            os.environ.pop(name, None)
    # Never by fork: `up` has the database open in a thread, and SQLite's locks do not survive being copied.
    multiprocessing.set_start_method("spawn", force=True)
    Granian(
        "gatepost.web.wsgi:app",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backlog=BACKLOG,
        backpressure=BACKLOG,
        websockets=False,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    ).serve()

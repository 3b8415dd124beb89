"""Counting touches without a disk write each: they gather in memory and are written together.

A worker that is stopped writes what it holds; one that is killed outright loses the counters of the last 0.2 seconds
at most. Signups never pass through here: they are on disk before they are answered.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from datetime import date, datetime
from multiprocessing.util import Finalize

from gatepost.actions import touching
from gatepost.actions.touching import Beacon, Dwelt
from gatepost.catalogue import Catalogue
from gatepost.engine import Engine
from gatepost.store import DatabaseUnreachable
from gatepost.store.counters import Tally

WRITE_EVERY = 0.2
# While the database is away, this many different counters are kept; articles x rungs x channels of a day fit easily.
MOST_KEPT = 50_000
# Starts that were handed in, oldest first: about 20 MB, and a day of a busy blog.
MOST_USED = 100_000

log = logging.getLogger(__name__)


class Counting:
    """Gathers touches of one process. Safe to use from any thread."""

    def __init__(self, engine: Engine):
        self._engine = engine
        self._own_hosts = touching.own_hosts(engine)
        self._tally = Tally()
        self._used: dict[tuple[str, str], None] = {}
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._filled = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, known: Catalogue, now: datetime, beacons: Sequence[Beacon]) -> list[str]:
        """Count beacons; returns for each why it was dropped, or ""."""
        dwelt = [touching.dwelt(self._engine, beacon, now) for beacon in beacons]
        with self._lock:
            reasons = [self._add(known, now.date(), *one) for one in zip(beacons, dwelt, strict=True)]
        self._wake()
        return reasons

    def _add(self, known: Catalogue, day: date, beacon: Beacon, dwelt: Dwelt) -> str:
        reason = touching.unfit(known, beacon) or dwelt.reason
        if not reason and self._is_reused(beacon, dwelt):
            reason = "start-reused"
        if reason:
            self._tally.dropped[day, reason] += 1
        else:
            touching.count(self._tally, known, day, beacon, self._own_hosts)
        return reason

    def _is_reused(self, beacon: Beacon, dwelt: Dwelt) -> bool:
        """One start is one read, and one read to the end. The memory is this process's own, and short."""
        if not dwelt.start:
            return False
        key = (beacon.rung, dwelt.start)
        if key in self._used:
            return True
        self._used[key] = None
        if len(self._used) > MOST_USED:
            del self._used[next(iter(self._used))]
        return False

    def drop(self, day: date, reason: str, count: int) -> None:
        """Count touches that were refused before they were looked at."""
        with self._lock:
            self._tally.dropped[day, reason] += count
        self._wake()

    def flush(self) -> bool:
        """Write what is gathered. False when the database did not take it; then it is kept for the next time."""
        with self._writing:
            with self._lock:
                held, self._tally = self._tally, Tally()
                self._filled.clear()
            if not held:
                return True
            try:
                touching.write(self._engine, held)
            except DatabaseUnreachable:
                self._keep(held)
                return False
            return True

    def _keep(self, held: Tally) -> None:
        with self._lock:
            newer, self._tally = self._tally, held
            for name in ("touches", "firsts", "pairs", "depths", "variants", "dropped"):
                getattr(held, name).update(getattr(newer, name))
            if (
                sum(len(getattr(held, name)) for name in ("touches", "pairs", "depths", "variants", "dropped"))
                > MOST_KEPT
            ):
                log.error("The database has been away for too long: the counters gathered meanwhile are given up.")
                self._tally = Tally()

    def _wake(self) -> None:
        if self._thread is None:
            self._start()
        self._filled.set()

    def _start(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="touches", daemon=True)
                self._thread.start()
                # Not atexit: the server's workers are multiprocessing children, which end without it.
                Finalize(None, self.flush, exitpriority=10)

    def _run(self) -> None:
        while True:
            self._filled.wait()
            time.sleep(WRITE_EVERY)
            try:
                if not self.flush():
                    self._filled.set()
                    time.sleep(1)
            except Exception:
                log.exception("A batch of touches could not be written.")

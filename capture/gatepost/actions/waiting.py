"""Waiting, but never for long: what may hang is done in a thread that can be left behind."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class TooSlow(Exception):
    """There was no answer in time. What hangs goes on hanging in its thread, and ends with the process."""

    def __init__(self, seconds: float):
        super().__init__(f"There was no answer within {seconds:g} seconds.")


class Later(Generic[T]):
    """Work begun now whose result is wanted later. Looking up a host's name cannot be given a limit, a thread can."""

    def __init__(self, work: Callable[[], T]):
        self._results: list[T] = []
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, args=(work,), daemon=True, name="gatepost-waiting")
        self._thread.start()

    def result(self, seconds: float) -> T:
        """What the work gave, waited for so long at most. Raises TooSlow, or what the work raised."""
        self._thread.join(seconds)
        if self._error is not None:
            raise self._error
        if not self._results:
            raise TooSlow(seconds)
        return self._results[0]

    def _run(self, work: Callable[[], T]) -> None:
        try:
            self._results.append(work())
        except Exception as error:
            self._error = error


def within(seconds: float, work: Callable[[], T]) -> T:
    """The result of work that may take so long. Raises TooSlow, or what the work raised."""
    return Later(work).result(seconds)

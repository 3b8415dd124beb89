"""Processes that share the work of one build: each begins with all that its parent knows, and tells what it found."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable
from typing import Any, Generic, NoReturn, TypeVar

Found = TypeVar("Found")


def cores() -> int:
    """How many processes can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def are_worth_it(things: int, least: int) -> bool:
    """Is there a second core, and enough to do for it? Elsewhere than on Linux a copy of a process is no safe thing."""
    return sys.platform.startswith("linux") and cores() > 1 and things >= least


class Child(Generic[Found]):
    """A process that was started, and what it will tell."""

    def __init__(self, number: int, told: int):
        self._number = number
        self._told = told

    def result(self) -> Found:
        """Wait for its end. Raises RuntimeError where it ended without a word."""
        with os.fdopen(self._told, "rb") as pipe:
            data = pipe.read()
        os.waitpid(self._number, 0)
        if not data:
            raise RuntimeError("a process of this build was ended from outside; build again")
        found: Found = pickle.loads(data)  # noqa: S301 - from our own child, over a pipe
        return found


def start(work: Callable[[], Found]) -> Child[Found]:
    """Do it in a process of its own, which ends with it."""
    told, tells = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    number = os.fork()
    if number:
        os.close(tells)
        return Child(number, told)
    os.close(told)
    _end(work, tells)


def _end(work: Callable[[], Any], tells: int) -> NoReturn:
    code = 1
    try:
        with os.fdopen(tells, "wb") as pipe:
            pipe.write(pickle.dumps(work(), protocol=pickle.HIGHEST_PROTOCOL))
        code = 0
    finally:
        # Locks, temporary folders and whatever else is to be tidied up at an end are the parent's.
        os._exit(code)

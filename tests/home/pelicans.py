"""Builds in one process as if each were the first, and plugins that a test writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pelican.plugins import signals

import gatepost_pelican

Moment = tuple[Any, Callable[..., Any]]


class Plugin:
    """A plugin as sites have them: something with `register`. Signals hold it as long as the test does."""

    def __init__(self, *moments: Moment):
        self.moments = moments

    def register(self) -> None:
        for signal, function in self.moments:
            signal.connect(function)

    def leave(self) -> None:
        for signal, function in self.moments:
            signal.disconnect(function)


@contextmanager
def alone(*plugins: Plugin) -> Iterator[None]:
    """Signals without Gatepost at first, so that plugins connect in the order of PLUGINS; afterwards as before."""
    for signal, function in gatepost_pelican.MOMENTS:
        signal.disconnect(function)
    try:
        yield
    finally:
        for plugin in plugins:
            plugin.leave()
        gatepost_pelican.register()


def listeners() -> int:
    """How many functions listen to Pelican's signals."""
    return sum(len(getattr(signal, "receivers", ())) for signal in vars(signals).values())

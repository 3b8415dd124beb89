"""Sinks: who is told what happened. Each is a function of one event; a sink that fails must not stop a reader."""

from __future__ import annotations

from collections.abc import Callable

from gatepost.events import Event
from gatepost.sinks import log

Sink = Callable[[Event], None]

# To add a sink: one new file with a function `send(event)`, one line here.
SINKS: dict[str, Sink] = {"log": log.send}

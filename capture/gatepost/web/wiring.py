"""What a request finds wired: the engine, the counting of touches, and whether this is one's own machine."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from flask import Flask, current_app

from gatepost.engine import Engine
from gatepost.live import Live
from gatepost.web.counting import Counting

_NAME = "gatepost"


@dataclass(frozen=True)
class Wired:
    """One application's parts. `live` is there while somebody writes and looks at the pages. `requests` counts answers by (endpoint, status) in this process."""

    engine: Engine
    counting: Counting
    is_local: bool
    output: Path
    origins: frozenset[str]
    own_hosts: frozenset[str]
    live: Live | None = None
    requests: Counter[tuple[str, int]] = field(default_factory=Counter)


def wire(app: Flask, wired: Wired) -> None:
    """Give an application its parts."""
    app.extensions[_NAME] = wired


def wired() -> Wired:
    """The parts of the application that answers now."""
    return cast(Wired, current_app.extensions[_NAME])


def engine() -> Engine:
    """The engine of the application that answers now."""
    return wired().engine

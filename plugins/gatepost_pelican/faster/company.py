"""Who else takes part in a build: what other plugins may do decides how much may be left out."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from typing import Any

from pelican.plugins import signals

OURS = "gatepost_pelican"


def is_alone() -> bool:
    """Is Gatepost the only plugin that listens to Pelican's signals?"""
    return not any(True for _ in strangers())


def strangers() -> Iterator[Any]:
    """Receivers of Pelican's signals that are not Gatepost's."""
    for signal in vars(signals).values():
        for receiver in getattr(signal, "receivers", {}).values():
            # Blinker keeps functions by weak references, as a rule.
            function = receiver() if isinstance(receiver, weakref.ref) else receiver
            module = str(getattr(function, "__module__", ""))
            if function is not None and module.split(".", maxsplit=1)[0] != OURS:
                yield function

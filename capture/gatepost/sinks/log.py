"""One JSON line an event, on the logger `gatepost.events`. Events carry ids only, so no address is ever logged."""

from __future__ import annotations

import json
import logging

from gatepost.events import Event

_logger = logging.getLogger("gatepost.events")


def send(event: Event) -> None:
    """Write the event. ASCII JSON, so a forged line break in a slug stays inside its quotes."""
    if not _logger.isEnabledFor(logging.INFO):
        return
    _logger.info("%s", json.dumps(event.as_dict(), sort_keys=True))

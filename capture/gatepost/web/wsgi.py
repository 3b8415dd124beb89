"""The application as a WSGI server loads it: `gatepost.web.wsgi:app`. Settings come from the environment."""

from __future__ import annotations

import os
from pathlib import Path

from gatepost import engine, settings
from gatepost.web import create_app

# The folder of the built site, on one's own machine.
_site = os.environ.get("GATEPOST_LOCAL", "")
app = create_app(
    engine.start(settings.read(os.environ, local=bool(_site))),
    local=bool(_site),
    output=Path(_site or "output"),
    is_live=bool(os.environ.get("GATEPOST_LIVE")),
)

"""The application as a WSGI server loads it: `gatepost.web.wsgi:app`. Settings come from the environment."""

from __future__ import annotations

import os

from gatepost import engine, settings
from gatepost.web import create_app

_is_local = os.environ.get("GATEPOST_LOCAL") == "1"
app = create_app(engine.start(settings.read(os.environ, local=_is_local)), local=_is_local)

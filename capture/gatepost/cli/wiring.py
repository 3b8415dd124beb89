"""An engine for commands that read and write the database but send no link."""

from __future__ import annotations

import os
import secrets

from gatepost import engine, settings


def engine_without_links(*, upgrade: bool = False) -> engine.Engine:
    """Wired to the database; signs with a key of this one moment where none is set, so nothing it signed would open.

    Raises BadSetting, SchemaMissing, SchemaTooNew or DatabaseUnreachable.
    """
    keys = os.environ.get("GATEPOST_SECRET_KEYS") or secrets.token_urlsafe(settings.KEY_LENGTH)
    chosen = settings.read({**os.environ, "GATEPOST_SECRET_KEYS": keys}, local=True)
    return engine.start(chosen, upgrade=upgrade)

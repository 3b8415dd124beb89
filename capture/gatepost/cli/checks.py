"""What `gatepost doctor` looks at. Each check answers None, or a line that begins with a stable id: E must be mended, W may."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from gatepost import catalogue, settings
from gatepost.settings import BadSetting
from gatepost.store import Database, DatabaseUnreachable, SchemaMissing, SchemaTooNew, schema

Env = Mapping[str, str]


def python_version(_: Env) -> str | None:
    """E001: the interpreter."""
    return None if sys.version_info >= (3, 11) else "E001 Python is older than 3.11. Install 3.11 or newer."


def site_folder(_: Env) -> str | None:
    """E002: a site to build."""
    if Path("pelicanconf.py").is_file():
        return None
    return "E002 There is no pelicanconf.py here. Go to the site's folder, or make one: gatepost init DIR"


def public_settings(env: Env) -> str | None:
    """W003: what `capture` would refuse."""
    try:
        chosen = settings.read(env)
    except BadSetting as bad:
        return f"W003 `gatepost capture` would not start: {bad}. {bad.cure}"
    return None if chosen.is_https else "W004 GATEPOST_CAPTURE_URL is not https: letters and forms travel unprotected."


def mail_server(env: Env) -> str | None:
    """W005: letters need a server."""
    return (
        None
        if env.get("GATEPOST_SMTP_URL")
        else "W005 GATEPOST_SMTP_URL is not set: `up` shows letters at /mailbox, no letter is sent."
    )


def database(env: Env) -> str | None:
    """E006: the database, and its schema."""
    try:
        url = settings.database_url(env)
        if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
            return "W006 There is no database yet. `gatepost up` makes one, or run `gatepost db upgrade`."
        schema.check(Database(url))
    except (BadSetting, DatabaseUnreachable, SchemaMissing, SchemaTooNew) as error:
        return f"E006 {error} {error.cure}"
    return None


def built_catalogue(env: Env) -> str | None:
    """W007: a catalogue, and every held file it names."""
    folder = Path(env.get("GATEPOST_DATA_DIR") or ".gatepost")
    try:
        built = catalogue.read(folder)
    except (catalogue.CatalogueMissing, catalogue.CatalogueUnreadable) as error:
        return f"W007 {error} {error.cure}"
    held = [file for offer in built.offers.values() for file in offer.files]
    lost = [file.name for file in held if not catalogue.held_path(folder, file.id).is_file()]
    return f"E008 Held files are missing: {', '.join(lost)}. Build again: gatepost build" if lost else None


CHECKS: tuple[Callable[[Env], str | None], ...] = (
    python_version,
    site_folder,
    public_settings,
    mail_server,
    database,
    built_catalogue,
)

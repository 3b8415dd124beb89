"""Flask lives here only: doors that parse, call one action, and answer."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from gatepost.actions import touching
from gatepost.engine import Engine
from gatepost.live import Live
from gatepost.web import errors, guard, parsing, prefix, shown
from gatepost.web.api import blueprint as api
from gatepost.web.contests import contests
from gatepost.web.counting import Counting
from gatepost.web.meetings import meetings
from gatepost.web.operators import operators
from gatepost.web.owner import blueprint as owner
from gatepost.web.previews import previews
from gatepost.web.readers import readers
from gatepost.web.ticking import lists
from gatepost.web.touches import touches
from gatepost.web.wiring import Wired, wire


def create_app(engine: Engine, *, local: bool = False, output: Path = Path("output"), is_live: bool = False) -> Flask:
    """The capture service around an engine. `local` adds the site built into `output` and, without SMTP, the mailbox.

    Where it `is_live`, pages of the site show what was saved.
    """
    app = Flask(__name__, static_url_path="/_gatepost")
    app.config.update(
        MAX_CONTENT_LENGTH=parsing.MOST_BYTES,
        MAX_FORM_PARTS=parsing.MOST_FIELDS,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
        PROVIDE_AUTOMATIC_OPTIONS=True,
    )
    # Two slashes are not one: no door answers under a second spelling.
    app.url_map.merge_slashes = False
    wire(app, _wired(engine, local, output, is_live))
    guard.guard(app, engine.settings)
    errors.register(app)
    shown.register(app)
    for doors in (readers, lists, meetings, contests, touches, operators, previews, owner, api):
        app.register_blueprint(doors)
    if local:
        _add_local(app, engine, is_live)
    app.wsgi_app = prefix.under(engine.settings.capture_url, app.wsgi_app)  # type: ignore[method-assign,assignment]
    return app


def _wired(engine: Engine, local: bool, output: Path, is_live: bool) -> Wired:
    return Wired(
        engine=engine,
        counting=Counting(engine),
        is_local=local,
        output=output.absolute(),
        live=Live(engine.settings.data_dir, output.absolute()) if local and is_live else None,
        origins=guard.origins(engine.settings, local),
        own_hosts=touching.own_hosts(engine),
    )


def _add_local(app: Flask, engine: Engine, is_live: bool) -> None:
    from gatepost.web import local

    if engine.settings.smtp is None:
        app.register_blueprint(local.letters)
    if is_live:
        from gatepost.web import reloading

        app.register_blueprint(reloading.live)
    app.register_blueprint(local.site)

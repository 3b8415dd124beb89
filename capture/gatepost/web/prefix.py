"""A capture address with a path (https://example.org/go): doors open under it, whether or not the proxy strips it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def under(capture_url: str, app: WSGIApplication) -> WSGIApplication:
    """The application below the path of the capture address; the application itself where there is none."""
    path = urlsplit(capture_url).path.rstrip("/")
    if not path:
        return app

    def shifted(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        asked = environ.get("PATH_INFO", "")
        if asked == path or asked.startswith(path + "/"):
            environ["PATH_INFO"] = asked[len(path) :] or "/"
        environ["SCRIPT_NAME"] = path
        return app(environ, start)

    return shifted

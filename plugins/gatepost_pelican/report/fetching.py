"""Fetching the report from the capture service: with a token, over https, for a few seconds at most."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from gatepost_pelican.report import figures
from gatepost_pelican.report.figures import Figures, Texts
from gatepost_pelican.report.waiting import Later, TooSlow, within

# For each answer, from looking up the name to the last byte. A site of ten thousand articles is answered in one.
PATIENCE = 3.0
# The page of ten thousand articles has about ten.
MOST_BYTES = 32 * 2**20
_PIECE = 64 * 1024
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


class NoAnswer(Exception):
    """The capture service did not give the report, and why."""


class _NoRedirects(HTTPRedirectHandler):
    """A token goes to the address it was made for and to no other, so nothing is followed."""

    def redirect_request(self, *_: Any) -> None:
        return None


def fetch(capture_url: str, token: str) -> Figures:
    """The figures that the service has now. Raises NoAnswer, TooSlow or FiguresUnreadable."""
    ask = _asker(capture_url, token)
    plain = _plain(ask, "report?format=json", f"What {capture_url} answers is no report.")
    # The other two forms come while pages are being written.
    texts = Later(lambda: Texts(ask("report?format=html").decode(), ask("report?format=csv").decode()))
    return figures.read(plain, lambda: texts.result(PATIENCE))


def fetch_offered(capture_url: str, token: str) -> Any:
    """What each offer brought under each article, as JSON gave it. Raises NoAnswer or TooSlow."""
    problem = f"What {capture_url} answers is no list of what offers brought."
    return _plain(_asker(capture_url, token), "offered", problem)


def _plain(ask: Callable[[str], bytes], path: str, problem: str) -> Any:
    body = within(PATIENCE, lambda: ask(path))
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise NoAnswer(problem) from None


def _asker(capture_url: str, token: str) -> Callable[[str], bytes]:
    """A function from a path below /api/v1 to the answer's bytes, which raises NoAnswer or TooSlow. Raises NoAnswer where no token may be sent."""
    parts = urlsplit(capture_url)
    is_here = parts.hostname in _HERE
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NoAnswer("GATEPOST_API_TOKEN is set, but not GATEPOST_CAPTURE_URL, the address to read the report from.")
    if parts.scheme == "http" and not is_here:
        raise NoAnswer(f"The token is sent over https only, and GATEPOST_CAPTURE_URL is {capture_url}.")
    # A proxy is for the way out, never for one's own machine.
    opener = build_opener(_NoRedirects(), *([ProxyHandler({})] if is_here else []))

    def ask(path: str) -> bytes:
        request = Request(  # noqa: S310 (http or https, see above)
            f"{capture_url}/api/v1/{path}", headers={"Authorization": f"Bearer {token}"}
        )
        try:
            return _body(opener, request)
        except HTTPError as refused:
            refused.close()
            raise NoAnswer(_words(refused, capture_url)) from None
        except (URLError, HTTPException, OSError, ValueError) as error:
            reason = getattr(error, "reason", "") or error
            if isinstance(reason, TimeoutError):
                raise TooSlow(PATIENCE) from None
            raise NoAnswer(f"{capture_url} did not answer: {reason or type(error).__name__}.") from None

    return ask


def _body(opener: OpenerDirector, request: Request) -> bytes:
    end = time.monotonic() + PATIENCE
    body = bytearray()
    answer: HTTPResponse
    with opener.open(request, timeout=PATIENCE) as answer:
        whole = answer.length  # unknown where the body comes in chunks
        while len(body) != whole and (piece := answer.read1(_PIECE)):
            body += piece
            # A server may send a byte a second for ever, each of them in time.
            if time.monotonic() > end:
                raise TimeoutError
            if len(body) > MOST_BYTES:
                raise OSError(f"the answer is larger than {MOST_BYTES // 2**20} MB")
    if whole is not None and len(body) < whole:
        raise OSError("the answer broke off")
    return bytes(body)


def _words(refused: HTTPError, capture_url: str) -> str:
    if refused.code == 401:
        return f"{capture_url} does not know this GATEPOST_API_TOKEN; `gatepost owner token add NAME` makes one."
    if 300 <= refused.code < 400:
        return f"{capture_url} leads elsewhere; set GATEPOST_CAPTURE_URL to where it answers itself."
    return f"{capture_url} answered with {refused.code}."

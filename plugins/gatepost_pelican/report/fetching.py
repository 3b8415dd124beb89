"""Fetching the report from the capture service: with a token, over https, for a few seconds at most."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from gatepost.actions import fetching
from gatepost.actions.waiting import Later, TooSlow, within
from gatepost_pelican.report import figures
from gatepost_pelican.report.figures import Figures, Texts

# For each answer, from looking up the name to the last byte. A site of ten thousand articles is answered in one.
PATIENCE = 3.0
# The page of ten thousand articles has about ten.
MOST_BYTES = 32 * 2**20


class NoAnswer(Exception):
    """The capture service did not give the report, and why."""


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
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NoAnswer("GATEPOST_API_TOKEN is set, but not GATEPOST_CAPTURE_URL, the address to read the report from.")
    if not fetching.may_be_asked(capture_url):
        raise NoAnswer(f"The token is sent over https only, and GATEPOST_CAPTURE_URL is {capture_url}.")

    def ask(path: str) -> bytes:
        try:
            return fetching.fetch(f"{capture_url}/api/v1/{path}", token, patience=PATIENCE, most=MOST_BYTES)
        except fetching.Refused as refused:
            raise NoAnswer(_words(refused.code, capture_url)) from None
        except TimeoutError:
            raise TooSlow(PATIENCE) from None
        except fetching.NotReached as reason:
            raise NoAnswer(f"{capture_url} did not answer: {reason}.") from None

    return ask


def _words(code: int, capture_url: str) -> str:
    if code == 401:
        return f"{capture_url} does not know this GATEPOST_API_TOKEN; `gatepost owner token add NAME` makes one."
    if 300 <= code < 400:
        return f"{capture_url} leads elsewhere; set GATEPOST_CAPTURE_URL to where it answers itself."
    return f"{capture_url} answered with {code}."

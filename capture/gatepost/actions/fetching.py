"""Fetching from another site's /api/v1: with its token, over https, for a few seconds at most, and following nothing."""

from __future__ import annotations

import time
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

_PIECE = 64 * 1024
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


class NotAsked(Exception):
    """An address that no token may be sent to: no address at all, or one without https that is not this machine's."""


class Refused(Exception):
    """The other side answered, and not with what was asked for. `code` is HTTP's."""

    def __init__(self, code: int):
        super().__init__(f"It answered with {code}.")
        self.code = code


class NotReached(Exception):
    """There was no answer, or none that could be read to its end; the text says why, in a few words."""


class _NoRedirects(HTTPRedirectHandler):
    """A token goes to the address it was made for and to no other, so nothing is followed."""

    def redirect_request(self, *_: Any) -> None:
        return None


def may_be_asked(address: str) -> bool:
    """Is it an address that a token may be sent to?"""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE))


def fetch(address: str, token: str, *, patience: float, most: int) -> bytes:
    """The body of a good answer, `most` bytes at the most, which came within `patience` seconds of being connected.

    Looking up a host's name has no limit of its own: see `waiting.within`. Raises NotAsked, Refused, NotReached or
    TimeoutError.
    """
    if not may_be_asked(address):
        raise NotAsked(address)
    # A proxy is for the way out, never for one's own machine.
    opener = build_opener(_NoRedirects(), *([ProxyHandler({})] if urlsplit(address).hostname in _HERE else []))
    request = Request(address, headers={"Authorization": f"Bearer {token}"})  # noqa: S310 (http or https, see above)
    try:
        return _body(opener, request, patience, most)
    except HTTPError as refused:
        refused.close()
        raise Refused(refused.code) from None
    except (URLError, HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "reason", "") or error
        if isinstance(reason, TimeoutError):
            raise TimeoutError from None
        raise NotReached(str(reason) or type(error).__name__) from None


def _body(opener: OpenerDirector, request: Request, patience: float, most: int) -> bytes:
    end = time.monotonic() + patience
    body = bytearray()
    answer: HTTPResponse
    with opener.open(request, timeout=patience) as answer:
        whole = answer.length  # unknown where the body comes in chunks
        while len(body) != whole and (piece := answer.read1(_PIECE)):
            body += piece
            # A server may send a byte a second for ever, each of them in time.
            if time.monotonic() > end:
                raise TimeoutError
            if len(body) > most:
                raise OSError(f"the answer is larger than {most // 2**20} MB")
    if whole is not None and len(body) < whole:
        raise OSError("the answer broke off")
    return bytes(body)

"""What the load sends: whole HTTP requests by number, so that the same number is always the same reader."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from bench.corpus import LETTERS, OFFERS
from gatepost.offers import Wording
from gatepost.tokens import Receipts

ORIGIN = "http://127.0.0.1"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
OFFER = OFFERS[0]
WORDING = Wording("letters", "bench", LETTERS)
ARTICLES = 100
# A reader needs some minutes from article to article.
MINUTES_BETWEEN = 7
STARTED = int(time.time())
# Long and random enough for the service to start; it signs nothing that outlives the run.
KEY = "vJ4kT9qLw2Zr7Xc5Nb8Hf3Gd6Ps1Ym0A"
RECEIPTS = Receipts([KEY])


def address(number: int) -> str:
    """One mailbox a number."""
    return f"reader-{number}@example.org"


def slug(number: int) -> str:
    """An article of the corpus."""
    return f"article-{number % ARTICLES:05}"


def journey(number: int) -> list[dict[str, object]]:
    """Five touches with their receipts, oldest first, as the browser's own list has them."""
    return [
        {"t": STARTED - (5 - place) * MINUTES_BETWEEN * 60, "article": slug(number + place), "rung": "read",
         "ref": "www.google.com", "src": "", "med": "", "cid": "", "r": _receipt(number, place)}
        for place in range(5)
    ]  # fmt: skip


def signup_json(number: int) -> bytes:
    """A signup as gatepost.js sends it."""
    body = {
        "email": address(number), "offer": OFFER, "article": slug(number + 4), "page": f"/{slug(number + 4)}.html",
        "consent": ["letters"], "wording": WORDING.hash, "journey": journey(number), "website": "",
    }  # fmt: skip
    return _post("/signup", "application/json", json.dumps(body).encode(), accept="application/json")


def signup_form(number: int) -> bytes:
    """The same as a browser without JavaScript sends it, but with a journey."""
    body = {
        "email": address(number), "offer": OFFER, "article": slug(number + 4), "page": f"/{slug(number + 4)}.html",
        "consent": "letters", "journey": json.dumps(journey(number)), "website": "", "wording": WORDING.hash,
    }  # fmt: skip
    return _post("/signup", "application/x-www-form-urlencoded", urlencode(body).encode(), accept="text/html")


def touch(number: int) -> bytes:
    """One touch, as sendBeacon sends it."""
    return _post("/touch", "text/plain;charset=UTF-8", json.dumps(_touch(number)).encode(), accept="*/*")


def touch_batch(number: int) -> bytes:
    """Twenty touches in one beacon."""
    body = {"touches": [_touch(number * 20 + place) for place in range(20)]}
    return _post("/touch", "text/plain;charset=UTF-8", json.dumps(body).encode(), accept="*/*")


def _receipt(number: int, place: int) -> str:
    at = datetime.fromtimestamp(STARTED, UTC) - timedelta(minutes=(5 - place) * MINUTES_BETWEEN)
    return RECEIPTS.give(slug(number + place), at, "search", f"{number}.{place}")


def _touch(number: int) -> dict[str, object]:
    opened = datetime.now(UTC) - timedelta(minutes=1)
    return {
        "article": slug(number), "rung": "read", "previous": slug(number + 1), "first": number % 3 == 0,
        "depth": number % 7, "ref": "www.google.com", "src": "", "med": "", "cid": "", "offer": "",
        "start": RECEIPTS.start(slug(number), opened, str(number)),
    }  # fmt: skip


def _post(path: str, kind: str, body: bytes, accept: str) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: {BROWSER}\r\nAccept: {accept}\r\n"
        f"Accept-Language: en\r\nOrigin: {ORIGIN}\r\nSec-Fetch-Site: same-origin\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: keep-alive\r\n\r\n"
    )
    return head.encode() + body


REQUESTS: dict[str, Callable[[int], bytes]] = {
    "signup-json": signup_json,
    "signup-form": signup_form,
    "touch": touch,
    "touch-batch": touch_batch,
}

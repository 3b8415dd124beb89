"""The door for beacons: small, without a page, and never an error that a reader would notice."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from flask import Blueprint, Request, Response, request
from flask.typing import ResponseReturnValue

from gatepost.actions import touching
from gatepost.actions.touching import Beacon, TouchUnreadable
from gatepost.engine import Engine
from gatepost.web import guard, parsing
from gatepost.web.wiring import wired

touches = Blueprint("touches", __name__)
MOST_TOUCHES = 20


@touches.post("/touch", provide_automatic_options=False)
def touch() -> ResponseReturnValue:
    """Count one touch, or up to twenty; answer with a start where one is asked for, and with a receipt for a read."""
    beacons, wants_start = read(request)
    parts, reason = wired(), _why_not(request)
    now, known = parts.engine.now(), parts.engine.catalogue
    if reason:
        parts.counting.drop(now.date(), reason, len(beacons))
        return _quiet([reason])
    reasons = parts.counting.add(known, now, beacons)
    told = _told(parts.engine, beacons, reasons, now)
    if wants_start and (start := touching.start(parts.engine, beacons, now)):
        told["start"] = start
    return _quiet(reasons, told)


def _told(engine: Engine, beacons: Sequence[Beacon], reasons: Sequence[str], now: datetime) -> dict[str, str]:
    # Without a start nothing is proven: a read that is counted all the same gets no receipt.
    proven = (b for b, why in zip(beacons, reasons, strict=True) if b.rung == "read" and b.start and not why)
    first = next(proven, None)
    return {"receipt": touching.receipt(engine, first, now)} if first else {}


@touches.route("/touch", methods=["OPTIONS"])
def touch_preflight() -> ResponseReturnValue:
    """May a script of this origin send touches?"""
    return guard.preflight()


def read(request: Request) -> tuple[list[Beacon], bool]:
    """The beacons in a body, and whether a start is asked for. Raises BodyUnreadable, TypeUnknown or TouchUnreadable."""
    if request.mimetype not in parsing.JSON_TYPES:
        raise parsing.TypeUnknown("A touch is sent as JSON.")
    body = parsing.json_object(request)
    several = body.get("touches")
    if several is None:
        # A touch that is sent alone may bring a start back, and asks for none.
        return [touching.read(body)], False
    if not isinstance(several, list) or not 0 < len(several) <= MOST_TOUCHES:
        raise TouchUnreadable(f"There have to be 1 to {MOST_TOUCHES} touches.")
    return [touching.read(one) for one in several], body.get("start") is True


def _why_not(request: Request) -> str:
    if guard.crawls(guard.agent(request)):
        return "crawler"
    if guard.is_ahead(request):
        return "prerender" if "prerender" in request.headers.get("Sec-Purpose", "") else "prefetch"
    if guard.objects(request):
        # Our script keeps silent there; one in a browser's cache, or somebody else's, may not.
        return "privacy-signal"
    origin = request.environ.get("HTTP_ORIGIN")
    return "origin" if origin is not None and not guard.is_welcome(origin, request) else ""


def _quiet(reasons: Sequence[str], told: Mapping[str, str] | None = None) -> Response:
    if told:
        answer = Response(json.dumps(told), mimetype="application/json")
    else:
        answer = Response(status=204)
        del answer.headers["Content-Type"]
    if dropped := sorted({*reasons} - {""}):
        answer.headers["X-Gatepost-Dropped"] = ", ".join(dropped)
    return answer

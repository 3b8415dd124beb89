"""The door for beacons: small, without a page, and never an error that a reader would notice."""

from __future__ import annotations

from flask import Blueprint, Request, Response, request
from flask.typing import ResponseReturnValue

from gatepost.actions import touching
from gatepost.actions.touching import Beacon, TouchUnreadable
from gatepost.web import guard, parsing
from gatepost.web.wiring import wired

touches = Blueprint("touches", __name__)
MOST_TOUCHES = 20


@touches.post("/touch", provide_automatic_options=False)
def touch() -> ResponseReturnValue:
    """Count one touch, or up to twenty."""
    beacons = read(request)
    parts, reason = wired(), _why_not(request)
    now, known = parts.engine.now().date(), parts.engine.catalogue
    if reason:
        parts.counting.drop(now, reason, len(beacons))
    reasons = [reason] if reason else parts.counting.add(known, now, beacons)
    return _quiet(reasons)


@touches.route("/touch", methods=["OPTIONS"])
def touch_preflight() -> ResponseReturnValue:
    """May a script of this origin send touches?"""
    return guard.preflight()


def read(request: Request) -> list[Beacon]:
    """The beacons in a body. Raises BodyUnreadable, TypeUnknown or TouchUnreadable."""
    if request.mimetype not in parsing.JSON_TYPES:
        raise parsing.TypeUnknown("A touch is sent as JSON.")
    body = parsing.json_object(request)
    several = body.get("touches")
    if several is None:
        return [touching.read(body)]
    if not isinstance(several, list) or not 0 < len(several) <= MOST_TOUCHES:
        raise TouchUnreadable(f"There have to be 1 to {MOST_TOUCHES} touches.")
    return [touching.read(one) for one in several]


def _why_not(request: Request) -> str:
    if guard.crawls(guard.agent(request)):
        return "crawler"
    if guard.is_ahead(request):
        return "prefetch"
    origin = request.environ.get("HTTP_ORIGIN")
    return "origin" if origin is not None and not guard.is_welcome(origin, request) else ""


def _quiet(reasons: list[str]) -> Response:
    answer = Response(status=204)
    del answer.headers["Content-Type"]
    if reasons:
        answer.headers["X-Gatepost-Dropped"] = ", ".join(sorted(set(reasons)))
    return answer

"""Doors of webinars and events: the date for a calendar, and the button that gives a seat back."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue

from gatepost.actions import seating
from gatepost.tokens import LinkWrong
from gatepost.web import files, shown
from gatepost.web.wiring import engine

meetings = Blueprint("meetings", __name__)


@meetings.get("/calendar/<token>.ics")
def calendar(token: str) -> ResponseReturnValue:
    """The date of a seat. Calendars ask again and again, so this counts nothing and changes nothing."""
    found = seating.look(engine(), token)
    if found is None:
        raise LinkWrong
    slug, content = found
    made = Response(content, mimetype="text/calendar")
    made.headers["Content-Disposition"] = files.disposition(f"{slug}.ics")
    made.headers["Cache-Control"] = "no-store"
    return made


@meetings.post("/give-up/<token>")
def give_up(token: str) -> ResponseReturnValue:
    """Give a seat back."""
    signup = seating.give_up(engine(), token)
    return redirect(request.script_root + shown.path_to(engine(), "yours", signup.id), 303)

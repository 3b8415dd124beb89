"""The door to a checklist: a page whose boxes are ticked in the browser and nowhere else."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from gatepost.actions import ticking
from gatepost.web import guard, shown
from gatepost.web.wiring import engine

lists = Blueprint("lists", __name__)


@lists.get("/list/<token>")
def ticklist(token: str) -> ResponseReturnValue:
    """The list; what is ticked on it never comes back here."""
    opened = ticking.look(engine(), token)
    shown.speak_language(opened.ticklist.language)
    page = render_template("list.html", ticklist=opened.ticklist, grant=opened.grant)
    answer = Response(page, mimetype="text/html")
    answer.headers["Content-Security-Policy"] = guard.SCRIPTED
    return answer

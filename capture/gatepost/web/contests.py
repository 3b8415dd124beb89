"""The doors of contests: the link that friends pass on, and the public page of the draw."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from gatepost.actions import drawing
from gatepost.actions.drawing import ContestRefused, Shown
from gatepost.actions.giving.contest import passed_on
from gatepost.web import forms, shown
from gatepost.web.wiring import engine

contests = Blueprint("contests", __name__)


@contests.get("/refer/<token>")
def refer(token: str) -> ResponseReturnValue:
    """The contest with its form, for somebody whom a friend has sent."""
    offer = passed_on(engine(), token)
    # Evidence of where permission was asked for; the token would say who sent whom.
    return forms.first(offer, referral=token, page="/refer")


@contests.get("/draw/<offer>")
def draw(offer: str) -> ResponseReturnValue:
    """How the winners are drawn, and once they are, the proof; no word about anybody."""
    found = _found(offer)
    shown.speak_language(found.language or engine().catalogue.language)
    known = engine().catalogue.offers.get(offer)
    return render_template("draw.html", contest=found, terms=found.contest, url=known.url if known else "")


@contests.get("/draw/<offer>.json")
def draw_record(offer: str) -> ResponseReturnValue:
    """The same for programs: the record once it is drawn, and before that what is known by then."""
    found = _found(offer)
    return Response(found.record or drawing.before(found), mimetype="application/json")


def _found(offer: str) -> Shown:
    try:
        return drawing.look(engine(), offer)
    except ContestRefused:
        abort(404)

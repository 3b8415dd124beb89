"""One webinar or event: its seats, the list for the door, and the button that says that somebody came."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from gatepost.actions import attending
from gatepost.actions.attending import MeetingUnknown
from gatepost.web.owner import door
from gatepost.web.owner.choice import chosen
from gatepost.web.wiring import engine


def register(blueprint: Blueprint) -> None:
    """Add the doors of this subject."""
    blueprint.add_url_rule("/meetings/<slug>", view_func=seated, methods=["GET"])
    blueprint.add_url_rule("/meetings/<slug>.csv", view_func=seated_csv, methods=["GET"])
    blueprint.add_url_rule("/meetings/<slug>/<uuid:seat_id>", view_func=mark, methods=["POST"])
    blueprint.register_error_handler(MeetingUnknown, _unknown)


def seated(slug: str) -> ResponseReturnValue:
    """Who holds a seat, who waits, who gave it back."""
    wired = engine()
    holders = attending.holders(wired, slug)
    found = next(one for one in attending.meetings(wired) if one.slug == slug)
    return render_template("owner/seated.html", panel="meetings", choice=chosen(), found=found, holders=holders)


def seated_csv(slug: str) -> ResponseReturnValue:
    """The list for the door."""
    answer = Response(attending.holders_csv(engine(), slug), mimetype="text/csv")
    name = slug if slug.isascii() and slug.replace("-", "").isalnum() else "seats"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def mark(slug: str, seat_id: UUID) -> ResponseReturnValue:
    """Somebody came, or did not after all."""
    has_come = door.fields().get("do") == "came"
    if not attending.mark(engine(), seat_id, has_come=has_come):
        abort(404)
    return redirect(url_for("owner.seated", slug=slug, _anchor=f"seat-{seat_id}"), 303)


def _unknown(error: MeetingUnknown) -> ResponseReturnValue:
    words = f"{error} The list of meetings shows those there are."
    return render_template("owner/message.html", title="No such meeting", words=words), 404

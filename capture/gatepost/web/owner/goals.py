"""The owner's goal: chosen with a form, and led with from then on."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from gatepost.actions import looking
from gatepost.actions.looking import GoalUnknown
from gatepost.web.owner import door
from gatepost.web.wiring import engine


def register(blueprint: Blueprint) -> None:
    """Add the doors of this subject."""
    blueprint.add_url_rule("/goal", view_func=choose_goal, methods=["POST"])
    blueprint.register_error_handler(GoalUnknown, _unknown)


def choose_goal() -> ResponseReturnValue:
    """Lead with another goal."""
    looking.choose_goal(engine().database, door.fields().get("goal", ""))
    return redirect(url_for("owner.home"), 303)


def _unknown(error: GoalUnknown) -> ResponseReturnValue:
    return render_template("owner/message.html", title="No such goal", words=f"{error} {error.cure}"), 422

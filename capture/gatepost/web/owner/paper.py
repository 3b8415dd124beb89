"""The report as a PDF."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from gatepost.actions import setting_type
from gatepost.actions.setting_type import TypesettingFailed
from gatepost.web.owner.choice import chosen
from gatepost.web.wiring import engine


def register(blueprint: Blueprint) -> None:
    """Add the door of this subject."""
    blueprint.add_url_rule("/report.pdf", view_func=report_pdf, methods=["GET"])
    blueprint.register_error_handler(TypesettingFailed, _failed)


def report_pdf() -> ResponseReturnValue:
    """The chosen days on paper; the month where nothing was chosen, as on the overview."""
    choice, wired = chosen("month", compare=True), engine()
    made = setting_type.pdf(
        wired.database,
        wired.catalogue,
        model=choice.model,
        span=choice.span,
        compare=choice.compare,
        now=wired.now(),
    )
    answer = Response(made, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="report-{wired.now():%Y-%m-%d}.pdf"'
    return answer


def _failed(error: TypesettingFailed) -> ResponseReturnValue:
    return render_template("owner/message.html", title="No PDF was made", words=f"{error} {error.cure}"), 500

"""The report for programs, under /api/v1: JSON, CSV or HTML for whoever holds a token. Figures only, nobody's address.

One table of doors. Each carries its entry in the OpenAPI description, so that none can be there undescribed.
"""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from gatepost.web.api import description, door, figures, offered, summary, trials
from gatepost.web.api.door import Door


def _describe() -> ResponseReturnValue:
    made = Response(description.text(DOORS), mimetype="application/json")
    # Nothing of the site's is in it, and it changes with the version only.
    made.headers["Cache-Control"] = "public, max-age=3600"
    made.add_etag()
    return made.make_conditional(request)


DOORS: tuple[Door, ...] = (
    figures.REPORT,
    figures.ARTICLE,
    figures.LADDER,
    offered.OFFERED,
    summary.SUMMARY,
    trials.TRIALS,
    Door(
        path="/openapi.json",
        answer=_describe,
        says="This description, as OpenAPI 3.1.",
        answers={"application/json": {"type": "object"}},
        is_public=True,
    ),
)

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
door.guard(blueprint, DOORS)

__all__ = ["DOORS", "blueprint"]

"""The door to the summary of this site: what another site's owner sees of it beside their own."""

from __future__ import annotations

import json

from flask import Response, request
from flask.typing import ResponseReturnValue

from gatepost.actions import visiting
from gatepost.report.span import PERIODS
from gatepost.report.summary import as_dict
from gatepost.web.api.asked import asked, one_of
from gatepost.web.api.door import Door
from gatepost.web.wiring import engine


def summary() -> ResponseReturnValue:
    """Figures of one named period, or of each."""
    asked(("period",))
    names = tuple(PERIODS)
    if request.args.get("period"):
        names = (one_of("period", names, names[0]),)
    found = as_dict(visiting.summary(engine(), names))
    return Response(json.dumps(found, ensure_ascii=False), mimetype="application/json")


SUMMARY = Door(
    path="/summary",
    answer=summary,
    says="This site's figures by period, each with those of the time before, its goal, and its best articles.",
    parameters=(
        {
            "name": "period",
            "in": "query",
            "description": "Only this period; every one where none is named.",
            "schema": {"type": "string", "enum": list(PERIODS)},
        },
    ),
    answers={"application/json": {"$ref": "#/components/schemas/Summary"}},
)

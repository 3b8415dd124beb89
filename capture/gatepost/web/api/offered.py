"""The door to what each offer brought under each article: what a build with `GATEPOST_AUTO = "learn"` chooses by."""

from __future__ import annotations

import json

from flask import Response, request
from flask.typing import ResponseReturnValue

from gatepost.actions import learning
from gatepost.report.placements import as_dict
from gatepost.web.api.asked import asked
from gatepost.web.api.door import Door
from gatepost.web.wiring import engine

_ONLY = ("article", "offer")


def offered() -> ResponseReturnValue:
    """Counts by article and offer, all time."""
    asked(_ONLY)
    only = {name: request.args.get(name, "") for name in _ONLY}
    found = as_dict(learning.evidence(engine().database), **only)
    return Response(json.dumps(found, ensure_ascii=False), mimetype="application/json")


OFFERED = Door(
    path="/offered",
    answer=offered,
    says="How often each offer was seen under each article, and how many leads asked for it and confirmed; all time.",
    parameters=tuple(
        {
            "name": name,
            "in": "query",
            "description": f"Only of the {name} with this slug.",
            "schema": {"type": "string"},
        }
        for name in _ONLY
    ),
    answers={"application/json": {"$ref": "#/components/schemas/Offered"}},
)

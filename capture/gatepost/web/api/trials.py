"""The door to tests of calls to action: what each says, and what the next one takes."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue

from gatepost.actions import trying
from gatepost.web.api.asked import asked
from gatepost.web.api.door import Door
from gatepost.web.wiring import engine

_COUNT = {"type": "integer", "minimum": 0}
_TEXT, _NUMBER, _KNOWN = {"type": "string"}, {"type": "number"}, {"type": ["number", "null"]}
_DAY = {"type": ["string", "null"], "format": "date"}
_SHARE = {"type": "number", "minimum": 0, "maximum": 1}


def trials() -> ResponseReturnValue:
    """Every test, or those of one offer."""
    asked(("offer",))
    wired = engine()
    found = trying.overview(wired.database, wired.catalogue, wired.now(), request.args.get("offer", ""))
    return Response(json.dumps(trying.as_plain(found), ensure_ascii=False), mimetype="application/json")


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


_SIZES = {
    **_list(_object(lift=_NUMBER, leads=_COUNT, readers=_KNOWN, days=_KNOWN)),
    "description": "What it takes, as likely as not, until a variant shows that brings `lift` more.",
}
_VARIANT = _object(
    key=_TEXT, name=_TEXT, seen=_COUNT, requested=_COUNT, confirmed=_COUNT,
    rate=_KNOWN, rate_low=_SHARE, rate_high=_SHARE,
)  # fmt: skip
_COMPARED = {
    **_object(key=_TEXT, verdict=_TEXT, ratio=_KNOWN, ratio_low=_NUMBER, ratio_high=_KNOWN, p=_SHARE, chance=_SHARE),
    "description": "A variant against the offer as it stands: the ratio of their rates with its 95 % confidence sequence "
    "(no upper end: null), and the always-valid p.",
}
_TEST = _object(
    offer=_TEXT, title=_TEXT, trial=_TEXT, running={"type": "boolean"}, first=_DAY, last=_DAY, verdict=_TEXT,
    sentence=_TEXT, split=_object(even={"type": "boolean"}, p=_SHARE),
    variants=_list(_VARIANT), compared=_list(_COMPARED), sizes=_SIZES,
)  # fmt: skip
_UNTESTED = _object(offer=_TEXT, title=_TEXT, rate=_KNOWN, readers_a_day=_NUMBER, sizes=_SIZES)

TRIALS = Door(
    path="/trials",
    answer=trials,
    says="Tests of calls to action: running ones, past ones, and what a test of every other offer would take.",
    parameters=({"name": "offer", "in": "query", "description": "Only of the offer with this slug.", "schema": _TEXT},),
    answers={
        "application/json": _object(running=_list(_TEST), past=_list(_TEST), untested=_list(_UNTESTED)),
    },
)

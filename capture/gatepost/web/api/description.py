"""The description of the API (OpenAPI 3.1), made from the table of doors."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from gatepost import __version__
from gatepost.web.api.door import Door

_COUNT = {"type": "integer", "minimum": 0}
_TEXT = {"type": "string"}
_SHARE = {"type": "number", "minimum": 0, "maximum": 1}
_INTERVAL = {"mean": _SHARE, "low": _SHARE, "high": _SHARE}


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    # A later version may say more; what is here stays.
    return {"type": "object", "required": list(properties), "properties": dict(properties)}


def _list(of: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{of}"}}


_MONEY = {
    "type": "object",
    "description": "Minor units (cents) by currency.",
    "additionalProperties": {"type": "integer"},
}
_NUMBER = {"type": "number"}
_KNOWN = {"type": ["number", "null"]}
_NUMBERS = {"type": "object", "additionalProperties": _KNOWN}
_RETURN = {
    **_object({"mean": _KNOWN, "low": _KNOWN, "high": _KNOWN}),
    "description": "(money - cost) / cost with its interval; null where nothing was spent.",
}
_RATE = {
    **_object({**_INTERVAL, "readers": _COUNT, "above_site": _SHARE, "verdict": _TEXT}),
    "type": ["object", "null"],
    "description": "Leads helped per reader with its 90 % interval; null where nobody was counted.",
}
_STEP = {
    "rung": _TEXT,
    "counted_by": _TEXT,
    "count": _COUNT,
    "before": _TEXT,
    "before_count": _COUNT,
    "share": {**_object(_INTERVAL), "type": ["object", "null"]},
}
_ARTICLE = {
    "slug": _TEXT,
    "title": _TEXT,
    "url": _TEXT,
    "is_published": {"type": "boolean"},
    "reads": _COUNT,
    "unique_readers": _COUNT,
    "signed_up_here": _COUNT,
    "confirmed": _COUNT,
    "helped": _COUNT,
    "rate": _RATE,
    "credit": _NUMBER,
    "value": _MONEY,
    "credit_error": _KNOWN,
    "credit_range": {"type": "array", "items": _NUMBER, "description": "The least and the most of any model."},
    "credit_by_model": _NUMBERS,
    "value_error": _NUMBERS,
    "deals": _MONEY,
    "deals_error": _NUMBERS,
    "spend": _MONEY,
    "return": {**_RETURN, "type": ["object", "null"]},
    "returns": {"type": "object", "additionalProperties": _RETURN},
    "touched_by": _KNOWN,
    "removal_effect": _KNOWN,
}
_REPORT = {
    "format": {"type": "integer"},
    "site": _TEXT,
    "made_at": {"type": "string", "format": "date-time"},
    "since": {"type": ["string", "null"], "format": "date"},
    "model": _TEXT,
    "is_ranked": {"type": "boolean"},
    "site_rate": _SHARE,
    "totals": {"type": "object"},
    "articles": _list("Article"),
    "funnel": _list("Step"),
    "dropped": {"type": "object", "additionalProperties": _COUNT},
    "notes": {"type": "array", "items": _TEXT},
    "models": {"type": "array", "items": {"type": "object"}},
    "coverage": {"type": "object", "description": "How much of the leads' journeys is known."},
    "suspect": {"type": "object", "description": "Touches that earn no credit, and why."},
    "channels": _list("Group"),
    "classes": _list("Group"),
    "return_of": {"type": "object", "additionalProperties": _TEXT},
    "cause": _TEXT,
}
_GROUP = {
    "name": _TEXT,
    "label": _TEXT,
    "class": _TEXT,
    "reads": _COUNT,
    "leads": _COUNT,
    "clients": _COUNT,
    "close_rate": {**_object(_INTERVAL), "type": ["object", "null"]},
    "value": _MONEY,
    "deals": _MONEY,
    "spend": _MONEY,
    "returns": {"type": "object", "additionalProperties": _RETURN},
}
_OPENED = {
    "article": {"$ref": "#/components/schemas/Article"},
    "model": _TEXT,
    "since": {"type": ["string", "null"], "format": "date"},
    "requests_total": _COUNT,
    "days": _list("Day"),
    "funnel": _list("Step"),
}
_SHARED = {**_object(_INTERVAL), "type": ["object", "null"]}
_RUNG = {
    "rung": _TEXT,
    "label": _TEXT,
    "counted_by": _TEXT,
    "count": _COUNT,
    "went_on": {"type": ["integer", "null"], "description": "Of these, who stood on a higher rung later."},
    "is_apart": {"type": "boolean"},
    "share": _SHARED,
}
_OFFER = {
    "slug": _TEXT,
    "title": _TEXT,
    "kind": _TEXT,
    "is_published": {"type": "boolean"},
    **dict.fromkeys(("seen", "clicks", "started", "requested", "confirmed", "downloaded", "came", "clients"), _COUNT),
    "rate": _SHARED,
    "closing": _SHARED,
}
_LADDER = {
    "since": {"type": ["string", "null"], "format": "date"},
    "rungs": _list("Rung"),
    "articles": {"type": "object", "additionalProperties": _list("Rung")},
    "offers": _list("Offer"),
    "proof": {"type": "object", "description": "Clients of leads with a case study, and of all others."},
    "notes": {"type": "array", "items": _TEXT},
}
_PLACED = {"article": _TEXT, "offer": _TEXT, "seen": _COUNT, "requested": _COUNT, "confirmed": _COUNT}
_OFFERED = {"format": {"type": "integer"}, "rows": _list("Placed")}
_FIGURES = {
    **dict.fromkeys(("reads", "readers", "requested", "confirmed", "clients", "repeat", "referrals"), _COUNT),
    "value": _MONEY,
    "deals": _MONEY,
}
_SPAN_DAY = {"type": ["string", "null"], "format": "date"}
_COMPARED = {
    "first": _SPAN_DAY,
    "last": _SPAN_DAY,
    "now": {"$ref": "#/components/schemas/Figures"},
    "before": {**_object(_FIGURES), "type": ["object", "null"]},
}
_SUMMARY = {
    "format": {"type": "integer"},
    "site": _TEXT,
    "url": _TEXT,
    "made_at": {"type": "string", "format": "date-time"},
    "goal": _TEXT,
    "periods": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Compared"}},
    "best": _list("Best"),
}
_DAY = {"day": {"type": "string", "format": "date"}, "rung": _TEXT, "count": _COUNT, "firsts": _COUNT}
_PROBLEM = {"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "code": _TEXT, "detail": _TEXT}
_SCHEMAS = {
    "Article": _object(_ARTICLE),
    "Best": _object({"title": _TEXT, "url": _TEXT}),
    "Compared": _object(_COMPARED),
    "Day": _object(_DAY),
    "Figures": _object(_FIGURES),
    "Group": _object(_GROUP),
    "Ladder": _object(_LADDER),
    "Offer": _object(_OFFER),
    "Offered": _object(_OFFERED),
    "OpenedArticle": _object(_OPENED),
    "Placed": _object(_PLACED),
    "Problem": _object(_PROBLEM),
    "Report": _object(_REPORT),
    "Rung": _object(_RUNG),
    "Step": _object(_STEP),
    "Summary": _object(_SUMMARY),
}
_REFUSALS = {"400": "A parameter is wrong; `detail` says which and the cure.", "404": "There is no such article."}
_OF_TOKENS = {"401": "No token, or one that opens nothing.", "503": "The database or the catalogue cannot be read now."}


def text(doors: Sequence[Door]) -> str:
    """The whole description as JSON."""
    return json.dumps(_whole(doors), ensure_ascii=False, indent=1)


def _whole(doors: Sequence[Door]) -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Gatepost",
            "version": __version__,
            "summary": "Which articles of this site turn readers into leads.",
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": "."}],
        "security": [{"token": []}],
        "paths": {door.path: {"get": _operation(door)} for door in doors},
        "components": {
            "schemas": _SCHEMAS,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "`gatepost owner token add NAME`"}
            },
        },
    }


def _operation(door: Door) -> dict[str, Any]:
    refusals = {} if door.is_public else _OF_TOKENS
    if door.parameters:
        has_path = any(one["in"] == "path" for one in door.parameters)
        refusals = refusals | {status: words for status, words in _REFUSALS.items() if status != "404" or has_path}
    content = {media: {"schema": schema} for media, schema in door.answers.items()}
    made: dict[str, Any] = {
        "operationId": door.name,
        "summary": door.says,
        "parameters": list(door.parameters),
        "responses": {"200": {"description": door.says, "content": content}}
        | {status: _refusal(words) for status, words in sorted(refusals.items())},
    }
    return made | ({"security": []} if door.is_public else {})


def _refusal(words: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": words, "content": {"application/problem+json": {"schema": schema}}}

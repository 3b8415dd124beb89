"""The doors to the figures: the whole report, and one article's row with the days behind it.

Neither tells of a person. The rows behind an article on the command line name leads with their addresses and journeys;
a token may lie on a build server, so here only their number is given.
"""

from __future__ import annotations

import json
from typing import Any

from flask import Response
from flask.typing import ResponseReturnValue

from gatepost.actions import reporting
from gatepost.attribution import DEFAULT, MODELS
from gatepost.report import Report
from gatepost.report.ladder import as_dict
from gatepost.web.api.asked import FORMATS, asked
from gatepost.web.api.door import Door
from gatepost.web.wiring import engine

# Rows about people; everything else behind an article is a count.
_OF_PEOPLE = frozenset({"requests"})

_MODEL = {
    "name": "model",
    "in": "query",
    "description": "How credit is shared among the articles of a journey.",
    "schema": {"type": "string", "enum": list(MODELS), "default": DEFAULT},
}
_SINCE = {
    "name": "since",
    "in": "query",
    "description": "Count from the midnight (UTC) that begins this day.",
    "schema": {"type": "string", "format": "date"},
}
_UNTIL = {
    "name": "until",
    "in": "query",
    "description": "Count up to the end (UTC) of this day.",
    "schema": {"type": "string", "format": "date"},
}
_FORMAT = {
    "name": "format",
    "in": "query",
    "description": "JSON, the articles as CSV, or the whole report as one page.",
    "schema": {"type": "string", "enum": list(FORMATS), "default": "json"},
}
_SLUG = {"name": "slug", "in": "path", "required": True, "schema": {"type": "string"}}


def report() -> ResponseReturnValue:
    """The whole report."""
    choice, wired = asked(), engine()
    made = reporting.report(wired.database, wired.catalogue, model=choice.model, span=choice.span, now=wired.now())
    return _FORMS[choice.form](made)


def article(slug: str) -> ResponseReturnValue:
    """One article. Raises ArticleUnknown."""
    choice, wired = asked(("model", "since", "until")), engine()
    behind = reporting.article(
        # PostgreSQL knows no NUL in a text.
        wired.database, wired.catalogue, slug.replace("\0", ""),
        model=choice.model, span=choice.span, now=wired.now(),
    )  # fmt: skip
    opened = reporting.article_json(behind)
    return _json({key: value for key, value in opened.items() if key not in _OF_PEOPLE})


def ladder() -> ResponseReturnValue:
    """Who stands on which rung, and what each offer brought."""
    choice, wired = asked(("since", "until")), engine()
    found = reporting.ladder(wired.database, wired.catalogue, span=choice.span, now=wired.now())
    return _json(as_dict(found))


def _json(plain: dict[str, Any]) -> Response:
    return Response(json.dumps(plain, ensure_ascii=False), mimetype="application/json")


def _of_json(made: Report) -> Response:
    return _json(reporting.json(made))


def _of_csv(made: Report) -> Response:
    return Response(reporting.csv(made), mimetype="text/csv")


def _of_html(made: Report) -> Response:
    return Response(reporting.html(made), mimetype="text/html")


_FORMS = dict(zip(FORMATS, (_of_json, _of_csv, _of_html), strict=True))

REPORT = Door(
    path="/report",
    answer=report,
    says="Which articles turn readers into leads: one row an article, totals, funnel and notes.",
    parameters=(_MODEL, _SINCE, _UNTIL, _FORMAT),
    answers={
        "application/json": {"$ref": "#/components/schemas/Report"},
        "text/csv": {"type": "string"},
        "text/html": {"type": "string"},
    },
)
LADDER = Door(
    path="/ladder",
    answer=ladder,
    says="The ladder of micro-conversions for the site and each article, and one row an offer.",
    parameters=(_SINCE, _UNTIL),
    answers={"application/json": {"$ref": "#/components/schemas/Ladder"}},
)
ARTICLE = Door(
    path="/articles/{slug}",
    answer=article,
    says="One article's row, its counters by day and its funnel. How many requests stand behind it, but not whose.",
    parameters=(_SLUG, _MODEL, _SINCE, _UNTIL),
    answers={"application/json": {"$ref": "#/components/schemas/OpenedArticle"}},
)

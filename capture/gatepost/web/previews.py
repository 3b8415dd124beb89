"""The door to drafts: a page that is held, with a line on top that says what it is."""

from __future__ import annotations

import re

from flask import Blueprint, Response, redirect, request
from flask.typing import ResponseReturnValue
from markupsafe import escape

from gatepost.actions import previewing
from gatepost.catalogue import Article
from gatepost.web import shown
from gatepost.web.wiring import engine

previews = Blueprint("previews", __name__)
_BODY = re.compile(rb"<body\b[^>]*>", re.IGNORECASE)
# What counts, and keeps in the browser what was read: a look at a draft is neither. Forms work without it.
_COUNTING = re.compile(rb"<script\b[^>]*\sdata-gp-capture=[^>]*>\s*</script\s*>", re.IGNORECASE)
_HEAD_END = re.compile(rb"</head\s*>", re.IGNORECASE)


@previews.get("/preview/<token>")
def preview(token: str) -> ResponseReturnValue:
    """A draft as it would be published, for whoever has the link; or the page that it has become."""
    found = previewing.look(engine(), token)
    if isinstance(found, Article):
        return redirect(f"{engine().settings.site_url}/{found.url.lstrip('/')}", 302)
    shown.speak_language(found.draft.language or engine().catalogue.language)
    t = shown.words()
    line = t("This is a draft. It was shared with you, and this link shows it until %(day)s.", day=found.until)
    answer = Response(_with_line(found.page.read_bytes(), line, t.language), mimetype="text/html")
    # The page itself says what it may load; nobody may put it into a frame.
    answer.headers["Content-Security-Policy"] = "frame-ancestors 'none'; base-uri 'none'"
    return answer


def _with_line(page: bytes, line: str, language: str) -> bytes:
    style = f'<link rel="stylesheet" href="{request.script_root}/_gatepost/preview.css">'
    note = f'<aside class="gp-preview" lang="{language}"><p>{escape(line)}</p></aside>'
    page = _HEAD_END.sub(lambda end: style.encode() + end[0], _COUNTING.sub(b"", page), count=1)
    if not _BODY.search(page):
        return note.encode() + page
    return _BODY.sub(lambda begin: begin[0] + note.encode(), page, count=1)

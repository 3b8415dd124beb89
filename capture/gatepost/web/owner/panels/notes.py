"""Notes on dates: those there are, and the form for one more."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request

from gatepost.actions import noting
from gatepost.actions.noting import NoteUnknown, Typed
from gatepost.engine import Engine
from gatepost.web.owner.choice import Choice


def data(engine: Engine, choice: Choice) -> dict[str, Any]:
    """One page of notes; the form is empty, about the article in the address, or holds the note that is to be changed."""
    found, total = noting.listed(engine.database, choice.page)
    changed, typed = _changed(engine), Typed(engine.now().date().isoformat(), "", choice.article)
    if changed:
        typed = changed[1]
    return {
        "notes": found,
        "total": total,
        "page_size": noting.PAGE,
        "typed": typed,
        "changed": changed[0] if changed else "",
        "mistakes": {},
        "titles": {slug: article.title for slug, article in engine.catalogue.articles.items()} if found else {},
    }


def _changed(engine: Engine) -> tuple[str, Typed] | None:
    try:
        note = noting.one(engine.database, UUID(request.args.get("change", "")))
    except (ValueError, NoteUnknown):
        return None
    return str(note.id), Typed(note.day.isoformat(), note.text, note.article)

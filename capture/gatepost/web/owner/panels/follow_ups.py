"""Who waits to be called, the first due first."""

from __future__ import annotations

from typing import Any

from flask import request

from gatepost.actions import following_up
from gatepost.engine import Engine
from gatepost.web.owner.choice import Choice


def data(engine: Engine, choice: Choice) -> dict[str, Any]:
    """Open follow-ups, and with `done=1` in the address those that are done after them."""
    with_done, built, now = bool(request.args.get("done")), engine.catalogue, engine.now()
    found = following_up.listed(engine, with_done=with_done, page=choice.page)
    return {
        "found": found,
        "with_done": with_done,
        "total": found.open + (found.done if with_done else 0),
        "page_size": following_up.PAGE,
        "overdue": {one.task.id: now - one.task.due_at for one in found.asked if following_up.is_overdue(one, now)},
        "titles": {slug: article.title for slug, article in built.articles.items()},
    }

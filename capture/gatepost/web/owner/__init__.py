"""The owner's dashboard, under /owner: a login, then panels, each of whose numbers opens to the rows behind it."""

from __future__ import annotations

from flask import Blueprint

from gatepost.web.owner import asked, door, goals, login, noted, panels, paper, rows, seated, seen, sharing, words

blueprint = Blueprint(
    "owner",
    __name__,
    url_prefix="/owner",
    template_folder="templates",
    static_folder="static",
    static_url_path="/static",
)

door.guard(blueprint)
seen.register(blueprint)
login.register(blueprint)
goals.register(blueprint)
noted.register(blueprint)
paper.register(blueprint)
sharing.register(blueprint)
panels.register(blueprint)
rows.register(blueprint)
asked.register(blueprint)
seated.register(blueprint)
words.register(blueprint)

__all__ = ["blueprint"]

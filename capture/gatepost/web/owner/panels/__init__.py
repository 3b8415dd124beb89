"""Panels: the dashboard's pages, in the order shown. A panel reads through an action and decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from gatepost.engine import Engine
from gatepost.web.owner.choice import Choice, chosen
from gatepost.web.owner.panels import articles, follow_ups, funnel, ladder, meetings, surveys
from gatepost.web.wiring import engine


@dataclass(frozen=True)
class Panel:
    """A page: `data` gives its template, `owner/<key>.html`, what it shows."""

    title: str
    data: Callable[[Engine, Choice], dict[str, Any]]


# The first one is what an owner sees after the login.
PANELS: dict[str, Panel] = {
    "articles": Panel("Articles", articles.data),
    "funnel": Panel("Steps", funnel.data),
    "ladder": Panel("Ladder", ladder.data),
    "surveys": Panel("Surveys", surveys.data),
    "meetings": Panel("Meetings", meetings.data),
    "follow-ups": Panel("Follow-ups", follow_ups.data),
}


def register(blueprint: Blueprint) -> None:
    """A door for each panel: the first at /owner/, the others under their key."""
    for place, key in enumerate(PANELS):
        blueprint.add_url_rule(f"/{key if place else ''}", key, partial(_show, key), methods=["GET"])


def _show(key: str) -> ResponseReturnValue:
    choice = chosen()
    return render_template(f"owner/{key}.html", panel=key, choice=choice, **PANELS[key].data(engine(), choice))

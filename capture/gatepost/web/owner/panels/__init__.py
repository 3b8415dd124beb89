"""Panels: the dashboard's pages, in the order shown. A panel reads through an action and decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from gatepost.engine import Engine
from gatepost.report import span
from gatepost.web.owner.choice import Choice, chosen
from gatepost.web.owner.panels import (
    articles,
    channels,
    consent,
    follow_ups,
    funnel,
    home,
    journeys,
    ladder,
    meetings,
    notes,
    offers,
    placements,
    quality,
    sites,
    surveys,
    touches,
    trials,
)
from gatepost.web.owner.panels.sheet import Sheet, as_csv, as_dict
from gatepost.web.wiring import engine


@dataclass(frozen=True)
class Panel:
    """A page: `data` gives its template, `owner/<key>.html`, what it shows.

    `sheets` makes of the same data the tables that /owner/<key>.csv (the first, or `?sheet=KEY`) and /owner/<key>.json answer with.
    `group` is the part of the navigation it stands in. `names_people`: not for visitors who came by a share link. `period` and `compare` are what it shows where nothing was chosen.
    """

    title: str
    data: Callable[[Engine, Choice], dict[str, Any]]
    sheets: Callable[[Engine, Choice, Mapping[str, Any]], tuple[Sheet, ...]] | None = None
    names_people: bool = False
    group: str = ""
    period: str = span.ALL
    compare: bool = False


# The first one is what an owner sees after the login.
PANELS: dict[str, Panel] = {
    "home": Panel("Overview", home.data, home.sheets, period="month", compare=True),
    "articles": Panel("Articles", articles.data, articles.sheets, group="Readers"),
    "funnel": Panel("Steps", funnel.data, funnel.sheets, group="Readers"),
    "ladder": Panel("Ladder", ladder.data, ladder.sheets, group="Readers"),
    "journeys": Panel("Journeys", journeys.data, journeys.sheets, group="Readers"),
    "touches": Panel("Touches", touches.data, touches.sheets, group="Readers"),
    "channels": Panel("Channels", channels.data, channels.sheets, group="Money"),
    "offers": Panel("Offers", offers.data, offers.sheets, group="Offers"),
    "placements": Panel("Offers by article", placements.data, placements.sheets, group="Offers"),
    "trials": Panel("Tests", trials.data, trials.sheets, group="Offers"),
    "surveys": Panel("Surveys", surveys.data, names_people=True, group="People"),
    "meetings": Panel("Meetings", meetings.data, names_people=True, group="People"),
    "notes": Panel("Notes", notes.data, names_people=True, group="Site"),
    "follow-ups": Panel("Follow-ups", follow_ups.data, names_people=True, group="People"),
    "consent": Panel("Consent and letters", consent.data, consent.sheets, names_people=True, group="Site"),
    "sites": Panel(
        "Sites", sites.data, sites.sheets, period=sites.DEFAULT, compare=True, group="Site", names_people=True
    ),
    "quality": Panel("Data quality", quality.data, quality.sheets, group="Site"),
}


def register(blueprint: Blueprint) -> None:
    """A door for each panel: the first at /owner/, the others under their key; and its tables as files."""
    for place, (key, panel) in enumerate(PANELS.items()):
        blueprint.add_url_rule(f"/{key if place else ''}", key, partial(_show, key), methods=["GET"])
        if panel.sheets:
            blueprint.add_url_rule(f"/{key}.csv", f"{key}-csv", partial(_csv, key), methods=["GET"])
            blueprint.add_url_rule(f"/{key}.json", f"{key}-json", partial(_json, key), methods=["GET"])


def _show(key: str) -> ResponseReturnValue:
    choice = _choice(key)
    return render_template(f"owner/{key}.html", panel=key, choice=choice, **PANELS[key].data(engine(), choice))


def _choice(key: str) -> Choice:
    return chosen(PANELS[key].period, compare=PANELS[key].compare)


def _sheets(key: str) -> tuple[Sheet, ...]:
    panel = PANELS[key]
    assert panel.sheets
    wired, choice = engine(), _choice(key)
    return panel.sheets(wired, choice, panel.data(wired, choice))


def _csv(key: str) -> ResponseReturnValue:
    sheets = _sheets(key)
    wanted = request.args.get("sheet", "") or sheets[0].key
    sheet = next((one for one in sheets if one.key == wanted), None)
    if sheet is None:
        abort(404)
    answer = Response(as_csv(sheet), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{key}-{sheet.key}.csv"'
    return answer


def _json(key: str) -> ResponseReturnValue:
    return {sheet.key: as_dict(sheet) for sheet in _sheets(key)}

"""What leads read before they asked: a picture of the steps, and the commonest of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatepost.actions import looking_further
from gatepost.actions.looking_further import Journeys
from gatepost.engine import Engine
from gatepost.report.flow import NOTE, OTHERS, OUTSIDE, Flow
from gatepost.web.owner import flows
from gatepost.web.owner.choice import Choice
from gatepost.web.owner.panels.sheet import Sheet

PAGE = 50


def data(engine: Engine, choice: Choice) -> dict[str, Any]:
    """The whole site, or the steps around the chosen article."""
    found = looking_further.journeys(engine.database, span=choice.span, compare=choice.compare, article=choice.article)
    titles = {slug: article.title for slug, article in engine.catalogue.articles.items()}
    first = (choice.page - 1) * PAGE
    return {
        "found": found,
        "drawing": flows.draw(found.flow, titles),
        "numbers": _numbers(found),
        "steps": found.steps[first : first + PAGE],
        "around": _around(found)[first : first + PAGE],
        "total": max(len(found.steps), len(_around(found))),
        "page_size": PAGE,
        "titles": titles,
        "here": titles.get(choice.article, choice.article),
        "begins": found.before.get(OUTSIDE, 0),
        "ends": found.after.get(OUTSIDE, 0),
        "note": NOTE,
        "edge": flows.EDGE,
        "width": flows.WIDTH,
        "box": flows.BOX,
    }


def sheets(_engine: Engine, _choice: Choice, data: Mapping[str, Any]) -> tuple[Sheet, ...]:
    """Of the site the picture's numbers and the commonest steps; of one article what came before and after it."""
    found, titles = data["found"], data["titles"]
    numbers = [(key, titles.get(key, ""), *one) for key, one in data["numbers"]]
    pictured = Sheet("articles", "In leads' journeys", ("article", "title", "reads", "first", "last"), numbers)
    if found.before or found.after:
        around = Sheet("around", "Before and after", ("article", "before", "after"), _around(found))
        return (around, _bands(found.flow))
    steps = Sheet("steps", "Steps", ("previous", "article", "times"), found.steps)
    return (pictured, steps, _bands(found.flow))


def _bands(flow: Flow) -> Sheet:
    rows = [(flow.nodes[link.source].key, flow.nodes[link.target].key, link.count) for link in flow.links]
    return Sheet("flow", "The picture", ("from", "to", "times"), rows)


def _numbers(found: Journeys) -> list[tuple[str, Any]]:
    """The articles of the picture in its order, and all others together."""
    shown = [(node.key, found.shown[node.key]) for node in found.flow.column(1) if node.key in found.shown]
    rest = [total - sum(part) for total, *part in zip(found.whole, *(one for _, one in shown), strict=True)]
    return [*shown, *([(OTHERS, type(found.whole)(*rest))] if rest and rest[0] > 0 else [])]


def _around(found: Journeys) -> list[tuple[str, int, int]]:
    """Each article read right before or right after, with how often; the commonest first, the ends of a journey left out."""
    others = {*found.before, *found.after} - {OUTSIDE}
    rows = [(other, found.before.get(other, 0), found.after.get(other, 0)) for other in others]
    return sorted(rows, key=lambda row: (-row[1] - row[2], row[0]))

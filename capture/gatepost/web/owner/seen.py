"""What every page of the dashboard shows of the database behind it: that it is a demo's, where it is."""

from __future__ import annotations

from flask import Blueprint, g

from gatepost.actions.demoing import marked
from gatepost.actions.demoing.marked import Demo
from gatepost.store import DatabaseUnreachable
from gatepost.web.wiring import engine


def register(blueprint: Blueprint) -> None:
    """Tell every template whether its figures are invented."""
    blueprint.context_processor(lambda: {"is_demo": demo() is not None})


def demo() -> Demo | None:
    """The mark of a demo's database, None for a real one; asked once an answer."""
    if "demo" not in g:
        try:
            g.demo = marked.of(engine().database)
        except DatabaseUnreachable:
            # The page that says so must be shown, too.
            g.demo = None
    found: Demo | None = g.demo
    return found

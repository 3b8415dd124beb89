"""Read-only links: made, listed and taken back."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from gatepost.actions import showing
from gatepost.actions.showing import ShareRefused, ShareUnknown
from gatepost.web.owner import door
from gatepost.web.wiring import engine


def register(blueprint: Blueprint) -> None:
    """Add the doors of this subject."""
    blueprint.add_url_rule("/sharing", view_func=sharing, methods=["GET"])
    blueprint.add_url_rule("/sharing", view_func=share, methods=["POST"])
    blueprint.add_url_rule("/sharing/remove", view_func=unshare, methods=["POST"])


def sharing() -> ResponseReturnValue:
    """The links there are, and the form for another."""
    return _page()


def share() -> ResponseReturnValue:
    """Make a link. Its address is on this page only once."""
    form = door.fields()
    name, until = form.get("name", ""), form.get("until", "")
    try:
        address = showing.add(engine(), name, _day(until))
    except ShareRefused as refused:
        return _page(name=name, until=until, mistake=f"{refused} {refused.cure}"), 422
    return _page(address=address)


def unshare() -> ResponseReturnValue:
    """Take a link back; one that is gone already is as good."""
    with suppress(ShareUnknown):
        showing.remove(engine(), door.fields().get("name", ""))
    return redirect(url_for("owner.sharing"), 303)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ShareRefused(f"“{text}” is no day.", "Write it like 2026-11-30, or leave it empty.") from None


def _page(**fields: str) -> str:
    found, now = showing.listed(engine()), engine().now()
    return render_template("owner/sharing.html", panel="sharing", shares=found, now=now, **fields)

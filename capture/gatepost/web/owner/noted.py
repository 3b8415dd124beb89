"""Notes on dates: kept, corrected and taken away with forms; what was typed and cannot be kept stays typed."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from gatepost.actions import noting
from gatepost.actions.noting import NoteRefused, NoteUnknown, Typed
from gatepost.web.owner import door
from gatepost.web.owner.choice import chosen
from gatepost.web.owner.panels import notes
from gatepost.web.wiring import engine


def register(blueprint: Blueprint) -> None:
    """Add the doors of this subject."""
    blueprint.add_url_rule("/notes", view_func=note, methods=["POST"])
    blueprint.add_url_rule("/notes/<uuid:note_id>/remove", view_func=unnote, methods=["POST"])
    blueprint.register_error_handler(NoteUnknown, _unknown)


def note() -> ResponseReturnValue:
    """Keep a new note, or correct the one whose id the form holds."""
    form, wired = door.fields(), engine()
    typed = Typed(form.get("day", ""), form.get("text", ""), form.get("article", ""))
    changed = form.get("id", "")
    try:
        made = noting.change(wired, _id(changed), typed) if changed else noting.add(wired, typed)
    except NoteRefused as refused:
        choice = chosen()
        shown = {**notes.data(wired, choice), "typed": typed, "changed": changed, "mistakes": refused.mistakes}
        return render_template("owner/notes.html", panel="notes", choice=choice, **shown), 422
    return redirect(url_for("owner.notes", _anchor=f"note-{made.id}"), 303)


def unnote(note_id: UUID) -> ResponseReturnValue:
    """Take a note away."""
    noting.remove(engine(), note_id)
    return redirect(url_for("owner.notes"), 303)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NoteUnknown from None


def _unknown(error: NoteUnknown) -> ResponseReturnValue:
    return render_template("owner/message.html", title="No such note", words=f"{error} {error.cure}"), 404

"""Logging in, logging out, and a new password."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gatepost.actions import owning, telling
from gatepost.actions.owning import LoginDelayed, LoginRefused, OwnerRefused
from gatepost.actions.telling import LetterRefused
from gatepost.report.ended import EVERY
from gatepost.web.owner import door, seen
from gatepost.web.wiring import engine


def register(blueprint: Blueprint) -> None:
    """Add the doors of this subject."""
    blueprint.add_url_rule("/login", view_func=log_in_page, methods=["GET"])
    blueprint.add_url_rule("/login", view_func=log_in, methods=["POST"])
    blueprint.add_url_rule("/logout", view_func=log_out, methods=["POST"])
    blueprint.add_url_rule("/password", view_func=password_page, methods=["GET"])
    blueprint.add_url_rule("/password", view_func=change_password, methods=["POST"])
    blueprint.add_url_rule("/letters-to-me", view_func=choose_letter, methods=["POST"])


def log_in_page() -> ResponseReturnValue:
    """The form; an owner who is in already is led on."""
    if door.visitor():
        return redirect(_next(request.args.get("next", "")), 303)
    return _form(next_=request.args.get("next", ""))


def log_in() -> ResponseReturnValue:
    """Begin a session, under a new id each time."""
    form = door.fields()
    door.demand_login_form(form.get("csrf", ""))
    email, next_ = form.get("email", ""), form.get("next", "")
    try:
        cookie = owning.log_in(engine(), email, form.get("password", ""), door.source(), door.visitor())
    except LoginRefused as refused:
        return _form(401, email, next_, f"{refused} {refused.cure}")
    except LoginDelayed as delayed:
        return _delayed(_form(429, email, next_, str(delayed)), delayed)
    return door.begin(make_response(redirect(_next(next_), 303)), cookie)


def log_out() -> ResponseReturnValue:
    """End the session."""
    owning.log_out(engine(), door.visit())
    return door.end(make_response(redirect(url_for("owner.log_in_page"), 303)))


def password_page() -> ResponseReturnValue:
    """The account: how often the report comes as a letter, and the form for a new password."""
    return _account()


def change_password() -> ResponseReturnValue:
    """Set it; every other browser is logged out."""
    form = door.fields()
    current, new = form.get("current", ""), form.get("new", "")
    try:
        cookie = owning.change_password(engine(), door.visit(), current, new, door.source())
    except LoginRefused:
        return _account("This is not your password of today."), 422
    except OwnerRefused as refused:
        return _account(f"{refused} {refused.cure}"), 422
    except LoginDelayed as delayed:
        return _delayed(make_response(_account(str(delayed)), 429), delayed)
    done = render_template(
        "owner/message.html", title="The new password is set", words="All other browsers were logged out."
    )
    return door.begin(make_response(done), cookie)


def choose_letter() -> ResponseReturnValue:
    """How often the report comes as a letter to whoever is logged in."""
    try:
        telling.choose(engine(), door.visit().owner.email, door.fields().get("every", ""))
    except LetterRefused as refused:
        words = f"{refused} {refused.cure}"
        return render_template("owner/message.html", title="Nothing was changed", words=words), 422
    return redirect(url_for("owner.password_page", _anchor="letter"), 303)


def _account(mistake: str = "") -> str:
    return render_template("owner/password.html", mistake=mistake, every={**EVERY, telling.OFF: "Never"})


def _form(status: int = 200, email: str = "", next_: str = "", mistake: str = "") -> ResponseReturnValue:
    token = door.kept_login_token()
    page = render_template("owner/login.html", token=token, email=email, next=next_, mistake=mistake, demo=seen.demo())
    return door.login_token(make_response(page, status), token)


def _delayed(answer: ResponseReturnValue, delayed: LoginDelayed) -> ResponseReturnValue:
    made = make_response(answer)
    made.headers["Retry-After"] = str(delayed.retry_after)
    return made


def _next(path: str) -> str:
    """Where to go after the login: a page of the dashboard, and nothing else that an address might name."""
    home = url_for("owner.home")
    is_ours = (
        path.startswith("/owner/") and path.isascii() and path.isprintable() and "\\" not in path and ".." not in path
    )
    return request.script_root + path if is_ours else home

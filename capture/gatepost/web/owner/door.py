"""The door of the dashboard: nobody passes without a session, and no form counts that another site sent."""

from __future__ import annotations

import hmac
import secrets
from functools import cache
from urllib.parse import urlsplit

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from gatepost.actions import owning, showing
from gatepost.actions.owning import Visit
from gatepost.settings import origin
from gatepost.web import parsing
from gatepost.web.wiring import engine

# What may be seen before a login.
_OPEN = frozenset({"owner.log_in_page", "owner.log_in", "owner.static"})
_COOKIE, _LOGIN_COOKIE = "gp-owner", "gp-login"


class FormRefused(Exception):
    """A form that none of this session's pages sent."""

    cure = "Go back, load the page again, and send it once more."


def guard(blueprint: Blueprint) -> None:
    """Put the door before every route of a blueprint, and its headers on every answer."""
    blueprint.before_request(_demand)
    blueprint.after_request(_finish)
    blueprint.register_error_handler(FormRefused, _refused)


def visit() -> Visit:
    """The owner who is logged in. Only behind the door."""
    found: Visit = g.visit
    return found


def visitor() -> Visit | None:
    """The owner who is logged in, if anybody is."""
    found: Visit | None = g.get("visit")
    return found


def shared() -> str:
    """The token of the link that a visitor without a login came by; "" for everybody else."""
    found: str = g.get("share", "")
    return found


def fields() -> dict[str, str]:
    """The posted form; of a field sent twice the first. Raises BodyUnreadable or TypeUnknown."""
    return {name: values[0] for name, values in parsing.form(request).items()}


def source() -> str:
    """The caller's address: the connection's, or what our own proxies (and nobody before them) wrote down."""
    hops = engine().settings.trusted_proxies
    named = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    return named[-hops] if 0 < hops <= len(named) else request.remote_addr or ""


def begin(answer: Response, cookie: str) -> Response:
    """Give the browser its session."""
    answer.set_cookie(
        _named(_COOKIE),
        cookie,
        max_age=int(owning.IDLE.total_seconds()),
        secure=_is_https(),
        httponly=True,
        samesite="Lax",
    )
    g.is_begun = True
    return answer


def end(answer: Response) -> Response:
    """Take the session's cookie from the browser."""
    answer.delete_cookie(_named(_COOKIE), secure=_is_https(), httponly=True, samesite="Lax")
    g.is_begun = True
    return answer


def login_token(answer: Response, token: str) -> Response:
    """Before a session there is no secret to bind a form to: the same token goes into form and cookie."""
    answer.set_cookie(_named(_LOGIN_COOKIE), token, secure=_is_https(), httponly=True, samesite="Strict")
    return answer


def kept_login_token() -> str:
    """The token of an open login page, so that a second tab does not break the first; a new one otherwise."""
    return request.cookies.get(_named(_LOGIN_COOKIE)) or secrets.token_urlsafe(24)


def demand_login_form(token: str) -> None:
    """Refuse a login that another site's page sends. Raises FormRefused."""
    kept = request.cookies.get(_named(_LOGIN_COOKIE), "")
    if not kept or not hmac.compare_digest(kept.encode("utf-8", "replace"), token.encode("utf-8", "replace")):
        raise FormRefused("This form is no longer open, or cookies are switched off.")


def _demand() -> ResponseReturnValue | None:
    g.visit = owning.visit(engine(), request.cookies.get(_named(_COOKIE), ""))
    if request.method == "POST":
        _demand_own_origin()
    if request.endpoint in _OPEN:
        return None
    if g.visit is None and _shares():
        return None
    if g.visit is None:
        if request.args.get("share"):
            return _not_shown()
        asked = request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else None
        return redirect(url_for("owner.log_in_page", next=asked), 303)
    if request.method == "POST" and not owning.is_own_form(g.visit, fields().get("csrf", "")):
        raise FormRefused("This form does not belong to your session.")
    return None


def _shares() -> bool:
    """Does a share link open what is asked for? Only figures, only looking."""
    token = request.args.get("share", "")
    endpoint = (request.endpoint or "").removeprefix("owner.")
    if not token or request.method not in ("GET", "HEAD") or endpoint not in _shown_to_all():
        return False
    g.share = token if showing.opens(engine(), token) else ""
    return bool(g.share)


@cache
def _shown_to_all() -> frozenset[str]:
    """Endpoints of panels that name nobody, with their files; the pages of an article and of days leave people out."""
    from gatepost.web.owner.panels import PANELS

    keys = [key for key, panel in PANELS.items() if not panel.names_people]
    return frozenset([*(f"{key}{form}" for key in keys for form in ("", "-csv", "-json")), "article", "days"])


def _demand_own_origin() -> None:
    # Browsers name the origin with every POST; "null" is what a sandboxed or disguised page sends.
    sent = request.headers.get("Origin")
    if (
        sent is not None
        and sent.lower() != origin(engine().settings.capture_url)
        and urlsplit(sent).netloc != request.host
    ):
        raise FormRefused("This form was sent by a page of another address.")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise FormRefused("This form was sent by a page of another address.")


def _finish(answer: Response) -> Response:
    # Our own forms must say where they come from; other sites learn nothing.
    answer.headers["Referrer-Policy"] = "same-origin"
    if request.endpoint == "owner.static":
        return answer
    answer.headers["Cache-Control"] = "no-store"
    answer.vary.add("Cookie")
    found = visitor()
    if found and "is_begun" not in g and (cookie := owning.fresh_cookie(engine(), found)):
        begin(answer, cookie)
    return answer


def _not_shown() -> ResponseReturnValue:
    words = (
        "This link shows figures only, or it has ended or was taken back. Ask whoever gave it to you for another; "
        "owners log in at /owner/login."
    )
    return render_template("owner/message.html", title="Not shown here", words=words), 403


def _refused(error: FormRefused) -> ResponseReturnValue:
    return render_template("owner/message.html", title="This form was not taken", words=f"{error} {error.cure}"), 403


def _named(name: str) -> str:
    # The prefix makes browsers refuse such a cookie from a sister domain or an unprotected page.
    return f"__Host-{name}" if _is_https() else name


def _is_https() -> bool:
    return engine().settings.is_https

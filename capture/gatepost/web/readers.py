"""The doors for readers. Each parses, calls one action, and answers."""

from __future__ import annotations

import json
from dataclasses import replace

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from gatepost.actions import confirming, downloading, erasing, exporting, leaving, signing_up
from gatepost.leads import Lead
from gatepost.offers import said
from gatepost.web import asking, errors, files, guard, parsing, shown
from gatepost.web.browsers import forgets
from gatepost.web.wiring import engine, wired

readers = Blueprint("readers", __name__)
_CHECK_MAIL = '{"status":"check-your-mail"}'


@readers.post("/signup", provide_automatic_options=False)
def signup() -> ResponseReturnValue:
    """Ask for an offer."""
    if parsing.is_json(request):
        guard.demand_origin(request)
    asked = replace(asking.read(request), forgetful=forgets(guard.agent(request)))
    if guard.objects(request):
        asked = replace(asked, journey=None)
    signing_up.sign_up(engine(), asked)
    if errors.wants_json():
        return Response(_CHECK_MAIL, 202, mimetype="application/json")
    return redirect(f"{request.script_root}/thanks/{asked.offer}", 303)


@readers.route("/signup", methods=["OPTIONS"])
def signup_preflight() -> ResponseReturnValue:
    """May a script of this origin send a signup?"""
    return guard.preflight()


@readers.get("/thanks")
@readers.get("/thanks/<offer>")
def thanks(offer: str = "") -> ResponseReturnValue:
    """What happens next; the same for everybody."""
    asked = engine().catalogue.offers.get(offer)
    shown.speak(asked)
    has_mailbox = wired().is_local and engine().settings.smtp is None
    page = Response(render_template("thanks.html", offer=asked, kind=shown.kind(asked), has_mailbox=has_mailbox))
    if asked is not None:
        page.headers["X-Robots-Tag"] = "all"
        page.headers["Content-Security-Policy"] = guard.PUBLIC
    return page


# Mail scanners open every link, so a GET must never confirm; the page carries a button.
@readers.get("/confirm/<token>")
def confirm_page(token: str) -> ResponseReturnValue:
    """The page with the button."""
    waiting = confirming.look(engine(), token)
    shown.speak(waiting.offer)
    return render_template(
        "confirm.html", waiting=waiting, kind=shown.kind(waiting.offer), formats=shown.formats(waiting.offer)
    )


@readers.post("/confirm/<token>")
def confirm(token: str) -> ResponseReturnValue:
    """Confirm, and give the offer."""
    wish = parsing.form(request).get("format", [""])[0] if request.mimetype else ""
    confirmed = confirming.confirm(engine(), token)
    if not confirmed.grants or confirmed.opens_page:
        return redirect(request.script_root + shown.path_to(engine(), "yours", confirmed.signup.id), 303)
    chosen = next((g for g in confirmed.grants if g.file.name.endswith(f".{wish}")), confirmed.grants[0])
    return redirect(request.script_root + shown.path_to(engine(), "download", chosen.id), 303)


@readers.get("/yours/<token>")
def yours(token: str) -> ResponseReturnValue:
    """What one confirmed request brought."""
    found = confirming.yours(engine(), token)
    shown.speak(found.offer)
    if not found.grants and (found.offer is None or not shown.has_page(found.offer)):
        return render_template("confirmed.html")
    page = {"yours": shown.yours(engine(), found), "offer": found.offer, "kind": shown.kind(found.offer)}
    return render_template("yours.html", token=token, **page, **found.more)


@readers.post("/again/<token>")
def again(token: str) -> ResponseReturnValue:
    """Send a fresh link to the address the old one went to."""
    shown.speak_of(confirming.send_again(engine(), token).id)
    return render_template("again.html")


@readers.get("/download/<token>")
def download(token: str) -> ResponseReturnValue:
    """The held file, whole or a part of it."""
    wish = files.wish(request)
    grant = downloading.look(engine(), token, continues=wish.continues)
    if grant.file.is_page:
        return redirect(f"{request.script_root}/list/{token}", 303)
    answer = files.answer(engine(), grant, wish)
    if files.counts(request, answer):
        # The one write that a GET makes: a meter, so that a link passed around runs dry.
        files.meter(engine(), grant, request)
    return answer


@readers.get("/leave/<token>")
def leave_page(token: str) -> ResponseReturnValue:
    """The page with the button."""
    _whose(token, "leave")
    return render_template("leave.html")


@readers.post("/leave/<token>")
def leave(token: str) -> ResponseReturnValue:
    """Leave, from the page or by the mail program's own button (RFC 8058: no redirect, whatever the body's type)."""
    is_one_click = b"One-Click" in request.get_data()
    leaving.leave(engine(), _whose(token, "leave"), "one-click" if is_one_click else "page")
    if is_one_click:
        return Response("You will get no more letters.\n", 200, mimetype="text/plain")
    return render_template("left.html")


@readers.get("/my/<token>")
def my_page(token: str) -> ResponseReturnValue:
    """Everything held about the reader."""
    return _my(_whose(token, "my"))


@readers.post("/my/<token>")
def my(token: str) -> ResponseReturnValue:
    """Take it along, leave, or be erased."""
    lead = _whose(token, "my")
    form = parsing.form(request)
    action = form.get("action", [""])[0]
    if action == "export":
        return _exported(lead)
    if action == "leave":
        leaving.leave(engine(), lead, "page")
        return render_template("left.html")
    if action != "erase":
        raise parsing.BodyUnreadable("The form does not say what to do.")
    if not form.get("sure", [""])[0]:
        return _my(lead, shown.words()(said("Please tick the box first: erasing cannot be undone."))), 422
    erasing.erase(engine(), lead.id)
    return render_template("erased.html")


def _whose(token: str, door: str) -> Lead:
    """The person behind a link that is about no single offer; the answer is in the language of the last one asked for."""
    lead = leaving.look(engine(), token, door)
    shown.speak_of(lead.id)
    return lead


def _my(lead: Lead, mistake: str = "") -> str:
    return render_template("my.html", held=shown.held(engine(), lead), mistake=mistake)


def _exported(lead: Lead) -> Response:
    text = json.dumps(exporting.everything(engine(), lead.id), ensure_ascii=False, indent=2)
    answer = Response(text, mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="what-is-held-about-me.json"'
    return answer

"""From an error to an answer: one table. A problem (RFC 9457) for callers that speak JSON, a page for people."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, replace
from email.utils import parseaddr

from flask import Flask, Response, g, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from gatepost.actions.downloading import FileGone
from gatepost.actions.giving import AnswersRefused, OfferOver
from gatepost.actions.granting import OfferUnknown, open_offers
from gatepost.actions.previewing import DraftGone, PreviewEnded
from gatepost.actions.reporting import ArticleUnknown
from gatepost.actions.touching import TouchUnreadable
from gatepost.catalogue import CatalogueMissing, CatalogueUnreadable
from gatepost.languages.told import Sentence, Told
from gatepost.leads import GrantEnded, GrantRevoked, GrantUsedUp, LeadErased
from gatepost.offers import Offer, answering, said
from gatepost.store import DatabaseUnreachable
from gatepost.tokens import LinkExpired, LinkWrong
from gatepost.web import forms, shown
from gatepost.web.api.asked import QueryRefused
from gatepost.web.api.door import TokenMissing, TokenWrong
from gatepost.web.asking import FieldsRefused
from gatepost.web.guard import OriginRefused
from gatepost.web.parsing import BodyUnreadable, TypeUnknown
from gatepost.web.typed import ANSWER
from gatepost.web.wiring import engine

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """What an error looks like from outside. `gives_again`: a button that sends a fresh link."""

    status: int
    code: str
    title: str
    words: str = ""
    gives_again: bool = False
    names_contact: bool = False
    retry_after: int = 0

    def told(self) -> Answer:
        """The same in the language of this answer."""
        t = shown.words()
        return replace(self, title=t(self.title), words=t(self.words))


# A page says what a person can do; what exactly was wrong is for programs.
_BROKEN = said("What was sent cannot be read. Please go back, and send the form again.")
_AWAY = said("Nothing is wrong with what you sent. Please try again in a moment.")
ANSWERS: dict[type[Exception], Answer] = {
    LinkWrong: Answer(
        404,
        "link-wrong",
        said("This link is not complete"),
        said(
            "Mail programs sometimes break a long link in two. Please open it again from the letter, or copy all of it."
        ),
    ),
    LinkExpired: Answer(410, "link-old", said("This link is too old"), gives_again=True),
    GrantEnded: Answer(410, "link-ended", said("This link has ended"), gives_again=True),
    GrantUsedUp: Answer(410, "link-used-up", said("This link is used up"), gives_again=True),
    FileGone: Answer(410, "file-gone", said("This file has moved on"), gives_again=True, names_contact=True),
    GrantRevoked: Answer(410, "link-revoked", said("This link was taken back"), names_contact=True),
    PreviewEnded: Answer(410, "preview-ended", said("This link has ended")),
    DraftGone: Answer(410, "draft-gone", said("This draft has moved on")),
    LeadErased: Answer(
        410,
        "lead-erased",
        said("Nothing is held about you here"),
        said("Your details were erased, and this link with them."),
    ),
    OfferUnknown: Answer(404, "offer-unknown", said("This offer is not to be had")),
    OfferOver: Answer(410, "offer-over", said("This is over")),
    AnswersRefused: Answer(422, "fields-refused", said("Almost there")),
    FieldsRefused: Answer(422, "fields-refused", said("Almost there")),
    BodyUnreadable: Answer(400, "body-unreadable", said("This could not be read")),
    TypeUnknown: Answer(415, "type-unknown", said("This type of body is not read here")),
    TouchUnreadable: Answer(400, "touch-unreadable", "This is not a touch"),
    QueryRefused: Answer(400, "query-refused", "This cannot be asked for"),
    TokenMissing: Answer(401, "token-missing", "A token is needed here"),
    TokenWrong: Answer(401, "token-wrong", "This token opens nothing"),
    ArticleUnknown: Answer(404, "article-unknown", "There is no such article"),
    OriginRefused: Answer(403, "origin-refused", said("Not from this page")),
    DatabaseUnreachable: Answer(503, "try-again", said("One moment, please"), _AWAY, retry_after=5),
    CatalogueMissing: Answer(503, "not-ready", said("One moment, please"), _AWAY, retry_after=30),
    CatalogueUnreadable: Answer(503, "not-ready", said("One moment, please"), _AWAY, retry_after=30),
}
_HTTP = {
    400: Answer(400, "bad-request", said("This could not be read"), said("The request does not make sense here.")),
    404: Answer(
        404, "not-found", said("There is nothing here"), said("The address may be mistyped, or the page has gone.")
    ),
    405: Answer(405, "method-not-allowed", said("Not like this"), said("This address cannot be used that way.")),
    413: Answer(
        413, "too-large", said("That is too much"), said("What was sent is larger than anything this form needs.")
    ),
    415: Answer(415, "type-unknown", said("This type of body is not read here")),
}
_FAILED = Answer(500, "failed", said("Something broke on our side"), said("It was noted. Please try again later."))


def register(app: Flask) -> None:
    """Let every error of the table, of the framework and of nobody's making end in a proper answer."""
    for kind in ANSWERS:
        app.register_error_handler(kind, answer)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_unforeseen)


def wants_json() -> bool:
    """Does the caller speak JSON rather than look at pages?"""
    if request.mimetype == "application/json" or request.path == "/touch" or request.path.startswith("/api/v1/"):
        return True
    accepted = request.headers.get("Accept", "")
    return "json" in accepted and request.accept_mimetypes.best_match(["text/html", "application/json"]) != "text/html"


def answer(error: Exception) -> ResponseReturnValue:
    """The answer to an error of the table."""
    _speak_for(error)
    chosen = ANSWERS[type(error)].told()
    words = chosen.words or _words(error)
    errors = _errors(error)
    if wants_json():
        return _problem(chosen, words, errors, getattr(error, "suggestion", ""))
    is_form = chosen.status in (422, 503) and "typed" in g
    page = _form_again(chosen, words, errors, error) if is_form else _page(chosen, words)
    return _with_retry(Response(page, chosen.status, mimetype="text/html"), chosen)


def _speak_for(error: Exception) -> None:
    """In the language of the offer that it was about, where one is known."""
    slug = getattr(error, "offer", "") or getattr(error, "slug", "") or g.get("offer", "")
    try:
        shown.speak(engine().catalogue.offers.get(slug))
        if isinstance(error, LinkExpired):
            shown.speak_of(error.subject)
    except (CatalogueMissing, CatalogueUnreadable, DatabaseUnreachable):
        return


def _errors(error: Exception) -> dict[str, str]:
    """What to mend, by the name of the field."""
    found: dict[str, Sentence] = {}
    if isinstance(error, AnswersRefused):
        found = {f"{ANSWER}{key}": sentence for key, sentence in error.answers.items()}
    if isinstance(error, FieldsRefused):
        # Both kinds of mistakes at once: nobody shall mend the address and then be told of an answer.
        found = {**_wrong_answers(), **error.errors}
    return {name: shown.words()(text, **values) for name, (text, values) in found.items()}


def _wrong_answers() -> dict[str, Sentence]:
    offer = _offer_of_form()
    if offer is None:
        return {}
    wrong = answering.read(offer.terms.questions, g.typed.answers).errors
    return {f"{ANSWER}{key}": sentence for key, sentence in wrong.items()}


def _words(error: Exception) -> str:
    if isinstance(error, Told):
        return error.told(shown.words())
    if not wants_json():
        return shown.words()(_BROKEN)
    cure = getattr(error, "cure", "")
    return f"{error} {cure}".strip()


def _answer_http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()
    chosen = _HTTP.get(error.code or 500) or Answer(error.code or 500, "refused", error.name, error.description or "")
    chosen = chosen.told()
    made = (
        _problem(chosen, chosen.words, None) if wants_json() else Response(_page(chosen, chosen.words), chosen.status)
    )
    if allowed := getattr(error, "valid_methods", None):
        made.headers["Allow"] = ", ".join(sorted(allowed))
    return made


def _answer_unforeseen(error: Exception) -> ResponseReturnValue:
    log.error("%s %s failed", request.method, request.endpoint, exc_info=error)
    failed = _FAILED.told()
    return _problem(failed, failed.words, None) if wants_json() else Response(_page(failed, failed.words), 500)


def _problem(chosen: Answer, words: str, errors: dict[str, str] | None, suggestion: str = "") -> Response:
    plain: dict[str, object] = {
        "type": "about:blank",
        "title": chosen.title,
        "status": chosen.status,
        "code": chosen.code,
    }
    plain |= {"detail": words} if words else {}
    plain |= {"errors": errors} if errors else {}
    plain |= {"suggestion": suggestion} if suggestion else {}
    plain |= {"offers": [offer.slug for offer in _offers()]} if chosen.code == "offer-unknown" else {}
    return _with_retry(Response(json.dumps(plain), chosen.status, mimetype="application/problem+json"), chosen)


def _with_retry(made: Response, chosen: Answer) -> Response:
    if chosen.retry_after:
        made.headers["Retry-After"] = str(chosen.retry_after)
    return made


def _page(chosen: Answer, words: str) -> str:
    token = (request.view_args or {}).get("token", "") if chosen.gives_again else ""
    if request.endpoint in ("readers.my_page", "readers.my"):
        token = ""  # a new link of that kind is in every letter
    return render_template(
        "message.html",
        title=chosen.title,
        words=words,
        token=token,
        offers=_still_open() if chosen.status in (404, 410) else [],
        contact=parseaddr(engine().settings.mail_from)[1] if chosen.names_contact else "",
    )


def _form_again(chosen: Answer, words: str, errors: dict[str, str], error: Exception) -> str:
    is_away = chosen.status == 503
    again = forms.Again(
        title=chosen.title,
        words=words,
        errors=errors,
        suggestion=getattr(error, "suggestion", ""),
        is_away=is_away,
        contact=parseaddr(engine().settings.mail_from)[1] if is_away else "",
    )
    return forms.again(_offer_of_form(), g.typed, again)


def _offer_of_form() -> Offer | None:
    """The offer that a form was for, if there is a form and the offer can be asked for."""
    slug = g.typed.texts["offer"] if "typed" in g else ""
    return next((offer for offer in _offers() if offer.slug == slug), None)


def _still_open() -> list[Offer]:
    """Not what has just ended, nor anything else that was."""
    return [offer for offer in _offers() if not offer.terms.is_over(engine().now())]


def _offers() -> list[Offer]:
    try:
        return open_offers(engine().catalogue)
    except (CatalogueMissing, CatalogueUnreadable):
        return []

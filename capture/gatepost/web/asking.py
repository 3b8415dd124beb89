"""From a body to an Asking: every field checked, every mistake named beside its field, nothing typed lost."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus, urlsplit

from email_validator import EmailNotValidError, validate_email
from flask import Request, g
from werkzeug.exceptions import RequestEntityTooLarge

from gatepost.actions.signing_up import EVERY, Asking
from gatepost.languages.told import Sentence, Told
from gatepost.offers import said
from gatepost.offers.answering import TOO_LONG, UNSEEN
from gatepost.web import parsing

NAME_LENGTH = 200
_EMAIL_LENGTH = 320
_LIST_LENGTH = 20
_TICKED = frozenset({"on", "yes", "true", "1"})
_TEXTS = ("email", "offer", "article", "name", "page", "variant", "website", "referral")
# The name of a field that answers a question begins so.
ANSWER = "answer."
_LISTS = ("consent", "wording")
_VARIANT = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_PAGE = re.compile(r"/[!-~]{0,499}")


class FieldsRefused(Told):
    """Fields that cannot be taken as they are: field -> what to mend, as a sentence with the values it names."""

    cure = said("Mend what is named and send the form again.")

    def __init__(self, errors: Mapping[str, Sentence]):
        super().__init__(said("Something in the form needs another look."))
        self.errors = dict(errors)


@dataclass(frozen=True)
class Typed:
    """What a reader typed, kept for showing the form again: single texts, and lists for `consent` and `wording`."""

    texts: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    journey: str
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def has_ticked(self, purpose: str) -> bool:
        """Was the box of this purpose ticked, by its name or by a plain yes?"""
        return any(value == purpose or value.lower() in _TICKED for value in self.lists["consent"])


def read(request: Request) -> Asking:
    """The asking in a request. Raises BodyUnreadable, TypeUnknown, FieldsRefused, or RequestEntityTooLarge.

    The journey may be long; all the rest has to be as short as any other body.
    """
    request.max_content_length = parsing.MOST_WITH_JOURNEY
    body = request.get_data()
    if len(body) > parsing.MOST_BYTES and len(body) - _journey_length(request) > parsing.MOST_BYTES:
        raise RequestEntityTooLarge
    if parsing.is_json(request):
        return _from_json(parsing.json_object(request))
    fields = parsing.form(request)
    texts = {name: _only(fields, name) for name in _TEXTS}
    lists = {name: tuple(fields.get(name, ())) for name in _LISTS}
    answers = {name.removeprefix(ANSWER): tuple(v) for name, v in fields.items() if name.startswith(ANSWER)}
    journey = _only(fields, "journey")
    # The page of any later error shows the form again with this in it.
    g.typed = Typed(texts, lists, journey, answers)
    return replace(_checked(texts, lists, _unpacked(journey) if journey else None), answers=_clean(answers))


def _journey_length(request: Request) -> int:
    """How many bytes of a body are its journey, about."""
    try:
        if parsing.is_json(request):
            return len(json.dumps(parsing.json_object(request).get("journey")))
        return sum(len(quote_plus(text)) for text in parsing.form(request).get("journey", ()))
    except (parsing.BodyUnreadable, parsing.TypeUnknown):
        return 0


def _only(fields: Mapping[str, list[str]], name: str) -> str:
    values = fields.get(name, [""])
    if len(set(values)) > 1:
        raise parsing.BodyUnreadable(f"The field {name} stands in the form twice.")
    return values[0]


def _from_json(raw: Mapping[str, Any]) -> Asking:
    texts = {name: "" if raw.get(name) is None else raw[name] for name in _TEXTS}
    wrong: dict[str, Sentence] = {
        name: (said("This has to be text."), {}) for name, value in texts.items() if not isinstance(value, str)
    }
    lists: dict[str, tuple[str, ...]] = {}
    for name in _LISTS:
        value = _listed(raw.get(name))
        if value is None:
            wrong[name] = (said("This has to be text, or a list of texts."), {})
        else:
            lists[name] = value
    answers = _answers(raw.get("answers"), wrong)
    if wrong:
        raise FieldsRefused(wrong)
    journey = raw.get("journey")
    asking = _checked(texts, lists, _unpacked(journey) if isinstance(journey, str) and journey else journey)
    return replace(asking, answers=_clean(answers))


def _clean(answers: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    if any("\0" in text for key, texts in answers.items() for text in (key, *texts)):
        raise parsing.BodyUnreadable("A field holds a NUL character.")
    return answers


def _answers(raw: object, wrong: dict[str, Sentence]) -> Mapping[str, tuple[str, ...]]:
    if raw is None:
        return {}
    listed = {key: _listed(value) for key, value in raw.items()} if isinstance(raw, Mapping) else None
    if listed is None or any(value is None for value in listed.values()):
        wrong["answers"] = (said("This has to be an object of texts, or of lists of texts."), {})
        return {}
    return {key: value for key, value in listed.items() if value}


def _listed(value: object) -> tuple[str, ...] | None:
    if value is None or value is False:
        return ()
    if value is True:
        return ("yes",)
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        return None
    return tuple(values)


def _unpacked(journey: str) -> object:
    """The journey inside a text. What cannot be read is no reason to lose a signup: it comes back as it is."""
    try:
        return parsing.json_value(journey)
    except parsing.BodyUnreadable:
        return journey


def _checked(texts: Mapping[str, str], lists: Mapping[str, tuple[str, ...]], journey: object) -> Asking:
    if any("\0" in text for text in (*texts.values(), *lists["consent"], *lists["wording"])):
        raise parsing.BodyUnreadable("A field holds a NUL character.")
    g.offer = texts["offer"]  # whatever is wrong is said in its language
    email, refusal = address(texts["email"])
    errors: dict[str, Sentence] = {"email": (refusal, {})} if refusal else {}
    name = texts["name"].strip()
    if len(name) > NAME_LENGTH:
        errors["name"] = (TOO_LONG, {"most": NAME_LENGTH})
    elif has_controls(name):
        errors["name"] = (UNSEEN, {})
    if errors:
        raise FieldsRefused(errors)
    ticked = tuple(value for value in lists["consent"] if value)[:_LIST_LENGTH]
    return Asking(
        email=email,
        offer=texts["offer"],
        article=texts["article"],
        name=unicodedata.normalize("NFC", name),
        page=_page(texts["page"]),
        variant=texts["variant"] if _VARIANT.fullmatch(texts["variant"]) else "",
        purposes=tuple(EVERY if value.lower() in _TICKED else value for value in ticked),
        wordings=tuple(value for value in lists["wording"] if value)[:_LIST_LENGTH],
        journey=journey,
        is_trapped=bool(texts["website"].strip()),
        referral=texts["referral"][:300],
    )


def has_controls(text: str) -> bool:
    """Does a text hold control characters or line ends? Those belong in no name and no header."""
    return any(unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cs") for char in text)


@lru_cache(maxsize=4096)
def address(typed: str) -> tuple[str, str]:
    """A normalised address and "", or "" and what is wrong with the typed one. Asks no name server."""
    text = typed.strip(" \t\r\n")
    if not text:
        return "", said("Please type your e-mail address.")
    if len(text) > _EMAIL_LENGTH:
        return "", said("This address is too long to be one.")
    # KELVIN SIGN and its like look foreign and turn into plain letters: somebody else's address, then.
    if any(ord(char) > 127 and unicodedata.normalize("NFC", char).isascii() for char in text):
        return "", said("This address holds a letter that only looks like another. Please type it again.")
    try:
        found = validate_email(text, check_deliverability=False, test_environment=True)
    except (EmailNotValidError, ValueError, RecursionError):
        return "", _why(text)
    return found.normalized, ""


def _why(text: str) -> str:
    """What is most likely wrong with an address that is none."""
    before, at, after = text.rpartition("@")
    if not at:
        return said("An address needs an @ in it, as in name@example.org.")
    if not before or not after:
        return said("Something is missing before or after the @, as in name@example.org.")
    if "." not in after.strip(".") and not after.startswith("["):
        return said("After the @ comes a name with a dot in it, as in name@example.org.")
    if any(char.isspace() for char in text):
        return said("An address has no blanks in it.")
    return said("This does not look like an e-mail address. Please look at it again.")


def _page(text: str) -> str:
    """The path of the page with the form, as evidence of where permission was given; "" when it is no path."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return path if _PAGE.fullmatch(path) else ""

"""From a body to an Asking: every field checked, every mistake named beside its field, nothing typed lost."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from urllib.parse import quote_plus, urlsplit

from email_validator import EmailNotValidError, validate_email
from flask import Request, g
from werkzeug.exceptions import RequestEntityTooLarge

from gatepost.actions.signing_up import EVERY, Asking
from gatepost.languages.told import Sentence, Told
from gatepost.leads import mistyped
from gatepost.offers import said
from gatepost.offers.answering import TOO_LONG, UNSEEN
from gatepost.web import parsing
from gatepost.web.typed import ANSWER, EMAIL_LENGTH, NAME_LENGTH, TICKED, Typed

DID_YOU_MEAN = said("Did you mean %(address)s?")
_LIST_LENGTH = 20
_JOURNEY_LENGTH = 64 * 1024
# `sure` is an address that looks mistyped and is right; `suggested` the one that was chosen instead.
_TEXTS = ("email", "offer", "article", "name", "page", "variant", "website", "referral", "sure", "suggested")
# What may be long: the first two are shown again with what is wrong with them.
_LONG = ("email", "name", "journey")
# Bytes that stand around each field of a multipart body, about.
_PART = 130
_LISTS = ("consent", "wording")
_VARIANT = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
_PAGE = re.compile(r"/[!-~]{0,499}")


class FieldsRefused(Told):
    """Fields that cannot be taken as they are: field -> what to mend, as a sentence with the values it names.

    `suggestion` is the address that was most likely meant, if that is what is wrong.
    """

    cure = said("Mend what is named and send the form again.")

    def __init__(self, errors: Mapping[str, Sentence], suggestion: str = ""):
        super().__init__(said("Something in the form needs another look."))
        self.errors = dict(errors)
        self.suggestion = suggestion


def read(request: Request) -> Asking:
    """The asking in a request. Raises BodyUnreadable, TypeUnknown, FieldsRefused, or RequestEntityTooLarge.

    What readers type, and their journey, may be long; all the rest has to be as short as any other body.
    """
    request.max_content_length = parsing.MOST_SIGNUP
    request.max_form_parts = parsing.MOST_SIGNUP_FIELDS
    length = len(request.get_data())
    try:
        fields = _json_fields(request) if parsing.is_json(request) else _form_fields(request)
    except (parsing.BodyUnreadable, parsing.TypeUnknown):
        if length > parsing.MOST_BYTES:
            raise RequestEntityTooLarge from None
        raise
    if length > parsing.MOST_BYTES and length - fields.length > parsing.MOST_BYTES:
        raise RequestEntityTooLarge
    if fields.wrong:
        raise FieldsRefused(fields.wrong)
    # Whatever is wrong is said in the language of the offer, and the page of any later error shows all this again.
    g.offer = fields.texts["offer"]
    _refuse_nul(fields)
    g.typed = typed = Typed(_settled(fields.texts), fields.lists, fields.answers, _kept_journey(fields.journey))
    return replace(_checked(typed.texts, typed.lists, _journey(fields.journey)), answers=typed.answers)


@dataclass(frozen=True)
class _Fields:
    """A body, taken apart. `length` is how many bytes of it are what a reader typed, and the journey, about."""

    texts: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    answers: Mapping[str, tuple[str, ...]]
    journey: object
    length: int
    wrong: Mapping[str, Sentence] = field(default_factory=dict)


def _form_fields(request: Request) -> _Fields:
    raw = parsing.form(request, parsing.MOST_SIGNUP_FIELDS)
    answers = {name.removeprefix(ANSWER): tuple(v) for name, v in raw.items() if name.startswith(ANSWER)}
    if sum(len(values) for name, values in raw.items() if not name.startswith(ANSWER)) > parsing.MOST_FIELDS:
        raise parsing.BodyUnreadable("The form holds too many fields.")
    frame = _PART if request.mimetype == "multipart/form-data" else 0
    long = [(n, text) for n, values in raw.items() if n in _LONG or n.startswith(ANSWER) for text in values]
    return _Fields(
        {name: _only(raw, name) for name in _TEXTS},
        {name: tuple(raw.get(name, ())) for name in _LISTS},
        answers,
        _only(raw, "journey") or None,
        sum(frame + len(name) + len(quote_plus(text)) for name, text in long),
    )


def _only(fields: Mapping[str, list[str]], name: str) -> str:
    values = fields.get(name, [""])
    if len(set(values)) > 1:
        raise parsing.BodyUnreadable(f"The field {name} stands in the form twice.")
    return values[0]


def _json_fields(request: Request) -> _Fields:
    raw = parsing.json_object(request)
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
    length = sum(_length(raw[name]) for name in (*_LONG, "answers") if name in raw)
    return _Fields(texts, lists, answers, raw.get("journey"), length, wrong)


def _length(value: object) -> int:
    try:
        return len(json.dumps(value))
    except RecursionError:
        return 0


def _refuse_nul(fields: _Fields) -> None:
    lists = (*fields.lists.values(), *fields.answers.values(), tuple(fields.answers), tuple(fields.texts.values()))
    if any("\0" in text for texts in lists for text in texts):
        raise parsing.BodyUnreadable("A field holds a NUL character.")


def _settled(texts: Mapping[str, str]) -> Mapping[str, str]:
    """The address that was suggested in place of the one that was typed, if it was chosen."""
    chosen = texts["suggested"]
    return {**texts, "email": chosen} if chosen and mistyped.suggestion(address(texts["email"])[0]) == chosen else texts


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


def _journey(raw: object) -> object:
    """The journey, unpacked if it is a text. What cannot be read is no reason to lose a signup: it comes back as it is."""
    if not isinstance(raw, str) or not raw:
        return raw
    try:
        return parsing.json_value(raw) if len(raw) <= _JOURNEY_LENGTH else raw
    except parsing.BodyUnreadable:
        return raw


def _kept_journey(raw: object) -> str:
    return raw if isinstance(raw, str) and len(raw) <= _JOURNEY_LENGTH else ""


def _checked(texts: Mapping[str, str], lists: Mapping[str, tuple[str, ...]], journey: object) -> Asking:
    email, refusal = address(texts["email"])
    errors: dict[str, Sentence] = {"email": (refusal, {})} if refusal else {}
    meant = "" if address(texts["sure"])[0] == email else mistyped.suggestion(email)
    if meant:
        errors["email"] = (DID_YOU_MEAN, {"address": meant})
    name = texts["name"].strip()
    if len(name) > NAME_LENGTH:
        errors["name"] = (TOO_LONG, {"most": NAME_LENGTH})
    elif has_controls(name):
        errors["name"] = (UNSEEN, {})
    if errors:
        raise FieldsRefused(errors, meant)
    ticked = tuple(value for value in lists["consent"] if value)[:_LIST_LENGTH]
    return Asking(
        email=email,
        offer=texts["offer"],
        article=texts["article"],
        name=unicodedata.normalize("NFC", name),
        page=_page(texts["page"]),
        variant=texts["variant"] if _VARIANT.fullmatch(texts["variant"]) else "",
        purposes=tuple(EVERY if value.lower() in TICKED else value for value in ticked),
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
    if len(text) > EMAIL_LENGTH:
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

"""Answers to an offer's questions: checked against what was asked, so that nothing made up is ever stored."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gatepost.offers.kind import said
from gatepost.offers.terms import CHOICE, PHONE, SCALE, SEVERAL, Question

MISSING = said("Please answer this one.")
ONE_ONLY = said("Please choose one.")
NOT_OFFERED = said("Please choose from what is offered.")
TOO_LONG = said("Please shorten this to %(most)s characters.")
NO_PHONE = said("This does not look like a telephone number.")
UNSEEN = said("This holds characters that cannot be seen. Please type it again.")

_PHONE = re.compile(r"[+(]?[0-9][0-9 ()./-]{4,38}")
_LINES = frozenset("\n\t")


@dataclass(frozen=True)
class Answers:
    """What was answered, by the key of its question; what is wrong, by the same keys; and how many keys nobody asked for.

    A sentence in `errors` is one of this module's, with the values it needs.
    """

    given: Mapping[str, tuple[str, ...]]
    errors: Mapping[str, tuple[str, Mapping[str, object]]]
    unknown: int


def read(questions: Sequence[Question], raw: Mapping[str, Sequence[str]]) -> Answers:
    """Answers in the order of their questions; empty ones are left out."""
    given: dict[str, tuple[str, ...]] = {}
    errors: dict[str, tuple[str, Mapping[str, object]]] = {}
    for question in questions:
        texts = tuple(dict.fromkeys(text for one in raw.get(question.key, ()) if (text := _clean(one))))
        if wrong := _wrong(question, texts):
            errors[question.key] = (wrong, {"most": question.most} if wrong == TOO_LONG else {})
        elif texts:
            given[question.key] = texts
    known = {question.key for question in questions}
    return Answers(given, errors, sum(key not in known for key in raw))


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _wrong(question: Question, texts: tuple[str, ...]) -> str:
    """The first thing that is wrong with the answers to one question; "" for nothing."""
    if not texts:
        return MISSING if question.is_required else ""
    if len(texts) > 1 and question.form != SEVERAL:
        return ONE_ONLY
    if question.form in (CHOICE, SEVERAL, SCALE):
        return "" if all(text in question.choices for text in texts) else NOT_OFFERED
    text = texts[0]
    if len(text) > question.most:
        return TOO_LONG
    if any(unicodedata.category(char) in ("Cc", "Cs") and char not in _LINES for char in text):
        return UNSEEN
    return NO_PHONE if question.form == PHONE and not _PHONE.fullmatch(text) else ""

"""Giving: what each kind of offer does when it is asked for, and when the button in the letter was pressed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from gatepost.actions import granting
from gatepost.actions.giving import contest, meeting, question, survey
from gatepost.actions.giving.giving import AnswersRefused, Giving, OfferOver
from gatepost.engine import Engine
from gatepost.leads import Signup
from gatepost.offers import Offer, answering
from gatepost.store import Transaction

FILES = Giving()
# What is not named here gives files and nothing else. To add one: one file beside this, one line here.
GIVING: dict[str, Giving] = {
    "survey": survey.GIVING,
    "question": question.GIVING,
    "contest": contest.GIVING,
    "webinar": meeting.GIVING,
    "event": meeting.GIVING,
}


def of(offer: Offer) -> Giving:
    """What an offer's kind does."""
    return GIVING.get(offer.kind, FILES)


def answers(offer: Offer, raw: Mapping[str, tuple[str, ...]], dropped: Counter[str]) -> Mapping[str, tuple[str, ...]]:
    """The answers to keep; what nobody asked for is counted in `dropped`. Raises AnswersRefused."""
    found = answering.read(offer.terms.questions, raw)
    if found.errors:
        raise AnswersRefused(found.errors)
    if found.unknown:
        dropped["unknown-question"] += found.unknown
    return found.given


def referrer(engine: Engine, tx: Transaction, offer: Offer, token: str, dropped: Counter[str]) -> UUID | None:
    """The request behind the link that a friend passed on, if it is a good one for this offer."""
    return of(offer).referrer(engine, tx, offer, token, dropped) if token else None


def give(engine: Engine, tx: Transaction, signup: Signup) -> None:
    """What a confirmed request brings: files, a seat, an entry, in the transaction that confirms it."""
    granting.give(engine, tx, signup)
    offer = engine.catalogue.offers.get(signup.offer)
    if offer is not None:
        of(offer).confirmed(engine, tx, signup, offer)


def letter_for(engine: Engine, signup: Signup) -> str:
    """The letter owed once a request is confirmed: an entry of LETTERS."""
    offer = engine.catalogue.offers.get(signup.offer)
    return of(offer).letter if offer else FILES.letter


__all__ = [
    "FILES",
    "GIVING",
    "AnswersRefused",
    "Giving",
    "OfferOver",
    "answers",
    "give",
    "letter_for",
    "of",
    "referrer",
]

"""Two offers that ask: a survey whose answers choose what is given, and a question that becomes a follow-up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from gatepost import catalogue
from gatepost.actions import confirming, signing_up
from gatepost.actions.signing_up import Asking
from gatepost.engine import Engine
from gatepost.leads import Signup, email_key
from gatepost.offers import KINDS, Draft, Offer, Terms
from gatepost.store import leads, outbox
from gatepost.store.outbox import Owed
from tests.conftest import LETTERS

SURVEY_LINES = (
    "How did you find us? {#source} | choice | Search, LinkedIn, A friend | required",
    "What hurts most? {#pain} | several | Too little time; Too few readers, or none",
    "How sure are you? {#sure} | scale | 1-5 | not at all, entirely",
    "What should we write about? {#wish} | long",
)
ENDINGS = ("source = LinkedIn -> checklist", "pain = Too little time -> ebook")


def survey(*lines: str, ending: tuple[str, ...] = ENDINGS, **more: Any) -> Offer:
    """A survey as its writer's lines make it."""
    draft = Draft("survey", title="One minute, please", fields={"questions": lines or SURVEY_LINES, "ending": ending})
    return _offer("survey", "One minute, please", KINDS["survey"].terms(draft), **more)


def question(**fields: str) -> Offer:
    """A question as its writer's lines make it."""
    draft = Draft("question", title="Ask us", fields={name: (line,) for name, line in fields.items()})
    return _offer("question", "Ask us", KINDS["question"].terms(draft))


def publish(engine: Engine, *offers: Offer) -> None:
    """Build the site again with these offers added, or put in the place of their namesakes."""
    known = engine.catalogue
    catalogue.write(replace(known, offers={**known.offers, **{o.slug: o for o in offers}}), engine.settings.data_dir)


def withdraw(engine: Engine, slug: str) -> None:
    """Build the site again without an offer."""
    known = engine.catalogue
    kept = {name: offer for name, offer in known.offers.items() if name != slug}
    catalogue.write(replace(known, offers=kept), engine.settings.data_dir)


def answers(engine: Engine, email: str, given: Mapping[str, tuple[str, ...]], **asking: Any) -> Signup:
    """Somebody answers and waits for the letter."""
    asked = Asking(email, **{"offer": "survey", "article": "first-steps", **asking}, answers=given)
    signing_up.sign_up(engine, asked)
    return latest(engine, email, asked.offer)


def confirms(engine: Engine, email: str, given: Mapping[str, tuple[str, ...]], **asking: Any) -> Signup:
    """Somebody answers and presses the button in the letter."""
    signup = answers(engine, email, given, **asking)
    confirming.confirm(engine, engine.tokens.sign("confirm", signup.id, engine.now()))
    return latest(engine, email, signup.offer)


def latest(engine: Engine, email: str, offer: str = "survey") -> Signup:
    """The newest request for an offer. Two of one moment cannot be told apart: let the clock go on between them."""
    with engine.database.reading() as tx:
        return [one for one in leads.signups_of(tx, lead_id(engine, email)) if one.offer == offer][-1]


def lead_id(engine: Engine, email: str) -> UUID:
    with engine.database.reading() as tx:
        found = leads.by_key(tx, email_key(email))
    assert found is not None
    return found.id


def letters(engine: Engine, email: str) -> list[Owed]:
    with engine.database.reading() as tx:
        return outbox.of_lead(tx, lead_id(engine, email))


def _offer(kind: str, title: str, terms: Terms, **more: Any) -> Offer:
    return Offer(
        kind, title, "A summary.", kind, f"/offers/{kind}.html", (LETTERS,), language="en", terms=terms, **more
    )

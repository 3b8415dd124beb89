"""The page with a form: the first that a reader sees of an offer, or the form again with everything that was typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from flask import render_template

from gatepost.offers import Offer
from gatepost.web import shown
from gatepost.web.typed import ANSWER, Typed


@dataclass(frozen=True)
class Again:
    """Why a form is shown again. `errors` are sentences by the name of their field; `is_away`: it is our fault, and asking
    again may help. `suggestion` is the address that was probably meant, `contact` where a letter reaches the owner.
    """

    title: str
    words: str
    errors: Mapping[str, str] = field(default_factory=dict)
    suggestion: str = ""
    is_away: bool = False
    contact: str = ""


@dataclass(frozen=True)
class Mistake:
    """One line of what is wrong: where on the page (empty: nowhere to be seen), which question, and what."""

    place: str
    label: str
    text: str


def first(offer: Offer, **hidden: str) -> str:
    """An empty form, for doors that lead straight to it; `hidden` fields go along, such as `referral` or `article`."""
    shown.speak(offer)
    typed = Typed({"offer": offer.slug, **hidden}, {"wording": tuple(wording.hash for wording in offer.wordings)})
    return render_template("ask.html", offer=offer, kind=shown.kind(offer), typed=typed, again=None, errors={})


def again(offer: Offer | None, typed: Typed, why: Again) -> str:
    """The form with everything typed in it; without its offer what was answered goes along unseen."""
    shown.speak(offer)
    mistakes = list(_mistakes(offer, why.errors))
    return render_template(
        "ask.html",
        offer=offer,
        kind=shown.kind(offer),
        typed=typed,
        again=why,
        errors=why.errors,
        mistakes=mistakes,
        first_wrong=next((mistake.place for mistake in mistakes if mistake.place), ""),
    )


def _mistakes(offer: Offer | None, errors: Mapping[str, str]) -> Iterator[Mistake]:
    """What is wrong, in the order of the page."""
    t = shown.words()
    left = dict(errors)
    for question in offer.terms.questions if offer else ():
        if text := left.pop(f"{ANSWER}{question.key}", ""):
            yield Mistake(f"answer-{question.key}", t(question.label), text)
    for name, label in (("name", t("Your name")), ("email", t("Your e-mail address"))):
        if text := left.pop(name, ""):
            yield Mistake(name, label, text)
    yield from (Mistake("", name, text) for name, text in left.items())

"""The cast: invented names, addresses of domains that are reserved for examples, and what people type into forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from gatepost.offers import Question
from gatepost.offers.terms import CHOICE, LONG, PHONE, SCALE, SEVERAL

_FIRST = (
    "Ada", "Bo", "Cleo", "Dara", "Edda", "Finn", "Greta", "Hugo", "Ines", "Jonas", "Kaya", "Liv", "Milo", "Nora", "Otto",
    "Pia", "Quirin", "Rosa", "Sami", "Thea", "Ugo", "Vera", "Wim", "Xenia", "Yara", "Zeno",
)  # fmt: skip
_LAST = (
    "Ambersail", "Birchlow", "Copperwell", "Dovecrest", "Elmstead", "Fernhollow", "Gorsewick", "Hazelmoor", "Inkpen",
    "Juniperton", "Kestrelby", "Larkspur", "Mossbridge", "Nettlefield", "Oakhanger", "Pebblecombe", "Quillfeather",
    "Rowanberry", "Sorrelbank", "Thistledown", "Umberstone", "Violetdale", "Willowmere", "Yarrowgate",
)  # fmt: skip
_DOMAINS = ("example.org", "example.com", "example.net")
_ASKED = (
    "We write one article a month and nobody answers. Is that too few?",
    "Which of our three forms should go first if we may keep one only?",
    "Our best client read eleven pages before calling. Is that usual?",
    "We have 60 leads in a year. What can we tell from so few?",
    "How long should a checklist be for people who read on a phone?",
    "May we write to everybody who gave us a business card?",
    "Is it worth translating the two articles that are read most?",
)
_WISHES = (
    "How to say no to a project",
    "Prices: when to name them",
    "An example from a firm of three",
    "What to do with old articles",
    "How to interview a client",
    "Writing when nobody has time",
)


def cast(dice: Random) -> Iterator[tuple[str, str]]:
    """Names with addresses, none of them twice."""
    number = 0
    while True:
        number += 1
        first, last = dice.choice(_FIRST), dice.choice(_LAST)
        yield f"{first} {last}", f"{first}.{last}{number}@{dice.choice(_DOMAINS)}".lower()


def answers(dice: Random, questions: Sequence[Question]) -> Mapping[str, tuple[str, ...]]:
    """What somebody answers: everything required, and most of the rest."""
    return {one.key: _answer(dice, one) for one in questions if one.is_required or dice.random() < 0.7}


def _answer(dice: Random, question: Question) -> tuple[str, ...]:
    if question.form == SEVERAL:
        return tuple(dice.sample(question.choices, k=min(len(question.choices), dice.choice((1, 1, 2)))))
    if question.form in (CHOICE, SCALE):
        # People agree more than chance would: the first choices are taken more often.
        weights = [len(question.choices) - place + 1 for place in range(len(question.choices))]
        return (dice.choices(question.choices, weights)[0],)
    if question.form == PHONE:
        return (f"+49 30 5550{dice.randint(100, 199)}",)
    if question.form == LONG:
        return (dice.choice(_ASKED if question.is_required else _WISHES),)
    return (dice.choice(("Mornings", "After four", "Any time")),)

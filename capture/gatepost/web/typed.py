"""What a reader typed into a form: kept through every failure, so that the page with the form again has it all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gatepost.offers.terms import Question

NAME_LENGTH = 200
EMAIL_LENGTH = 320
# The name of a field that answers a question begins so.
ANSWER = "answer."
# What an HTML checkbox, or somebody's program, says instead of a purpose.
TICKED = frozenset({"on", "yes", "true", "1"})
_CUT = {"email": EMAIL_LENGTH, "name": NAME_LENGTH, "website": NAME_LENGTH}


@dataclass(frozen=True)
class Typed:
    """Single texts, lists for `consent` and `wording`, answers by the key of their question, and the journey as text."""

    texts: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    journey: str = ""

    def text(self, name: str) -> str:
        """A single field, cut to what fits into it."""
        return self.texts.get(name, "")[: _CUT.get(name)]

    def has_ticked(self, purpose: str) -> bool:
        """Was the box of this purpose ticked, by its name or by a plain yes?"""
        return any(value == purpose or value.lower() in TICKED for value in self.lists.get("consent", ()))

    def has_chosen(self, question: Question, choice: str) -> bool:
        """Was this one chosen?"""
        return choice in self.answers.get(question.key, ())

    def answer(self, question: Question) -> str:
        """An answer in words, cut to what fits."""
        return next(iter(self.answers.get(question.key, ())), "")[: question.most]

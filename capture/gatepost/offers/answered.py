"""Answers as people read them: below what was asked, in its order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gatepost.offers.terms import SCALE, Question


@dataclass(frozen=True)
class Answered:
    """One question and its answer as one text. `label` is not translated: most are a writer's own words.

    `form` is that of the question, "" where it is no longer asked.
    """

    label: str
    text: str
    form: str = ""


def answered(questions: Sequence[Question], answers: Mapping[str, Sequence[str]]) -> tuple[Answered, ...]:
    """What was answered, in the order of the questions; what is no longer asked follows under its key."""
    asked = {question.key: question for question in questions}
    keys = [*asked, *(key for key in answers if key not in asked)]
    return tuple(_one(asked.get(key), key, answers[key]) for key in keys if answers.get(key))


def _one(question: Question | None, key: str, texts: Sequence[str]) -> Answered:
    text = "; ".join(texts)
    if question is None:
        return Answered(key, text)
    if question.form == SCALE and question.ends:
        low, high = question.choices[0], question.choices[-1]
        text += f" ({low} = {question.ends[0]}, {high} = {question.ends[1]})"
    return Answered(question.label, text, question.form)

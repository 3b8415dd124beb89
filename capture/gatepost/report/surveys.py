"""The results of a survey: how many answered what, with the number of people behind every share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from gatepost.offers.terms import CHOICE, SCALE, SEVERAL, Question

COUNTED = (CHOICE, SEVERAL, SCALE)


@dataclass(frozen=True)
class Took:
    """Distinct leads: who asked, who confirmed, who confirmed more than once, and who was erased since."""

    requested: int = 0
    confirmed: int = 0
    again: int = 0
    erased: int = 0


@dataclass(frozen=True)
class Given:
    """One person's answers that count; `article` is the slug of the page they were given on."""

    lead_id: UUID
    email: str
    article: str
    channel: str
    confirmed_at: datetime
    times: int
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Counted:
    """One answer: how many gave it, and which share of those who answered the question. Not `is_offered`: once it was."""

    text: str
    count: int
    share: float
    is_offered: bool = True


@dataclass(frozen=True)
class Result:
    """One question: `n` people answered it. Answers in words have no `counted`; `mean` is that of a scale.

    `is_asked` False: the survey has changed since, and `label` is all that is left, the key.
    """

    key: str
    label: str
    form: str
    n: int
    counted: tuple[Counted, ...] = ()
    mean: float | None = None
    ends: tuple[str, ...] = ()
    is_asked: bool = True

    @property
    def top(self) -> str:
        """The last of the answers that are offered."""
        return next((one.text for one in reversed(self.counted) if one.is_offered), "")


@dataclass(frozen=True)
class Results:
    """A whole survey; questions that are no longer asked stand last."""

    slug: str
    title: str
    took: Took
    results: tuple[Result, ...]


def compose(
    slug: str,
    title: str,
    questions: Sequence[Question],
    took: Took,
    answered: Mapping[str, int],
    counts: Mapping[str, Mapping[str, int]],
) -> Results:
    """Results in the order of the questions. `answered` is people by question, `counts` by question and answer."""
    asked = [_result(one, answered.get(one.key, 0), counts.get(one.key, {})) for one in questions]
    keys = {one.key for one in questions}
    gone = [_gone(key, n, counts.get(key, {})) for key, n in sorted(answered.items()) if key not in keys]
    return Results(slug, title, took, (*asked, *gone))


def _result(question: Question, n: int, counts: Mapping[str, int]) -> Result:
    if question.form not in COUNTED:
        return Result(question.key, question.label, question.form, n)
    offered = [Counted(text, counts.get(text, 0), _share(counts.get(text, 0), n)) for text in question.choices]
    taken_back = [
        Counted(text, count, _share(count, n), is_offered=False)
        for text, count in counts.items()
        if text not in question.choices
    ]
    mean = _mean(counts) if question.form == SCALE else None
    return Result(
        question.key, question.label, question.form, n, (*offered, *taken_back), mean=mean, ends=question.ends
    )


def _gone(key: str, n: int, counts: Mapping[str, int]) -> Result:
    counted = tuple(Counted(text, count, _share(count, n), is_offered=False) for text, count in counts.items())
    return Result(key, key, "", n, counted, is_asked=False)


def _share(count: int, n: int) -> float:
    return count / n if n else 0.0


def _mean(counts: Mapping[str, int]) -> float | None:
    numbers = {int(text): count for text, count in counts.items() if text.isascii() and text.isdecimal()}
    n = sum(numbers.values())
    return sum(number * count for number, count in numbers.items()) / n if n else None

"""Questions as writers write them, one a line: what is asked, how it is answered, and what may be answered."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from gatepost.offers.kind import Mistake
from gatepost.offers.terms import CHOICE, LONG, PHONE, SCALE, SEVERAL, TEXT, Question

# More than anybody finishes.
MOST_QUESTIONS = 30
MOST_NUMBERS = 11
KEY_LENGTH = 64
FORMS = (CHOICE, SEVERAL, SCALE, TEXT, LONG, PHONE)
EXAMPLE = "How did you find us? | choice | Search, LinkedIn, A friend"

_KEY = re.compile(r"\{\s*#\s*(?P<key>[^{}]*?)\s*\}$")
_GOOD_KEY = re.compile(r"[\w-]{1,64}")
_RANGE = re.compile(r"(?P<low>\d{1,4})\s*(?:-|–|to|\.\.)\s*(?P<high>\d{1,4})")
_NEED = {"required": True, "optional": False}


@dataclass
class Read:
    """Questions in their order, and everything that is wrong with their lines."""

    questions: list[Question] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)


class _Wrong(Exception):
    """What is wrong with one line, and its cure."""


def read(lines: Sequence[str]) -> Read:
    """The questions of the lines of `Questions:`. A mistake's field is the line itself."""
    found = Read()
    if len(lines) > MOST_QUESTIONS:
        problem = f"these are {len(lines)} questions, and nobody answers more than {MOST_QUESTIONS}"
        found.mistakes.append(Mistake(lines[MOST_QUESTIONS], problem, "Keep those whose answers you will act upon."))
    of_line: list[tuple[str, Question]] = []
    for line in lines:
        try:
            of_line.append((line, _question(line)))
        except _Wrong as wrong:
            found.mistakes.append(Mistake(line, *wrong.args))
    found.questions.extend(question for _, question in of_line)
    found.mistakes.extend(_twice(of_line))
    return found


def pieces(text: str) -> tuple[str, ...]:
    """Choices cut at semicolons where there is one, or else at commas."""
    separator = ";" if ";" in text else ","
    return tuple(" ".join(piece.split()) for piece in text.split(separator) if piece.strip())


def nearest(name: str, known: Iterable[str]) -> str:
    """ "Did you mean ...?", or all there are to choose from."""
    names = {one.casefold(): one for one in known}
    near = difflib.get_close_matches(name.casefold(), names, n=1)
    if near:
        return f"Did you mean {names[near[0]]!r}?"
    return f"Use one of: {', '.join(names.values()) or 'none yet'}."


def key_of(label: str) -> str:
    """A key made from a label: its letters and digits, without accents, with hyphens between."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", label.casefold()) if unicodedata.category(c) != "Mn")
    whole = unicodedata.normalize("NFC", plain)
    return re.sub(r"[\W_]+", "-", whole).strip("-")[:KEY_LENGTH].strip("-")


def _question(line: str) -> Question:
    label, *parts = (part.strip() for part in line.split("|"))
    is_required = False
    if parts and parts[-1].casefold() in _NEED:
        is_required = _NEED[parts.pop().casefold()]
    label, key = _label_and_key(label)
    form = parts.pop(0).casefold() if parts else TEXT
    if form not in FORMS:
        cure = f"{nearest(form, FORMS)} What is asked comes first, then how it is answered: `{EXAMPLE}`"
        raise _Wrong(f"there is no form of question {form!r}", cure)
    plain = Question(key, label, form, is_required=is_required)
    if form in (CHOICE, SEVERAL):
        return _with_choices(plain, parts)
    if form == SCALE:
        return _with_scale(plain, parts)
    _nothing_left(parts, form)
    return plain


def _label_and_key(text: str) -> tuple[str, str]:
    own = _KEY.search(text)
    label = " ".join((text[: own.start()] if own else text).split())
    if not label:
        raise _Wrong("the line asks nothing", f"Begin with what is asked: `{EXAMPLE}`")
    key = own["key"] if own else key_of(label)
    if not _GOOD_KEY.fullmatch(key):
        cure = "Write a key of letters, digits and hyphens behind the question: `Why? {#why} | text`"
        raise _Wrong(f"{key!r} cannot be the key of a question", cure)
    return label, key


def _with_choices(question: Question, parts: list[str]) -> Question:
    choices = pieces(parts.pop(0)) if parts else ()
    if len(choices) < 2:
        problem = "there is nothing to choose from" if not choices else "there is only one choice"
        raise _Wrong(problem, f"Write the choices behind one more bar, commas between them: `{EXAMPLE}`")
    seen: set[str] = set()
    for choice in choices:
        if choice.casefold() in seen:
            raise _Wrong(f"the choice {choice!r} stands there twice", "Keep one of the two.")
        seen.add(choice.casefold())
    _nothing_left(parts, question.form)
    return replace(question, choices=choices)


def _with_scale(question: Question, parts: list[str]) -> Question:
    example = "`How sure are you? | scale | 1-5 | not at all, entirely`"
    written = parts.pop(0) if parts else ""
    match = _RANGE.fullmatch(written.casefold())
    if not match:
        raise _Wrong(f"{written!r} is no range of numbers", f"Write the first and the last number: {example}")
    low, high = int(match["low"]), int(match["high"])
    if not 2 <= high - low + 1 <= MOST_NUMBERS:
        cure = f"Let it have 2 to {MOST_NUMBERS} numbers, the smaller first: {example}"
        raise _Wrong(f"a scale from {low} to {high} cannot be answered", cure)
    ends = pieces(parts.pop(0)) if parts else ()
    if len(ends) not in (0, 2):
        raise _Wrong("a scale has two ends", f"Write two words, or none, with a comma between: {example}")
    _nothing_left(parts, SCALE)
    return replace(question, choices=tuple(map(str, range(low, high + 1))), ends=ends)


def _nothing_left(parts: list[str], form: str) -> None:
    if parts:
        cure = "Take it out; only `required` may stand at the end. A choice cannot hold a bar."
        raise _Wrong(f"{parts[0]!r} means nothing in a question of the form {form!r}", cure)


def _twice(of_line: Iterable[tuple[str, Question]]) -> Iterator[Mistake]:
    """Questions that could not be told apart: the same words, or the same key."""
    keys: dict[str, Question] = {}
    labels: set[str] = set()
    for line, question in of_line:
        if question.label.casefold() in labels:
            yield Mistake(line, f"{question.label!r} is asked twice", "Keep one of the two.")
        elif question.key in keys:
            problem = f"{question.label!r} has the key of {keys[question.key].label!r}: {question.key!r}"
            yield Mistake(line, problem, "Give one of them a key of its own: `Why? {#why} | text`")
        labels.add(question.label.casefold())
        keys.setdefault(question.key, question)

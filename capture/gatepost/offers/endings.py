"""Where a survey ends: which offer its answers choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gatepost.offers.kind import Mistake
from gatepost.offers.questions import nearest
from gatepost.offers.terms import Ending, Question, Terms

EXAMPLE = "`Ending: How did you find us? = LinkedIn -> OFFER`, or `Ending: OFFER` for everybody"


def read(lines: Sequence[str], questions: Sequence[Question]) -> tuple[list[Ending], list[Mistake]]:
    """The endings of the lines of `Ending:`, and what is wrong with them. A mistake's field is the line itself.

    Whether the offers are there is for somebody to say who knows them all.
    """
    endings: list[Ending] = []
    mistakes: list[Mistake] = []
    for line in lines:
        found = _ending(line, questions)
        if isinstance(found, Mistake):
            mistakes.append(found)
        elif any((one.question, one.choice) == (found.question, found.choice) for one in endings):
            what = "these answers" if found.question else "everybody else"
            mistakes.append(Mistake(line, f"there is an ending for {what} already", "Keep one of the two."))
        else:
            endings.append(found)
    return endings, mistakes


def chosen(terms: Terms, answers: Mapping[str, Sequence[str]]) -> str:
    """The slug of the offer that answers choose: the first ending that fits, or else the one for everybody; "" for none."""
    fitting = [one for one in terms.endings if one.question and one.choice in answers.get(one.question, ())]
    fitting += [one for one in terms.endings if not one.question]
    return fitting[0].offer if fitting else ""


def _ending(line: str, questions: Sequence[Question]) -> Ending | Mistake:
    when, arrow, offer = line.replace("→", "->").rpartition("->")
    if not offer.strip() or (arrow and not when.strip()) or (not arrow and "=" in line):
        return Mistake(line, "this ending cannot be read", f"Write {EXAMPLE}.")
    if not arrow:
        return Ending("", "", offer.strip())
    question, choice = _split(when, questions)
    if question is None:
        asked = when.partition("=")[0].strip()
        cure = f"{nearest(asked, [one.label for one in questions])} An ending looks like this: {EXAMPLE}."
        return Mistake(line, f"{asked!r} is not asked", cure)
    if not question.choices:
        cure = "Let the ending follow from a `choice`, `several` or `scale`."
        return Mistake(line, f"{question.label!r} is answered in words, which choose nothing", cure)
    if choice not in question.choices:
        return Mistake(line, f"{choice!r} is no choice of {question.label!r}", nearest(choice, question.choices))
    return Ending(question.key, choice, offer.strip())


def _split(when: str, questions: Sequence[Question]) -> tuple[Question | None, str]:
    """The question and the answer on both sides of an equals sign, of which either may hold more."""
    names = {one.key: one for one in questions} | {one.label.casefold(): one for one in questions}
    sides = when.split("=")
    for place in range(1, len(sides)):
        asked = " ".join("=".join(sides[:place]).split())
        question = names.get(asked) or names.get(asked.casefold())
        if question is not None:
            answer = " ".join("=".join(sides[place:]).split())
            exact = next((one for one in question.choices if one.casefold() == answer.casefold()), answer)
            return question, exact
    return None, ""

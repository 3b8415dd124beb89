"""A survey: questions in the metadata, the e-mail address last; answers are kept with the lead, and may choose what is given."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.offers import endings, questions
from gatepost.offers.kind import Draft, Kind, Mistake, check_form, said
from gatepost.offers.terms import Terms


def check(draft: Draft) -> Iterator[Mistake]:
    """A form, at least one question, and endings that follow from what is asked."""
    yield from check_form(draft)
    lines = draft.fields.get("questions", ())
    if not lines:
        cure = f"Add `Questions: {questions.EXAMPLE}`, and further ones below it, four spaces in."
        yield Mistake("Questions", "the survey asks nothing", cure)
    found = questions.read(lines)
    yield from found.mistakes
    if not found.mistakes:
        yield from endings.read(draft.fields.get("ending", ()), found.questions)[1]


def terms(draft: Draft) -> Terms:
    """The questions and endings of a draft without a mistake."""
    asked = questions.read(draft.fields.get("questions", ())).questions
    ends, _ = endings.read(draft.fields.get("ending", ()), asked)
    return Terms(questions=tuple(asked), endings=tuple(ends))


KIND = Kind(
    name="survey",
    label=said("Survey"),
    noun="survey",
    button=said("Send my answers"),
    check=check,
    note=said(
        "We mail you one link to confirm your address; your answers count once you have. They count with or without the tick."
    ),
    asked=said("Somebody, most likely you, answered the survey “%(title)s” of %(site)s with this address."),
    confirm=said("Yes, count my answers"),
    promise=said("Press the button to confirm your address. Your answers count from then on."),
    press=said("Confirm, and count my answers"),
    always_confirms=True,
    fields=("questions", "ending"),
    terms=terms,
    starter="Questions: How did you find us? | choice | Search, LinkedIn, A friend | required\n    How sure are you of your figures? | scale | 1-5 | not at all, entirely\n    What would you like to read about? | text\n",
    body="What you want to know, why, and how long it takes.\n",
)

"""A survey: questions in the metadata, the e-mail address last; answers are kept with the lead, and may choose what is given."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.offers.kind import Draft, Kind, Mistake, check_form, said


def check(draft: Draft) -> Iterator[Mistake]:
    """What this kind needs besides a form."""
    yield from check_form(draft)


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
    starter="Questions: How did you find us? | choice | Search, LinkedIn, A friend\n    What would you like to read about? | text\n",
    body="What you want to know, why, and how long it takes.\n",
)

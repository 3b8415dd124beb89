"""A question: a reader asks, and is called back. It becomes a follow-up for the owner."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatepost.offers.kind import Draft, Kind, Mistake, check_form, said
from gatepost.offers.questions import pieces
from gatepost.offers.terms import CHOICE, LONG, PHONE, WHEN, Question, Terms

ASKED, CALL, REACHED = "question", "phone", "when"
DAYS = 1
_DAYS = re.compile(r"(?P<days>\d{1,2})(?:\s*days?)?")


def check(draft: Draft) -> Iterator[Mistake]:
    """A form, and lines that can be read."""
    yield from check_form(draft)
    phone, within, hours = draft.line("phone"), draft.line("answer-within"), draft.line("hours")
    if phone.casefold() not in ("", "required", "optional"):
        yield Mistake(
            "Phone", f"{phone!r} does not say whether a number is needed", "Write `Phone: required`, or nothing."
        )
    if within and not _days(within):
        cure = "Write whole days, at most 60: `Answer-Within: 2 days`."
        yield Mistake("Answer-Within", f"{within!r} is no number of days", cure)
    choices = pieces(hours)
    if len(choices) == 1:
        cure = "Write two or more with commas between, `Hours: Mornings, Afternoons`, or leave the line out."
        yield Mistake("Hours", "there is only one time to choose", cure)
    if len({one.casefold() for one in choices}) < len(choices):
        yield Mistake("Hours", "a time stands there twice", "Keep one of the two.")


def terms(draft: Draft) -> Terms:
    """The three questions of every offer of this kind, and how soon they are answered."""
    hours = pieces(draft.line("hours"))
    asked = (
        Question(ASKED, said("Your question"), LONG, is_required=True),
        Question(
            CALL,
            said("Your telephone number"),
            PHONE,
            is_required=draft.line("phone").casefold() == "required",
            hint=said("With the code of your country, such as +49 30 1234567."),
        ),
        Question(REACHED, said("When do we reach you best?"), CHOICE if hours else WHEN, choices=hours),
    )
    return Terms(questions=asked, answer_days=_days(draft.line("answer-within")) or DAYS)


def _days(text: str) -> int:
    """A number of days; 0 for what is none."""
    match = _DAYS.fullmatch(text.casefold())
    days = int(match["days"]) if match else 0
    return days if days <= 60 else 0


KIND = Kind(
    name="question",
    label=said("Your question"),
    noun="question",
    button=said("Ask, and be called back"),
    check=check,
    note=said("We mail you one link to confirm your address; once you have, your question is on our desk."),
    asked=said("Somebody, most likely you, asked %(site)s a question with this address: “%(title)s”."),
    confirm=said("Yes, the question is mine"),
    promise=said("Press the button to confirm your address. Then your question is on our desk."),
    press=said("Confirm, and send my question"),
    always_confirms=True,
    fields=("hours", "phone", "answer-within"),
    terms=terms,
    starter="Hours: Mornings, Afternoons\nAnswer-Within: 2 days\n",
    body="Who answers, how soon, and what it costs (nothing).\n",
)

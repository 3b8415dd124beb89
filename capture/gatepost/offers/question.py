"""A question: a reader asks, and is called back. It becomes a follow-up for the owner."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.offers.kind import Draft, Kind, Mistake, check_form, said


def check(draft: Draft) -> Iterator[Mistake]:
    """What this kind needs besides a form."""
    yield from check_form(draft)


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
    fields=("hours",),
    starter="Hours: Mornings, Afternoons\n",
    body="Who answers, how soon, and what it costs (nothing).\n",
)

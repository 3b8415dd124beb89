"""A contest: one entry a person, more for referrals, an end, and a draw that anybody can repeat."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.offers.kind import Draft, Kind, Mistake, check_form, said


def check(draft: Draft) -> Iterator[Mistake]:
    """What this kind needs besides a form."""
    yield from check_form(draft)


KIND = Kind(
    name="contest",
    label=said("Contest"),
    noun="contest",
    button=said("Enter me"),
    check=check,
    note=said(
        "We mail you one link to confirm your address; your entry counts once you have, with or without the tick."
    ),
    asked=said("Somebody, most likely you, entered the contest “%(title)s” of %(site)s with this address."),
    confirm=said("Yes, enter me"),
    promise=said("Press the button to confirm your address. Your entry counts from then on."),
    press=said("Confirm, and enter"),
    always_confirms=True,
    fields=("ends", "zone", "prize", "winners", "referrals"),
    starter="Ends: {later} 23:59\nZone: Europe/Berlin\nPrize: WHAT CAN BE WON\nWinners: 1\n",
    body="What can be won, by whom, and how the winners are drawn.\n",
)

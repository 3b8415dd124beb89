"""An event: a date and a place to meet at, with as many seats as there are."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.offers.kind import Draft, Kind, Mistake, check_form, said


def check(draft: Draft) -> Iterator[Mistake]:
    """What this kind needs besides a form."""
    yield from check_form(draft)


KIND = Kind(
    name="event",
    label=said("Event"),
    noun="event",
    button=said("Keep a seat for me"),
    check=check,
    note=said(
        "We mail you one link to confirm your address; your seat is kept once you have, with or without the tick."
    ),
    asked=said("Somebody, most likely you, asked %(site)s for a seat at the event “%(title)s” with this address."),
    confirm=said("Yes, keep my seat"),
    promise=said(
        "Press the button to confirm your address. Then your seat is kept, and the date for your calendar comes by mail."
    ),
    press=said("Confirm, and keep my seat"),
    always_confirms=True,
    fields=("starts", "ends", "minutes", "zone", "place", "link", "seats"),
    starter="Starts: {later} 18:00\nMinutes: 120\nZone: Europe/Berlin\nPlace: Name of the house, street, town\nSeats: 40\n",
    body="What happens there, whom it is for, and what one takes home.\n",
)

"""An event: a date and a place to meet at, with as many seats as there are."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.offers import meeting
from gatepost.offers.kind import Draft, Mistake, said


def check(draft: Draft) -> Iterator[Mistake]:
    """A meeting with a place."""
    yield from meeting.check(draft)
    if not draft.line("place"):
        yield Mistake("Place", "nothing says where it takes place", "Add a line `Place: House, street, town`.")
    if draft.link and not draft.link.startswith("https://"):
        yield Mistake("Link", f"{draft.link!r} is not an address that begins with https://", "Mend it or leave it out.")


KIND = meeting.kind(
    "event",
    label=said("Event"),
    asked=said("Somebody, most likely you, asked %(site)s for a seat at the event “%(title)s” with this address."),
    check=check,
    starter="Starts: {later} 18:00\nMinutes: 120\nZone: Europe/Berlin\nPlace: Name of the house, street, town\nSeats: 40\n",
)

"""A webinar: a date, a link that only confirmed readers get, and as many seats as there are."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.offers import meeting
from gatepost.offers.kind import Draft, Kind, Mistake, said


def check(draft: Draft) -> Iterator[Mistake]:
    """A meeting with a link."""
    yield from meeting.check(draft)
    if not draft.link.startswith("https://"):
        yield Mistake(
            "Link",
            f"{draft.link!r} is not an address that begins with https://"
            if draft.link
            else "nothing says where it takes place",
            "Add `Link: https://...`; only readers who keep a seat are given it.",
        )


KIND = Kind(
    name="webinar",
    label=said("Webinar"),
    noun="webinar",
    button=said("Keep a seat for me"),
    check=check,
    note=meeting.NOTE,
    asked=said("Somebody, most likely you, asked %(site)s for a seat at the webinar “%(title)s” with this address."),
    confirm=said("Yes, keep my seat"),
    promise=meeting.PROMISE,
    press=said("Confirm, and keep my seat"),
    always_confirms=True,
    fields=meeting.FIELDS,
    terms=meeting.terms,
    starter="Starts: {later} 18:00\nMinutes: 45\nZone: Europe/Berlin\nLink: https://meet.example.org/ROOM\nSeats: 100\n",
    body="What happens there, whom it is for, and what one takes home.\n",
)

"""A webinar: a date, a link that only confirmed readers get, and as many seats as there are."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.offers import meeting
from gatepost.offers.kind import Draft, Mistake, said


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


KIND = meeting.kind(
    "webinar",
    label=said("Webinar"),
    asked=said("Somebody, most likely you, asked %(site)s for a seat at the webinar “%(title)s” with this address."),
    check=check,
    starter="Starts: {later} 18:00\nMinutes: 45\nZone: Europe/Berlin\nLink: https://meet.example.org/ROOM\nSeats: 100\n",
)

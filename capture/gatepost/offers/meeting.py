"""What webinars and events share: when they are, where, and how many may come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from gatepost.offers.kind import Draft, Kind, Mistake, check_form, said
from gatepost.offers.moments import MomentUnreadable, ZoneUnknown, moment
from gatepost.offers.terms import Meeting, Terms

FIELDS = ("starts", "ends", "minutes", "zone", "place", "link", "seats")
LONGEST = timedelta(days=14)
USUAL_MINUTES = 60


def check(draft: Draft) -> Iterator[Mistake]:
    """A date that exists, an end after it, and seats that can be counted."""
    yield from check_form(draft)
    seats, minutes = draft.line("seats"), draft.line("minutes")
    if seats and not _is_count(seats, 1_000_000):
        yield Mistake("Seats", f"{seats!r} is not a number of seats", "Write a whole number, or leave the line out.")
    if minutes and not _is_count(minutes, 14 * 24 * 60):
        yield Mistake("Minutes", f"{minutes!r} is not a number of minutes", "Write whole minutes: `Minutes: 45`.")
    elif minutes and draft.line("ends"):
        yield Mistake("Ends", "both `Minutes` and `Ends` say how long it is", "Keep one of the two lines.")
    if not draft.line("starts"):
        yield Mistake("Starts", "nothing says when it begins", "Add a line `Starts: 2027-03-02 18:00`.")
        return
    yield from _check_times(draft)


def terms(draft: Draft) -> Terms:
    """The meeting of a draft without mistakes."""
    starts_at = moment(draft.line("starts"), _zone(draft))
    seats = draft.line("seats")
    return Terms(
        meeting=Meeting(
            starts_at=starts_at,
            ends_at=_end(draft, starts_at),
            zone=_zone(draft),
            place=draft.line("place"),
            link=draft.link,
            seats=int(seats) if seats else None,
        )
    )


def kind(name: str, *, label: str, asked: str, check: Callable[[Draft], Iterator[Mistake]], starter: str) -> Kind:
    """A kind of offer that keeps seats. The sentences given are marked with `said("...")` where they are written."""
    return Kind(
        name=name,
        label=label,
        noun=name,
        button=said("Keep a seat for me"),
        check=check,
        note=said(
            "We mail you one link to confirm your address; your seat is kept once you have, with or without the tick."
        ),
        asked=asked,
        confirm=said("Yes, keep my seat"),
        promise=said(
            "Press the button to confirm your address. Then your seat is kept, and the date for your calendar comes by mail."
        ),
        press=said("Confirm, and keep my seat"),
        always_confirms=True,
        fields=FIELDS,
        terms=terms,
        starter=starter,
        body="What happens there, whom it is for, and what one takes home.\n",
    )


def _check_times(draft: Draft) -> Iterator[Mistake]:
    field = "Starts"
    try:
        starts_at = moment(draft.line("starts"), _zone(draft))
        field = "Ends" if draft.line("ends") else "Minutes"
        ends_at = _end(draft, starts_at)
    except ZoneUnknown as error:
        yield Mistake("Zone", str(error), error.cure)
    except MomentUnreadable as error:
        yield Mistake(field, str(error), error.cure)
    else:
        if ends_at <= starts_at:
            yield Mistake(field, "it would end before it begins", "Write the end after the beginning.")
        elif ends_at - starts_at > LONGEST:
            yield Mistake(field, f"it would last longer than {LONGEST.days} days", "Mend the dates.")


def _end(draft: Draft, starts_at: datetime) -> datetime:
    if draft.line("ends"):
        return moment(draft.line("ends"), _zone(draft))
    minutes = draft.line("minutes")
    return starts_at + timedelta(minutes=int(minutes) if _is_count(minutes, 14 * 24 * 60) else USUAL_MINUTES)


def _zone(draft: Draft) -> str:
    return draft.line("zone") or draft.zone


def _is_count(text: str, most: int) -> bool:
    return text.isascii() and text.isdecimal() and 0 < int(text[:12]) <= most

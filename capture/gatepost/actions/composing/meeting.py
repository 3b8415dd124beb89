"""The facts of letters about a seat, as things stand when the letter goes out."""

from __future__ import annotations

from datetime import timedelta

from gatepost.actions import seating
from gatepost.actions.composing.files import open_files
from gatepost.actions.composing.letters import NotToBeSent, Reason
from gatepost.leads.seat import GIVEN_UP, WAITING, Seat
from gatepost.mail.calendar_file import MEDIA_TYPE
from gatepost.mail.letters import Attachment, LetterContext
from gatepost.offers import Meeting, Offer
from gatepost.store import seats


def to_seat(reason: Reason) -> LetterContext:
    """A seat that is kept or waited for; with the files of the article that it was asked for on."""
    return _context(reason, *_seat(reason))


def to_free(reason: Reason) -> LetterContext:
    """The same, for a seat that has become free."""
    offer, meeting, seat = _seat(reason)
    if seat.state == WAITING:
        raise NotToBeSent("The seat is taken again.")
    return _context(reason, offer, meeting, seat)


def to_remind(reason: Reason) -> LetterContext:
    """A seat that is held, and a beginning that has not moved since."""
    _, meeting, seat = _seat(reason)
    if seat.signup_id != reason.signup.id:
        raise NotToBeSent("The seat was asked for again; the newer request reminds of it.")
    if seat.state == WAITING:
        raise NotToBeSent("There was no seat to be reminded of.")
    if not reason.owed.key.endswith(f":{seating.stamp(meeting.starts_at)}"):
        raise NotToBeSent("The meeting has moved; its own reminder follows.")
    left = meeting.starts_at - reason.engine.now()
    if left <= timedelta():
        raise NotToBeSent("The meeting has begun.")
    is_day_before = f":{seating.DAY}:" in reason.owed.key
    if is_day_before and left < seating.REMINDERS[seating.DAY] / 2:
        # A worker that was away: "tomorrow" is today by now.
        raise NotToBeSent("It is too late for this reminder; the last one follows.")
    return reason.context(meeting.ends_at.date(), meeting=meeting, is_day_before=is_day_before)


def _seat(reason: Reason) -> tuple[Offer, Meeting, Seat]:
    """What every letter about a seat needs: a meeting to come, and a seat that was not given back."""
    offer = reason.known.offers.get(reason.signup.offer)
    meeting = offer.terms.meeting if offer else None
    if offer is None or meeting is None:
        raise NotToBeSent("The meeting has gone from the catalogue.")
    if meeting.ends_at <= reason.engine.now():
        raise NotToBeSent("The meeting is over.")
    seat = seats.of(reason.tx, offer.slug, reason.lead.id)
    if seat is None or seat.state == GIVEN_UP:
        raise NotToBeSent("The seat was given back.")
    return offer, meeting, seat


def _context(reason: Reason, offer: Offer, meeting: Meeting, seat: Seat) -> LetterContext:
    is_waiting, given = seat.state == WAITING, open_files(reason)
    ics = None if is_waiting else seating.entry(reason.engine, offer, seat)
    return reason.context(
        meeting.ends_at.date(),
        meeting=meeting,
        calendar=Attachment(f"{offer.slug}.ics", MEDIA_TYPE, ics) if ics else None,
        is_waiting=is_waiting,
        files=given.files if given else (),
    )

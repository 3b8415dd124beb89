"""Seating: keeping and giving back seats at webinars and events, and telling everybody when a date moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit
from uuid import UUID

from gatepost.actions.owing import owe
from gatepost.engine import Engine
from gatepost.languages import words
from gatepost.leads import Signup
from gatepost.leads.seat import GIVEN_UP, HELD, WAITING, Seat
from gatepost.mail.calendar_file import Entry, calendar_file
from gatepost.offers import Meeting, Offer
from gatepost.store import Transaction, leads, seats
from gatepost.tokens import LinkWrong

# How long before its beginning a reminder goes out, by the word in the letter's key.
DAY, HOUR = "day", "hour"
REMINDERS = {DAY: timedelta(days=1), HOUR: timedelta(hours=1)}
# Whoever asks from this long before the beginning up to the end, by way of the code at the door, is there. The button in
# the letter may be pressed later: there may be no network at the door.
DOORS_OPEN = timedelta(hours=2)
# Told in one transaction at most; the rest follows with the worker's next look.
_MOST = 200


def keep(engine: Engine, tx: Transaction, signup: Signup, offer: Offer) -> Seat | None:
    """A seat for a confirmed request, or a place in the queue; the letter is owed elsewhere. None: no meeting, or over."""
    meeting, now = offer.terms.meeting, engine.now()
    if meeting is None:
        return None
    is_there = _is_there(signup, meeting)
    if meeting.ends_at <= now and not is_there:
        return None
    seats.hold_offer(tx, offer.slug)
    found = seats.of(tx, offer.slug, signup.lead_id)
    if found is None or found.state == GIVEN_UP:
        state = HELD if _free(tx, offer.slug, meeting) else WAITING
        made = found or Seat(engine.new_id(), offer.slug, signup.lead_id, signup.id, state, now, now)
        kept = replace(made, signup_id=signup.id, state=state, taken_at=now, changed_at=now)
    else:
        # At the door it is still the first request that brought this reader here.
        kept = found if is_there else replace(found, signup_id=signup.id)
    if is_there and kept.came_at is None:
        kept = replace(kept, came_at=signup.requested_at, came_how="qr")
    # Calendars take another beginning only from a file with a greater number.
    told_times = kept.told_times + (kept.told_start != meeting.starts_at)
    kept = replace(kept, told_start=meeting.starts_at, told_times=told_times)
    seats.add(tx, kept) if found is None else seats.save(tx, kept)
    if (asked := leads.signup(tx, kept.signup_id)) is not None:
        remind(engine, tx, asked, meeting)
    return kept


def _is_there(signup: Signup, meeting: Meeting) -> bool:
    opens = meeting.starts_at - DOORS_OPEN
    return bool(meeting.place) and signup.channel == "event" and opens <= signup.requested_at <= meeting.ends_at


def remind(engine: Engine, tx: Transaction, signup: Signup, meeting: Meeting) -> None:
    """Owe the reminders that are still to come. One for another beginning is another letter."""
    for name, before in REMINDERS.items():
        due_at = meeting.starts_at - before
        if due_at > engine.now():
            owe(engine, tx, "reminder", signup, again_on=f"{name}:{stamp(meeting.starts_at)}", due_at=due_at)


def stamp(at: datetime) -> str:
    """A beginning as it stands in the key of a letter."""
    return f"{at:%Y%m%dT%H%M}"


def give_up(engine: Engine, token: str) -> Signup:
    """Give a seat back by the token of its request; the first who waits gets it. Twice is as good as once.

    Raises LinkWrong, LeadErased or DatabaseUnreachable.
    """
    signup_id = engine.tokens.read("yours", token, engine.now()).subject
    with engine.database.writing() as tx:
        signup = leads.signup(tx, signup_id)
        lead = leads.by_id(tx, signup.lead_id) if signup else None
        if signup is None or lead is None:
            raise LinkWrong
        lead.must_exist()
        free(engine, tx, signup.offer, signup.lead_id)
    return signup


def look(engine: Engine, token: str) -> tuple[str, bytes] | None:
    """The offer's slug and the calendar file of a held seat, by the token of its request; None where there is none.

    Raises LinkWrong, LeadErased or DatabaseUnreachable.
    """
    signup_id = engine.tokens.read("yours", token, engine.now()).subject
    with engine.database.reading() as tx:
        signup = leads.signup(tx, signup_id)
        seat = seats.of(tx, signup.offer, signup.lead_id) if signup else None
    offer = engine.catalogue.offers.get(signup.offer) if signup else None
    if offer is None or seat is None or not seat.is_held or offer.terms.meeting is None:
        return None
    return offer.slug, entry(engine, offer, seat)


def free(engine: Engine, tx: Transaction, slug: str, lead_id: UUID) -> None:
    """Take a lead's seat away, if it has one, and move up who waits."""
    seats.hold_offer(tx, slug)
    found = seats.of(tx, slug, lead_id)
    if found is None or found.state == GIVEN_UP:
        return
    seats.save(tx, replace(found, state=GIVEN_UP, changed_at=engine.now()))
    offer = engine.catalogue.offers.get(slug)
    if offer is not None:
        _move_up(engine, tx, offer)


def follow(engine: Engine) -> int:
    """What the catalogue says now: more seats move up who waits, another beginning is told. Returns letters owed.

    Raises DatabaseUnreachable, CatalogueMissing or CatalogueUnreadable.
    """
    owed = 0
    for offer in engine.catalogue.offers.values():
        meeting = offer.terms.meeting
        if meeting is not None and meeting.starts_at > engine.now() and _needs_a_look(engine, offer, meeting):
            with engine.database.writing() as tx:
                seats.hold_offer(tx, offer.slug)
                owed += _move_up(engine, tx, offer) + _tell(engine, tx, offer, meeting)
    return owed


def entry(engine: Engine, offer: Offer, seat: Seat) -> bytes:
    """The date of a seat as a calendar file, in the offer's language."""
    meeting = offer.terms.meeting
    assert meeting is not None
    t = words(offer.language)
    site, sender = engine.settings.site_url, parseaddr(engine.settings.mail_from)[1]
    about = "\n\n".join(filter(None, (offer.summary, meeting.link, t("More: %(url)s", url=f"{site}{offer.url}"))))
    return calendar_file(
        Entry(
            id=seat.id,
            sequence=seat.told_times,
            made_at=seat.changed_at,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            zone=meeting.zone,
            title=offer.title,
            about=about,
            place=meeting.place or meeting.link,
            link=meeting.link or f"{site}{offer.url}",
            organizer=sender,
            language=t.language,
            domain=urlsplit(engine.settings.capture_url).hostname or "gatepost.invalid",
        )
    )


def _free(tx: Transaction, slug: str, meeting: Meeting) -> int:
    """How many seats are free: a large number where there is no limit."""
    return _MOST if meeting.seats is None else max(0, meeting.seats - seats.count(tx, slug)[HELD])


def _needs_a_look(engine: Engine, offer: Offer, meeting: Meeting) -> bool:
    with engine.database.reading() as tx:
        waits = _free(tx, offer.slug, meeting) and seats.next_waiting(tx, offer.slug, 1)
        return bool(waits or seats.told_otherwise(tx, offer.slug, meeting.starts_at, 1))


def _move_up(engine: Engine, tx: Transaction, offer: Offer) -> int:
    meeting, now = offer.terms.meeting, engine.now()
    if meeting is None or meeting.ends_at <= now:
        return 0
    waiting = seats.next_waiting(tx, offer.slug, min(_MOST, _free(tx, offer.slug, meeting)))
    for seat in waiting:
        seats.save(tx, replace(seat, state=HELD, changed_at=now))
        if signup := leads.signup(tx, seat.signup_id):
            owe(engine, tx, "seat-free", signup, again_on=stamp(now))
    return len(waiting)


def _tell(engine: Engine, tx: Transaction, offer: Offer, meeting: Meeting) -> int:
    moved = seats.told_otherwise(tx, offer.slug, meeting.starts_at, _MOST)
    for seat in moved:
        told = replace(seat, told_start=meeting.starts_at, told_times=seat.told_times + 1, changed_at=engine.now())
        seats.save(tx, told)
        if signup := leads.signup(tx, seat.signup_id):
            owe(engine, tx, "moved", signup, again_on=f"{told.told_times}:{stamp(meeting.starts_at)}")
            remind(engine, tx, signup, meeting)
    return len(moved)

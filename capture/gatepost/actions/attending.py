"""Attending: who holds a seat, and who came, from a list of addresses or by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from gatepost.actions import climbing
from gatepost.actions.importing_files import Finding, read
from gatepost.engine import Engine
from gatepost.leads import email_key
from gatepost.leads.seat import Seat
from gatepost.offers import Meeting, Offer
from gatepost.report import csv_text
from gatepost.store import leads, seats

# What lists of those who came call the address, in webinar programs and spreadsheets.
_ADDRESS = ("email", "e-mail", "mail", "email address", "e-mail-adresse", "adresse e-mail", "correo electrónico")
_COLUMNS = ("email", "name", "state", "taken_at", "came_at", "came_how")


class MeetingUnknown(Exception):
    """No webinar and no event has this slug."""

    cure = "See which there are: gatepost meeting list."

    def __init__(self, slug: str):
        super().__init__(f"There is no webinar and no event {slug!r}.")


@dataclass(frozen=True)
class Seated:
    """One webinar or event: its offer (None where it has gone), and how many seats are held, waited for and given up."""

    slug: str
    offer: Offer | None
    counts: Mapping[str, int]

    @property
    def meeting(self) -> Meeting | None:
        """When and where, as the catalogue says."""
        return self.offer.terms.meeting if self.offer else None


@dataclass(frozen=True)
class Holder:
    """A seat with the address and the name of its lead; both are empty once erased."""

    seat: Seat
    email: str
    name: str


@dataclass(frozen=True)
class Came:
    """What became of a list: how many came that nobody had counted, were known, and which lines name nobody here."""

    added: int = 0
    known: int = 0
    findings: tuple[Finding, ...] = field(default=())


def meetings(engine: Engine) -> list[Seated]:
    """Every webinar and event of the catalogue, and those that only seats remember; the next one first."""
    known = {slug: offer for slug, offer in engine.catalogue.offers.items() if offer.terms.meeting}
    with engine.database.reading() as tx:
        slugs = dict.fromkeys((*known, *seats.offers(tx)))
        found = [Seated(slug, known.get(slug), seats.count(tx, slug)) for slug in slugs]
    now = engine.now()

    def order(one: Seated) -> tuple[bool, float, str]:
        # Those to come, the next one first; then those that were, the latest first; at last those that have gone.
        if one.meeting is None:
            return True, float("inf"), one.slug
        is_over = one.meeting.ends_at <= now
        begins = one.meeting.starts_at.timestamp()
        return is_over, -begins if is_over else begins, one.slug

    return sorted(found, key=order)


def holders(engine: Engine, slug: str) -> list[Holder]:
    """Every seat: held, then waiting, then given up, each in the order in which they were taken. Raises MeetingUnknown."""
    with engine.database.reading() as tx:
        found = [Holder(seat, email, name) for seat, email, name in seats.of_offer(tx, slug)]
    offer = engine.catalogue.offers.get(slug)
    if not found and (offer is None or offer.terms.meeting is None):
        raise MeetingUnknown(slug)
    return found


def holders_csv(engine: Engine, slug: str) -> str:
    """The list for the door, safe to open in a spreadsheet. Raises MeetingUnknown."""
    return csv_text(_COLUMNS, (_cells(one) for one in holders(engine, slug)))


def came(engine: Engine, slug: str, content: bytes) -> Came:
    """Count everybody of a CSV file who holds or held a seat. A file twice is as good as once.

    Raises MeetingUnknown, or FileUnreadable where no line can be read.
    """
    sheet = read(_renamed(content), ("email",), (("email",),))
    by_key = {email_key(one.email): one for one in holders(engine, slug) if one.email}
    missing, here = [], {}
    for line in sheet.lines:
        address = line.cells["email"]
        if found := by_key.get(email_key(address)):
            here[found.seat.id] = found.seat
        elif address:
            cure = "They may have come with another address: mark them by hand, or send them to the form."
            missing.append(Finding(line.number, f"{address} has no seat here", cure))
    with engine.database.writing() as tx, climbing.counting(tx, *(seat.lead_id for seat in here.values())):
        added = seats.came(tx, list(here), engine.now(), "csv")
    findings = sorted((*sheet.findings, *missing), key=lambda finding: finding.line)
    return Came(added, len(here) - added, tuple(findings))


def mark(engine: Engine, seat_id: UUID, *, has_come: bool) -> bool:
    """Say by hand that somebody came, or did not after all. False: there is no such seat."""
    with engine.database.writing() as tx:
        seat = seats.by_id(tx, seat_id)
        if seat is None:
            return False
        with climbing.counting(tx, seat.lead_id):
            return seats.mark(tx, seat_id, engine.now() if has_come else None, "hand" if has_come else "")


def by_address(engine: Engine, slug: str, email: str) -> UUID | None:
    """The seat of an address."""
    with engine.database.reading() as tx:
        lead = leads.by_key(tx, email_key(email))
        seat = seats.of(tx, slug, lead.id) if lead else None
    return seat.id if seat else None


def _cells(one: Holder) -> tuple[str, ...]:
    seat = one.seat
    came_at = seat.came_at.isoformat() if seat.came_at else ""
    return one.email, one.name, seat.state, seat.taken_at.isoformat(), came_at, seat.came_how


def _renamed(content: bytes) -> bytes:
    """The header's own word for the address, whatever the program that wrote it calls it."""
    head, line_end, rest = content.partition(b"\n")
    try:
        names = head.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content
    for separator in (",", ";", "\t"):
        cells = [cell.strip().strip('"') for cell in names.split(separator)]
        for place, cell in enumerate(cells):
            if cell.casefold() in _ADDRESS:
                cells[place] = "email"
                return separator.join(f'"{cell}"' for cell in cells).encode() + line_end + rest
    return content

"""A webinar with few seats, and readers who ask for one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gatepost.actions import composing
from gatepost.engine import Engine
from gatepost.leads.seat import Seat
from gatepost.mail.message import parsed
from gatepost.offers import KINDS, Draft, Offer
from gatepost.store import seats
from gatepost.store.outbox import Owed
from tests.conftest import LETTERS
from tests.rungs.asking import confirms, lead_id

ROOM = "https://meet.example.org/room-42"


def webinar(
    starts: str = "2026-12-01 18:00", number: str = "2", title: str = "Questions answered", **more: str
) -> Offer:
    """The webinar, in the time zone of Berlin."""
    fields = {"starts": starts, "minutes": "45", "zone": "Europe/Berlin", "seats": number, **more}
    draft = Draft("webinar", title, link=ROOM, fields={name: (line,) for name, line in fields.items() if line})
    terms = KINDS["webinar"].terms(draft)
    return Offer("talk", title, "A summary.", "webinar", "/offers/talk.html", (LETTERS,), language="en", terms=terms)


def takes_seat(engine: Engine, name: str, **asking: Any) -> Seat:
    """Somebody asks for a seat and presses the button, a second after whoever came before."""
    engine.clock.forward(seconds=1)  # type: ignore[attr-defined]
    confirms(engine, f"{name}@example.org", {}, offer="talk", **asking)
    return seat_of(engine, name)


def seat_of(engine: Engine, name: str) -> Seat:
    with engine.database.reading() as tx:
        found = seats.of(tx, "talk", lead_id(engine, f"{name}@example.org"))
    assert found is not None
    return found


def message(engine: Engine, owed: Owed) -> Any:
    """The letter as a mail program would read it."""
    with engine.database.writing() as tx:
        to, context = composing.facts(engine, tx, engine.catalogue, owed)
    return parsed(composing.sealed(engine, owed, to, context).content)


def plain(engine: Engine, owed: Owed) -> str:
    """Its text part."""
    return str(message(engine, owed).get_body(("plain",)).get_content())


def at(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(f"{text}+00:00")

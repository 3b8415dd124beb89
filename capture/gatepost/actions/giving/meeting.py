"""What webinars and events do: no seat once they are over, a seat or a place in the queue for each confirmed request."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gatepost.actions import seating
from gatepost.actions.giving.giving import Giving, OfferOver
from gatepost.engine import Engine
from gatepost.leads import Signup
from gatepost.offers import Offer, said
from gatepost.store import Transaction, seats


def _must_be_open(offer: Offer, now: datetime) -> None:
    meeting = offer.terms.meeting
    if meeting is not None and offer.terms.is_over(now):
        raise OfferOver(offer.slug, said("“%(title)s” was on %(day)s."), title=offer.title, day=meeting.starts_at)


def _confirmed(engine: Engine, tx: Transaction, signup: Signup, offer: Offer) -> None:
    seating.keep(engine, tx, signup, offer)


def _yours(engine: Engine, tx: Transaction, signup: Signup, offer: Offer) -> Mapping[str, Any]:
    is_over = offer.terms.is_over(engine.now())
    return {"seat": seats.of(tx, offer.slug, signup.lead_id), "meeting": offer.terms.meeting, "is_over": is_over}


GIVING = Giving(opens_page=True, letter="seat", must_be_open=_must_be_open, confirmed=_confirmed, yours=_yours)

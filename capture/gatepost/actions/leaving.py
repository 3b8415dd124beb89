"""Leaving: every permission withdrawn with one press, for good until the person asks again."""

from __future__ import annotations

from gatepost.engine import Engine
from gatepost.events import LeadLeft
from gatepost.leads import Lead
from gatepost.store import leads, outbox
from gatepost.tokens import LinkWrong


def look(engine: Engine, token: str, purpose: str = "leave") -> Lead:
    """The lead behind a `leave` or `my` link; changes nothing. Raises LinkWrong, LinkExpired or LeadErased."""
    lead_id = engine.tokens.read(purpose, token, engine.now()).subject
    with engine.database.reading() as tx:
        lead = leads.by_id(tx, lead_id)
    if lead is None:
        raise LinkWrong
    lead.must_exist()
    return lead


def leave(engine: Engine, lead: Lead, how: str) -> None:
    """Withdraw every permission and drop what is still owed; what was given stays open. Twice is as good as once.

    `how` is "page" or "one-click". Raises LeadErased or DatabaseUnreachable.
    """
    with engine.database.writing() as tx:
        stored = leads.by_id(tx, lead.id) or lead
        was_here = stored.state != "left"
        leads.withdraw(tx, lead.id, engine.now(), how)
        outbox.drop_queued(tx, lead.id)
        if was_here:
            leads.save(tx, stored.left(engine.now()))
    if was_here:
        engine.emit(LeadLeft(engine.now(), lead.id, how))

"""Erasing: a person's details go; numbers without a person stay, so that totals remain true."""

from __future__ import annotations

from uuid import UUID

from gatepost.actions import seating
from gatepost.engine import Engine
from gatepost.events import LeadForgotten
from gatepost.mail import mailbox
from gatepost.store import answers, entries, grants, leads, money, outbox, receipts, seats, tasks


def erase(engine: Engine, lead_id: UUID) -> None:
    """Erase a lead: address and name everywhere, journeys, links, letters owed or kept, notes on deals. Twice is as good as once.

    Raises DatabaseUnreachable.
    """
    now = engine.now()
    with engine.database.writing() as tx:
        lead = leads.by_id(tx, lead_id)
        if lead is None or lead.state == "erased":
            return
        leads.withdraw(tx, lead_id, now, "erased")
        leads.forget_journeys(tx, lead_id)
        receipts.forget(tx, lead_id)
        answers.forget(tx, lead_id)
        tasks.forget(tx, lead_id, now)
        # In one order, so that no two wait for each other's offers.
        for slug in sorted(seat.offer for seat in seats.of_lead(tx, lead_id)):
            seating.free(engine, tx, slug, lead_id)
        entries.forget(tx, lead_id, now)
        grants.revoke(tx, lead_id, now)
        outbox.drop_queued(tx, lead_id)
        outbox.forget_answers(tx, lead_id)
        money.forget_notes(tx, lead_id)
        leads.save(tx, lead.erased(now))
    mailbox.forget(mailbox.folder(engine.settings.data_dir), lead.email)
    engine.database.forget_old_pages()
    engine.emit(LeadForgotten(now, lead_id))

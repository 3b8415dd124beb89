"""The letters of the year: sent, refused for good, or put off. No mail server is asked; what each answered is made up."""

from __future__ import annotations

from datetime import datetime, timedelta

from gatepost.actions.demoing.play import Play
from gatepost.store import Transaction, leads, outbox
from gatepost.store.outbox import Owed

_GONE = "550 5.1.1 The mailbox does not exist here."
_FULL = "452 4.2.2 The mailbox is full."
_MOST = 500


def send(play: Play, until: datetime) -> None:
    """Settle every letter that was due by a time."""
    with play.stage.database.writing() as tx:
        claim = play.stage.new_id()
        while claimed := outbox.claim(tx, claim, until, until + timedelta(minutes=5), _MOST):
            for owed in claimed:
                _settle(play, tx, owed)


def _settle(play: Play, tx: Transaction, owed: Owed) -> None:
    assert owed.claim is not None
    lead = leads.by_id(tx, owed.lead_id) if owed.lead_id else None
    if lead is not None and lead.email in play.bouncing:
        outbox.settle(tx, owed.id, owed.claim, "failed", answer=_GONE)
    elif play.dice.random() < 0.004:
        outbox.settle(tx, owed.id, owed.claim, "failed", answer=_FULL)
    else:
        sent_at = owed.due_at + timedelta(seconds=play.dice.randint(1, 40))
        outbox.settle(tx, owed.id, owed.claim, "sent", answer="250 2.0.0 Taken.", sent_at=sent_at)

"""Owing a letter: the fact and the debt go into one transaction; a worker pays later."""

from __future__ import annotations

from datetime import datetime

from gatepost.engine import Engine
from gatepost.leads import Signup
from gatepost.store import Transaction, outbox


def owe(
    engine: Engine,
    tx: Transaction,
    letter: str,
    signup: Signup,
    *,
    again_on: str = "",
    due_at: datetime | None = None,
) -> None:
    """Owe one letter for a request, to be sent at `due_at`, or at once.

    `again_on` (a day, or whatever else tells it from the first) makes it another letter.
    """
    now = engine.now()
    key = f"{letter}:{signup.id}" + (f":{again_on}" if again_on else "")
    outbox.owe(tx, outbox.Owed(engine.new_id(), key, signup.lead_id, signup.id, letter, now, due_at or now))

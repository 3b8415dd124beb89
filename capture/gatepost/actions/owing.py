"""Owing a letter: the fact and the debt go into one transaction; a worker pays later."""

from __future__ import annotations

from gatepost.engine import Engine
from gatepost.leads import Signup
from gatepost.store import Transaction, outbox


def owe(engine: Engine, tx: Transaction, letter: str, signup: Signup, *, again_on: str = "") -> None:
    """Owe one letter for a request. `again_on` (a day) makes it another one than the first, once that day."""
    now = engine.now()
    key = f"{letter}:{signup.id}" + (f":{again_on}" if again_on else "")
    outbox.owe(tx, outbox.Owed(engine.new_id(), key, signup.lead_id, signup.id, letter, now, now))

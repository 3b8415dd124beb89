"""Ada asks for an offer, and a letter is owed to her."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from gatepost.actions import granting
from gatepost.engine import Engine
from gatepost.leads import Lead, Signup, email_key, mailbox
from gatepost.store import leads, outbox
from gatepost.store.outbox import Owed

ADA = "ada@reader.example"


def ask(
    engine: Engine, email: str = ADA, *, offer: str = "checklist", article: str = "first-steps", name: str = ""
) -> Owed:
    """A new request: its `confirm` letter is owed."""
    now = engine.now()
    with engine.database.writing() as tx:
        lead = leads.add_if_new(tx, Lead(engine.new_id(), email, email_key(email), mailbox(email), now, name))
        signup = Signup(engine.new_id(), lead.id, offer, now, article)
        leads.add_signup(tx, signup)
        return _owe(engine, tx, "confirm", signup)


def confirmed(engine: Engine, email: str = ADA, *, offer: str = "checklist", article: str = "first-steps") -> Owed:
    """A confirmed request: its `delivery` letter is owed, and nothing else."""
    waiting = ask(engine, email, offer=offer, article=article)
    with engine.database.writing() as tx:
        outbox.drop_queued(tx, waiting.lead_id)
        leads.confirm_signup(tx, waiting.signup_id, engine.now())
        lead, signup = leads.by_id(tx, waiting.lead_id), leads.signup(tx, waiting.signup_id)
        assert lead
        assert signup
        leads.save(tx, lead.confirmed(engine.now()))
        granting.give(engine, tx, signup)
        return _owe(engine, tx, "delivery", signup)


def change(engine: Engine, lead_id: UUID, **fields: object) -> None:
    """Set a lead's fields, as an action would."""
    with engine.database.writing() as tx:
        lead = leads.by_id(tx, lead_id)
        assert lead
        leads.save(tx, replace(lead, **fields))


def state(engine: Engine, owed: Owed) -> Owed:
    """The letter as it stands in the outbox now."""
    with engine.database.reading() as tx:
        found = outbox.by_id(tx, owed.id)
    assert found
    return found


def _owe(engine: Engine, tx, letter: str, signup: Signup) -> Owed:
    owed = Owed(engine.new_id(), f"{letter}:{signup.id}", signup.lead_id, signup.id, letter, engine.now(), engine.now())
    outbox.owe(tx, owed)
    return owed

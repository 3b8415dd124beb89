"""A question that its reader confirmed: a follow-up for the owner, and a letter about it to each of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from gatepost.actions.giving.giving import Giving
from gatepost.actions.owing import owe
from gatepost.engine import Engine
from gatepost.leads import Signup
from gatepost.offers import Offer
from gatepost.offers.answered import answered
from gatepost.store import Transaction, answers, owners, tasks

CALL_BACK = "call-back"
NOTICE = "question-notice"


def confirmed(engine: Engine, tx: Transaction, signup: Signup, offer: Offer) -> None:
    """Note what is to be done, until when, and owe each owner a letter about it."""
    now = engine.now()
    due_at = now + timedelta(days=offer.terms.answer_days)
    tasks.add(tx, tasks.Task(engine.new_id(), signup.lead_id, signup.id, CALL_BACK, now, due_at))
    for owner_id in owners.ids(tx):
        owe(engine, tx, NOTICE, signup, again_on=str(owner_id))


def yours(engine: Engine, tx: Transaction, signup: Signup, offer: Offer) -> Mapping[str, Any]:
    """What was asked, and until when it is answered."""
    asked = tasks.of_request(tx, signup.id)
    given = answered(offer.terms.questions, answers.of(tx, signup.id))
    return {"answered": given, "task": asked.task if asked else None}


GIVING = Giving(opens_page=True, letter="question", confirmed=confirmed, yours=yours)

"""A survey that its reader confirmed: the answers count, and may have chosen an offer, whose files are given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatepost.actions import granting
from gatepost.actions.giving.giving import Giving
from gatepost.engine import Engine
from gatepost.leads import Signup
from gatepost.offers import Offer
from gatepost.offers.answered import answered
from gatepost.store import Transaction, answers


def yours(engine: Engine, tx: Transaction, signup: Signup, offer: Offer) -> Mapping[str, Any]:
    """What was answered, and which offer the answers chose."""
    return {
        "answered": answered(offer.terms.questions, answers.of(tx, signup.id)),
        "ending": granting.ending(engine, tx, signup),
    }


GIVING = Giving(letter="survey", yours=yours)

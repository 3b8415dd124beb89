"""The facts of the letters of a contest: to who entered, and to who won."""

from __future__ import annotations

from gatepost.actions.composing.letters import NotToBeSent, Reason
from gatepost.actions.giving.contest import part_of
from gatepost.mail.letters import LetterContext
from gatepost.offers import entered
from gatepost.offers.entered import Entered


def to_enter(reason: Reason) -> LetterContext:
    """That the entry counts, or why there is none."""
    part = _part(reason)
    if part.state == entered.OUT:
        raise NotToBeSent("The entry was withdrawn.")
    return reason.context(part.ends_at.date(), part=part)


def to_win(reason: Reason) -> LetterContext:
    """That one of the entries was drawn."""
    part = _part(reason)
    if not part.won:
        raise NotToBeSent("No entry of this person was drawn.")
    return reason.context(part.ends_at.date(), part=part)


def _part(reason: Reason) -> Entered:
    offer = reason.known.offers.get(reason.signup.offer)
    if reason.signup.confirmed_at is None:
        raise NotToBeSent("This request is not confirmed.")
    if offer is None or offer.terms.contest is None:
        raise NotToBeSent("The contest has gone.")
    return part_of(reason.engine, reason.tx, reason.signup, offer)

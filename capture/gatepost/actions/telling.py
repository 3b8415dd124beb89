"""Telling: the report as a letter, to owners who chose one, for each week or month that is over."""

from __future__ import annotations

from gatepost.actions.composing import REPORT
from gatepost.engine import Engine
from gatepost.leads import email_key
from gatepost.report.ended import EVERY, latest
from gatepost.store import outbox, owners
from gatepost.store.outbox import Owed

OFF = "off"


class LetterRefused(Exception):
    """Not a choice there is, or nobody who could choose."""

    cure = f"Choose one of: {', '.join(EVERY)}, {OFF}; owners are made with: gatepost owner add EMAIL"


def choose(engine: Engine, email: str, every: str) -> None:
    """How often an owner gets the report: one of EVERY, or OFF. Raises LetterRefused, DatabaseUnreachable."""
    if every not in (*EVERY, OFF):
        raise LetterRefused(f"There is no letter for every {every!r}.")
    with engine.database.writing() as tx:
        owner = owners.by_email(tx, email_key(email.strip()))
        if owner is None:
            raise LetterRefused(f"{email!r} is no owner.")
        owners.set_letter(tx, owner.id, "" if every == OFF else every)


def owe_reports(engine: Engine) -> None:
    """Owe each owner who chose one the letter of the latest week or month that is over, once: a repetition, and another worker
    at the same time, change nothing. What ended earlier while no worker ran is not made up for. Raises DatabaseUnreachable.
    """
    now = engine.now()
    with engine.database.reading() as tx:
        chosen = owners.with_letter(tx)
    owed = [
        Owed(
            engine.new_id(),
            f"{REPORT}:{owner.id}:{latest(owner.letter_every, now.date()).key}",
            None,
            None,
            REPORT,
            now,
            now,
            owner_id=owner.id,
        )
        for owner in chosen
    ]
    if owed:
        with engine.database.writing() as tx:
            for one in owed:
                outbox.owe(tx, one)

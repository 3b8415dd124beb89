"""Composing: from a letter owed to what it may say, or the reason why it must not be sent any more."""

from __future__ import annotations

from gatepost.actions.composing import answering, contest, files, meeting, regular
from gatepost.actions.composing.letters import Facts, NotToBeSent, NotYet
from gatepost.actions.composing.letters import Reason as Reason
from gatepost.catalogue import Catalogue
from gatepost.engine import Engine
from gatepost.mail.letters import LETTERS, LetterContext
from gatepost.mail.message import Heading, Sealed, seal
from gatepost.mail.rendering import render
from gatepost.report.told import Told
from gatepost.store import Transaction, leads
from gatepost.store.outbox import Owed

# One line for every line of LETTERS that is about a request; the report is about none.
FACTS: dict[str, Facts] = {
    "confirm": files.to_confirm,
    "delivery": files.to_deliver,
    "survey": answering.to_survey,
    "question": answering.to_question,
    "question-notice": answering.to_owner,
    "entry": contest.to_enter,
    "won": contest.to_win,
    "seat": meeting.to_seat,
    "seat-free": meeting.to_free,
    "moved": meeting.to_seat,
    "reminder": meeting.to_remind,
}
REPORT = "report"


class LetterUnknown(Exception):
    """A row that names no entry of LETTERS: written by a newer version, or by hand."""

    cure = "Run the worker of the version that wrote it."


def report(engine: Engine, known: Catalogue, owed: Owed) -> Told | None:
    """What a letter with a report tells, None for all others; read before `facts`, outside of its transaction. Raises NotToBeSent."""
    return regular.figures(engine, known, owed) if owed.letter == REPORT else None


def facts(
    engine: Engine, tx: Transaction, known: Catalogue, owed: Owed, told: Told | None = None
) -> tuple[str, LetterContext]:
    """The address a letter goes to and all it may say, as things stand now. Raises NotToBeSent, NotYet or LetterUnknown."""
    if owed.letter not in LETTERS:
        raise LetterUnknown(f"There is no letter {owed.letter!r}. {LetterUnknown.cure}")
    if told is not None:
        context = regular.context(engine, tx, known, owed, told)
        return context.to, context
    lead = leads.by_id(tx, owed.lead_id) if owed.lead_id else None
    signup = leads.signup(tx, owed.signup_id) if owed.signup_id else None
    if lead is None or signup is None or lead.state == "erased":
        raise NotToBeSent("This person's details were erased.")
    if lead.state == "left" and (lead.left_at is None or owed.created_at <= lead.left_at):
        raise NotToBeSent("This person left after asking.")
    context = FACTS[owed.letter](Reason(engine, tx, known, owed, lead, signup))
    return context.to or lead.email, context


def sealed(engine: Engine, owed: Owed, to: str, context: LetterContext) -> Sealed:
    """The finished message. Raises HeaderRefused or NeverAccepted."""
    text = LETTERS[owed.letter].compose(context)
    heading = Heading(owed.id, text.subject, engine.settings.mail_from, to, engine.now(), context.leave_url)
    return seal(heading, render(text, context), text.attachments)


__all__ = ["FACTS", "LetterUnknown", "NotToBeSent", "NotYet", "facts", "report", "sealed"]

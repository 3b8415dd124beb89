"""The facts of the letters about answers: to whoever gave them, and to each owner whom they were given to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from gatepost.actions import granting
from gatepost.actions.composing.files import open_files
from gatepost.actions.composing.letters import NotToBeSent, Reason
from gatepost.languages import ENGLISH, words
from gatepost.mail.letters import FollowUp, LetterContext, Quote
from gatepost.offers.answered import answered
from gatepost.store import answers, owners, tasks


def to_survey(reason: Reason) -> LetterContext:
    """What was answered, and the files of the offer that it led to."""
    _must_be_confirmed(reason)
    ending, given = granting.ending(reason.engine, reason.tx, reason.signup), open_files(reason)
    quotes = _quotes(reason, words(reason.language))
    if given is None:
        return reason.context(reason.engine.now().date(), answers=quotes)
    title = ending.title if ending else ""
    return reason.context(given.ends_on, files=given.files, uses=given.uses, answers=quotes, ending_title=title)


def to_question(reason: Reason) -> LetterContext:
    """What was asked, and the day by which it is answered."""
    _must_be_confirmed(reason)
    follow_up = _follow_up(reason)
    quotes = _quotes(reason, words(reason.language))
    return reason.context(follow_up.due_on, answers=quotes, follow_up=follow_up)


def to_owner(reason: Reason) -> LetterContext:
    """The same for the owner whose id ends the key of the letter, in English and without the reader's links."""
    _must_be_confirmed(reason)
    owner = owners.by_id(reason.tx, UUID(reason.owed.key.rpartition(":")[2]))
    if owner is None:
        raise NotToBeSent("This owner has gone.")
    follow_up, english = _follow_up(reason), words(ENGLISH)
    context = reason.context(follow_up.due_on, answers=_quotes(reason, english), follow_up=follow_up, to=owner.email)
    return replace(context, words=english, leave_url="", my_url="", yours_url="")


def _must_be_confirmed(reason: Reason) -> None:
    # Until then anybody may have typed these words for anybody.
    if reason.signup.confirmed_at is None:
        raise NotToBeSent("This request is not confirmed.")


def _quotes(reason: Reason, t: Callable[[str], str]) -> tuple[Quote, ...]:
    offer = reason.known.offers.get(reason.signup.offer)
    given = answers.of(reason.tx, reason.signup.id)
    return tuple(Quote(t(one.label), one.text) for one in answered(offer.terms.questions if offer else (), given))


def _follow_up(reason: Reason) -> FollowUp:
    asked = tasks.of_request(reason.tx, reason.signup.id)
    if asked is None:
        raise NotToBeSent("There is no follow-up for this request.")
    url = f"{reason.engine.settings.capture_url}/owner/follow-ups#task-{asked.task.id}"
    return FollowUp(asked.email, url, asked.task.due_at.date())

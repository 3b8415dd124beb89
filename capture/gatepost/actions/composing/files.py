"""The facts of the two letters about files: asking whether it was you, and bringing what was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gatepost.actions.composing.letters import NotToBeSent, Reason
from gatepost.languages import words
from gatepost.leads import Grant
from gatepost.mail.letters import FileLink, LetterContext
from gatepost.offers import LIST_WORDS
from gatepost.store import grants
from gatepost.tokens import LIVES


def to_confirm(reason: Reason) -> LetterContext:
    """A link to the page with the button."""
    engine, signup = reason.engine, reason.signup
    if signup.confirmed_at is not None:
        raise NotToBeSent("This request is confirmed already.")
    if signup.offer not in reason.known.offers:
        raise NotToBeSent("The offer has gone from the catalogue, so there is nothing to confirm it for.")
    life = LIVES["confirm"]
    assert life is not None
    return reason.context((engine.now() + life).date(), confirm_url=engine.link("confirm", signup.id))


def to_deliver(reason: Reason) -> LetterContext:
    """A link for each file that still opens."""
    if reason.signup.confirmed_at is None:
        raise NotToBeSent("This request is not confirmed.")
    given = open_files(reason)
    if given is None:
        raise NotToBeSent("None of the links promised opens any more.")
    return reason.context(given.ends_on, files=given.files, uses=given.uses)


@dataclass(frozen=True)
class OpenFiles:
    """Links that still open, the last day on which all of them do, and how often each opens at least."""

    files: tuple[FileLink, ...]
    ends_on: date
    uses: int


def open_files(reason: Reason) -> OpenFiles | None:
    """The files that a request was given and that still open; None where there are none."""
    # The newest grant of each file: one that was renewed stands in for its spent forerunner.
    given = grants.of_signup(reason.tx, reason.signup.id)
    usable = {grant.file.id: grant for grant in given if grant.opens(reason.engine.now())}
    if not usable:
        return None
    files = tuple(_link(reason, grant) for grant in usable.values())
    ends = min(grant.expires_at for grant in usable.values())
    return OpenFiles(files, ends.date(), min(grant.uses_allowed - grant.uses for grant in usable.values()))


def _link(reason: Reason, grant: Grant) -> FileLink:
    url = reason.engine.link("download", grant.id, grant.file.door)
    if grant.file.is_page:
        return FileLink(words(reason.language)(LIST_WORDS), url, "")
    return FileLink(grant.file.name, url, words(reason.language).size(grant.file.size))

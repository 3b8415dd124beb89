"""Composing: from a letter owed to what it may say, or the reason why it must not be sent any more."""

from __future__ import annotations

from datetime import datetime

from gatepost.catalogue import Catalogue
from gatepost.engine import Engine
from gatepost.leads import Grant, Lead, Signup
from gatepost.mail.letters import LETTERS, FileLink, LetterContext, human_size
from gatepost.mail.message import Heading, Sealed, seal
from gatepost.mail.rendering import render
from gatepost.offers import KINDS
from gatepost.store import Transaction, grants, leads
from gatepost.store.outbox import Owed
from gatepost.tokens import LIVES

# What a file is called whose offer has gone from the catalogue since it was promised.
_PLAIN_NOUN = "file"


class LetterUnknown(Exception):
    """A row that names no entry of LETTERS: written by a newer version, or by hand."""

    cure = "Run the worker of the version that wrote it."


class NotToBeSent(Exception):
    """A letter that has lost its reason. The text is the reason; it names nobody."""


def facts(engine: Engine, tx: Transaction, known: Catalogue, owed: Owed) -> tuple[str, LetterContext]:
    """The address a letter goes to and all it may say, as things stand now. Raises NotToBeSent or LetterUnknown."""
    if owed.letter not in LETTERS:
        raise LetterUnknown(f"There is no letter {owed.letter!r}. {LetterUnknown.cure}")
    lead, signup = leads.by_id(tx, owed.lead_id), leads.signup(tx, owed.signup_id)
    if lead is None or signup is None or lead.state == "erased":
        raise NotToBeSent("This person's details were erased.")
    if lead.state == "left" and (lead.left_at is None or owed.created_at <= lead.left_at):
        raise NotToBeSent("This person left after asking.")
    if owed.letter == "confirm":
        return lead.email, _to_confirm(engine, known, lead, signup)
    return lead.email, _to_deliver(engine, known, lead, signup, grants.of_signup(tx, signup.id))


def sealed(engine: Engine, owed: Owed, to: str, context: LetterContext) -> Sealed:
    """The finished message. Raises HeaderRefused or NeverAccepted."""
    text = LETTERS[owed.letter].compose(context)
    heading = Heading(owed.id, text.subject, engine.settings.mail_from, to, engine.now(), context.leave_url)
    return seal(heading, render(text, context))


def _to_confirm(engine: Engine, known: Catalogue, lead: Lead, signup: Signup) -> LetterContext:
    if signup.confirmed_at is not None:
        raise NotToBeSent("This request is confirmed already.")
    if signup.offer not in known.offers:
        raise NotToBeSent("The offer has gone from the catalogue, so there is nothing to confirm it for.")
    life = LIVES["confirm"]
    assert life is not None
    ends = engine.now() + life
    return _context(engine, known, lead, signup, ends, confirm_url=engine.link("confirm", signup.id))


def _to_deliver(engine: Engine, known: Catalogue, lead: Lead, signup: Signup, given: list[Grant]) -> LetterContext:
    if signup.confirmed_at is None:
        raise NotToBeSent("This request is not confirmed.")
    # The newest grant of each file: one that was renewed stands in for its spent forerunner.
    usable = {grant.file.id: grant for grant in given if grant.opens(engine.now())}
    if not usable:
        raise NotToBeSent("None of the links promised opens any more.")
    files = tuple(
        FileLink(grant.file.name, engine.link("download", grant.id), human_size(grant.file.size))
        for grant in usable.values()
    )
    ends = min(grant.expires_at for grant in usable.values())
    uses = min(grant.uses_allowed - grant.uses for grant in usable.values())
    return _context(engine, known, lead, signup, ends, files=files, uses=uses)


def _context(
    engine: Engine,
    known: Catalogue,
    lead: Lead,
    signup: Signup,
    ends: datetime,
    *,
    confirm_url: str = "",
    files: tuple[FileLink, ...] = (),
    uses: int = 0,
) -> LetterContext:
    offer, article = known.offers.get(signup.offer), known.articles.get(signup.article)
    kind = KINDS.get(offer.kind) if offer else None
    return LetterContext(
        site_name=known.site_name,
        site_url=known.site_url or engine.settings.site_url,
        language=known.language,
        offer_title=offer.title if offer else files[0].name.rpartition(".")[0] or files[0].name,
        offer_noun=kind.noun if kind else _PLAIN_NOUN,
        offer_summary=offer.summary if offer else "",
        article_title=article.title if article else "",
        leave_url=engine.link("leave", lead.id),
        my_url=engine.link("my", lead.id),
        link_ends_on=ends.date(),
        confirm_url=confirm_url,
        files=files,
        uses=uses,
        postal_address=engine.settings.postal_address,
    )

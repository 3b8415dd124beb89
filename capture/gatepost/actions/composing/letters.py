"""What each letter may say: one function a letter, from a request to the letter's facts, or the reason why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gatepost.catalogue import Catalogue
from gatepost.engine import Engine
from gatepost.languages import words
from gatepost.leads import Lead, Signup
from gatepost.mail.letters import FileLink, LetterContext
from gatepost.offers import KINDS
from gatepost.store import Transaction
from gatepost.store.outbox import Owed

# What a file is called whose offer has gone from the catalogue since it was promised.
_PLAIN_NOUN = "file"


class NotToBeSent(Exception):
    """A letter that has lost its reason. The text is the reason; it names nobody."""


class NotYet(Exception):
    """A letter whose time has moved: it waits until `due_at` (aware UTC)."""

    def __init__(self, due_at: datetime):
        super().__init__("This letter's time has moved.")
        self.due_at = due_at


@dataclass(frozen=True)
class Reason:
    """Why a letter is written: all that its facts are taken from."""

    engine: Engine
    tx: Transaction
    known: Catalogue
    owed: Owed
    lead: Lead
    signup: Signup

    @property
    def language(self) -> str:
        """That of the offer, or of the site where the offer has gone or says none."""
        offer = self.known.offers.get(self.signup.offer)
        return (offer.language if offer else "") or self.known.language

    def context(self, link_ends_on: date, **more: Any) -> LetterContext:
        """What every letter says, and `more` for one of them."""
        engine, known, signup = self.engine, self.known, self.signup
        offer, article = known.offers.get(signup.offer), known.articles.get(signup.article)
        kind, t = KINDS.get(offer.kind) if offer else None, words(self.language)
        title = offer.title if offer else _title_of(more.get("files", ()), signup)
        return LetterContext(
            words=t,
            site_name=known.site_name,
            site_url=known.site_url or engine.settings.site_url,
            offer_title=title,
            offer_noun=kind.noun if kind else _PLAIN_NOUN,
            offer_summary=offer.summary if offer else "",
            article_title=article.title if article else "",
            asked=t(kind.asked, site=known.site_name, title=title) if kind else "",
            confirm_words=t(kind.confirm) if kind else "",
            leave_url=engine.link("leave", self.lead.id),
            my_url=engine.link("my", self.lead.id),
            yours_url=engine.link("yours", signup.id),
            link_ends_on=link_ends_on,
            postal_address=engine.settings.postal_address,
            **more,
        )


def _title_of(files: Sequence[FileLink], signup: Signup) -> str:
    """What an offer is called that has gone: by its first file, or else by the word in its address."""
    return (files[0].name.rpartition(".")[0] or files[0].name) if files else signup.offer


# From the reason to the facts. Raises NotToBeSent or NotYet.
Facts = Callable[[Reason], LetterContext]

"""Previewing: a signed link shows one draft to whoever has it, until a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from gatepost import drafts
from gatepost.catalogue import Article
from gatepost.drafts import Draft
from gatepost.engine import Engine
from gatepost.languages.told import Told
from gatepost.offers import said
from gatepost.tokens import LIVES, LinkExpired, Tokens

PURPOSE = "preview"
LONGEST = LIVES[PURPOSE] or timedelta(days=90)
USUAL = timedelta(days=14)


class PreviewEnded(Told):
    """Ours, and its day is over."""

    cure = said("Ask whoever sent it to you for a new one.")

    def __init__(self) -> None:
        super().__init__(said("This link to a draft has ended."))


class DraftGone(Told):
    """The link is good, and there is no such draft any more, nor an article that it became."""

    cure = said("Ask whoever sent it to you for a new one.")

    def __init__(self) -> None:
        super().__init__(said("The draft behind this link is not here any more."))


@dataclass(frozen=True)
class Preview:
    """A draft, its page, and until when (aware UTC) this link shows it."""

    draft: Draft
    page: Path
    until: datetime


def link(tokens: Tokens, draft: Draft, lives: timedelta, now: datetime) -> str:
    """The token of a link that opens this draft, for `lives` from now, LONGEST at most."""
    # A token says when it was made, and lives as long as its purpose does: for less, it was made earlier.
    return tokens.sign(PURPOSE, draft.subject, now - (LONGEST - min(lives, LONGEST)))


def look(engine: Engine, token: str) -> Preview | Article:
    """The draft behind a link; or the article that it has become. Raises LinkWrong, PreviewEnded or DraftGone."""
    try:
        signed = engine.tokens.read(PURPOSE, token, engine.now())
    except LinkExpired:
        raise PreviewEnded from None
    # What was published is public: a copy of the draft that lies there still is older.
    for article in engine.catalogue.articles.values():
        if drafts.subject(article.slug) == signed.subject:
            return article
    data = engine.settings.data_dir
    draft = next((one for one in drafts.listed(data) if one.subject == signed.subject), None)
    if draft is None or not drafts.page(data, draft.subject).is_file():
        raise DraftGone
    return Preview(draft, drafts.page(data, draft.subject), signed.signed_at + LONGEST)

"""The facts of the letter that a regular report is: for one owner, about the latest week or month that is over."""

from __future__ import annotations

from urllib.parse import urlencode

from gatepost.actions import looking, noting
from gatepost.actions.composing.letters import NotToBeSent
from gatepost.catalogue import Catalogue
from gatepost.engine import Engine
from gatepost.languages import ENGLISH, words
from gatepost.mail.letters import LetterContext, Regular
from gatepost.report.ended import Ended, latest
from gatepost.report.told import Told, told
from gatepost.store import Transaction, owners
from gatepost.store.outbox import Owed


def period(engine: Engine, owed: Owed) -> Ended:
    """The week or month that a letter owed is about. Raises NotToBeSent once a later one is over."""
    key = owed.key.rpartition(":")[2]
    ended = latest("week" if "W" in key else "month", engine.now().date())
    if ended.key != key:
        raise NotToBeSent("The report of a later period follows.")
    return ended


def figures(engine: Engine, known: Catalogue, owed: Owed) -> Told:
    """What the letter tells. Read outside of any transaction: it takes longer than others should wait for. Raises NotToBeSent."""
    ended = period(engine, owed)
    found = looking.look(engine.database, known, span=ended.span, compare=ended.compare, now=engine.now())
    titles = {slug: article.title for slug, article in known.articles.items()}
    return told(ended, found, noting.within(engine.database, ended.span, None), titles)


def context(engine: Engine, tx: Transaction, known: Catalogue, owed: Owed, report: Told) -> LetterContext:
    """All that the letter may say, if its owner still wants it. Raises NotToBeSent."""
    owner = owners.by_id(tx, owed.owner_id) if owed.owner_id else None
    if owner is None:
        raise NotToBeSent("This owner has gone.")
    if owner.letter_every != report.ended.every:
        raise NotToBeSent("This owner chose otherwise meanwhile.")
    span, settings = report.ended.span, engine.settings
    assert span.first is not None
    assert span.last is not None
    days = urlencode({"since": span.first.isoformat(), "until": span.last.isoformat(), "compare": "1"})
    return LetterContext(
        words=words(ENGLISH),
        site_name=known.site_name,
        site_url=known.site_url or settings.site_url,
        offer_title="",
        offer_noun="",
        leave_url="",
        my_url="",
        link_ends_on=span.last,
        postal_address=settings.postal_address,
        to=owner.email,
        report=Regular(report, f"{settings.capture_url}/owner/?{days}"),
    )

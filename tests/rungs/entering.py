"""A contest and the people who enter it: through links that friends pass on, from several addresses, in time or too late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from gatepost.actions import composing, confirming, signing_up
from gatepost.actions.confirming import Yours
from gatepost.actions.signing_up import Asking
from gatepost.engine import Engine
from gatepost.leads import Signup, email_key
from gatepost.mail.letters import LETTERS as COMPOSED
from gatepost.mail.letters import LetterText
from gatepost.offers import KINDS, Draft, Offer
from gatepost.offers.entered import Entered
from gatepost.store import counters, entries, leads, outbox
from gatepost.store.entries import Entry
from tests.conftest import LETTERS

SLUG = "contest"
ENDS = datetime(2027, 3, 31, 21, 59, tzinfo=UTC)


def draft(**fields: str) -> Draft:
    """A whole contest as its writer typed it, with some lines changed."""
    lines = {"ends": "2027-03-31 23:59", "zone": "Europe/Berlin", "prize": "A book", **fields}
    return Draft(
        "contest", title="Win a book", consent="letters", fields={name: (line,) for name, line in lines.items() if line}
    )


def contest(slug: str = SLUG, **fields: str) -> Offer:
    """The same, published."""
    terms = KINDS["contest"].terms(draft(**fields))
    return Offer(
        slug, "Win a book", "A summary.", "contest", f"/offers/{slug}.html", (LETTERS,), language="en", terms=terms
    )


@dataclass
class Stage:
    """A site with contests. People ask, press the button, and pass their links on."""

    engine: Engine

    def asks(self, email: str, slug: str = SLUG, **asking: Any) -> Signup:
        before = {signup.id for signup in self.signups(email)}
        signing_up.sign_up(self.engine, Asking(email, slug, **asking))
        (made,) = (signup for signup in self.signups(email) if signup.id not in before)
        return made

    def signups(self, email: str) -> list[Signup]:
        with self.engine.database.reading() as tx:
            lead = leads.by_key(tx, email_key(email))
            return leads.signups_of(tx, lead.id) if lead else []

    def lead_id(self, email: str) -> UUID:
        with self.engine.database.reading() as tx:
            lead = leads.by_key(tx, email_key(email))
        assert lead is not None
        return lead.id

    def presses(self, signup: Signup) -> Entered:
        token = self.engine.tokens.sign("confirm", signup.id, self.engine.now())
        confirming.confirm(self.engine, token)
        return self.sees(signup)

    def enters(self, email: str, slug: str = SLUG, **asking: Any) -> Entered:
        return self.presses(self.asks(email, slug, **asking))

    def sees(self, signup: Signup) -> Entered:
        """What the page of a request tells."""
        found: Yours = confirming.yours(self.engine, self.engine.tokens.sign("yours", signup.id, self.engine.now()))
        part: Entered = found.more["part"]
        return part

    def part(self, email: str) -> Entered:
        return self.sees(self.signups(email)[0])

    def token(self, email: str) -> str:
        """What stands at the end of somebody's link for friends."""
        return self.part(email).refer_url.rpartition("/")[2]

    def entries(self, email: str = "", slug: str = SLUG) -> list[Entry]:
        with self.engine.database.reading() as tx:
            if email:
                return entries.of_lead(tx, self.lead_id(email), slug)
            return entries.of_offer(tx, slug)

    def letter(self, email: str, name: str = "entry") -> LetterText:
        """The newest letter of this name, as it would be sent now."""
        owed = [one for one in self.letters(email) if one.letter == name][-1]
        with self.engine.database.writing() as tx:
            _, context = composing.facts(self.engine, tx, self.engine.catalogue, owed)
        composing.sealed(self.engine, owed, email, context)
        return COMPOSED[name].compose(context)

    def letters(self, email: str) -> list[outbox.Owed]:
        with self.engine.database.reading() as tx:
            return outbox.of_lead(tx, self.lead_id(email))

    def dropped(self) -> dict[str, int]:
        with self.engine.database.reading() as tx:
            return {reason: n for reason, n in counters.dropped_totals(tx).items() if reason.startswith("referral")}


def to_the_end(clock: Any, *, before: float = 0) -> None:
    """Let the clock stand at the end, or so many seconds before."""
    clock.at = ENDS - timedelta(seconds=before)

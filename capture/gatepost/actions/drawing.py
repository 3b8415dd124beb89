"""Drawing: contests as everybody may see them, the winners once it is over, and the record that proves the draw."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gatepost.actions.giving.contest import sealed_hash
from gatepost.actions.owing import owe
from gatepost.engine import Engine
from gatepost.leads import email_key
from gatepost.offers import Offer, drawing
from gatepost.offers.drawing import Ticket
from gatepost.offers.terms import Contest
from gatepost.store import Transaction, entries, leads
from gatepost.store.entries import OWN, Draw, Entry

WON = "won"
PUBLIC_LENGTH = 500


class ContestRefused(Exception):
    """A contest that cannot be drawn, or is none. Carries its cure."""

    def __init__(self, problem: str, cure: str):
        super().__init__(problem)
        self.cure = cure


@dataclass(frozen=True)
class Shown:
    """One contest as everybody may see it. `record` is the published text, "" before the draw; `tickets` and `digest` are
    told once it is over, so that the list is fixed before a public text is chosen.
    """

    slug: str
    title: str
    language: str
    contest: Contest
    people: int
    count: int
    commitment: str
    is_over: bool
    tickets: tuple[Ticket, ...] = ()
    record: str = ""
    drawn_at: datetime | None = None

    @property
    def digest(self) -> str:
        """The hash of the list of entries, once it is over."""
        return drawing.digest(self.tickets) if self.is_over else ""

    @property
    def drawn(self) -> dict[str, Any]:
        """The record, read; empty before the draw."""
        return dict(json.loads(self.record)) if self.record else {}


@dataclass(frozen=True)
class Entrant:
    """One entry as the owner sees it. `place` is where it stands in the draw, from 1; 0 before, or if it was not in it."""

    entry: Entry
    email: str
    state: str
    place: int = 0
    prize: str = ""


def look(engine: Engine, slug: str) -> Shown:
    """A contest for everybody; changes nothing. Raises ContestRefused when there is none."""
    with engine.database.reading() as tx:
        return _shown(engine, tx, slug)


def before(shown: Shown) -> str:
    """What is told of a contest before its draw, as JSON; the entries once it is over."""
    contest = shown.contest
    plain: dict[str, Any] = {
        "contest": shown.slug,
        "title": shown.title,
        "prize": contest.prize,
        "ends_at": contest.ends_at.isoformat(),
        "zone": contest.zone,
        "referrals": contest.referrals,
        "places": contest.winners,
        "commitment": shown.commitment,
        "people": shown.people,
        "count": shown.count,
    }
    if shown.is_over:
        rows = sorted(shown.tickets, key=lambda ticket: ticket.entry)
        plain |= {"entries": [{"entry": row.entry, "person": row.person} for row in rows], "digest": shown.digest}
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def listed(engine: Engine) -> list[Shown]:
    """Every contest of the catalogue, and every one that was drawn, in the order of their ends."""
    known = [slug for slug, offer in engine.catalogue.offers.items() if offer.terms.contest]
    with engine.database.reading() as tx:
        drawn = [one.offer for one in entries.draws(tx) if one.record]
        found = [_shown(engine, tx, slug) for slug in dict.fromkeys((*known, *drawn))]
    return sorted(found, key=lambda one: (one.contest.ends_at, one.slug))


def draw(engine: Engine, slug: str, public: str = "") -> Shown:
    """Draw the winners and owe each a letter; drawn before, the same record again. Raises ContestRefused."""
    with engine.database.writing() as tx:
        entries.hold(tx, slug)
        sealed = entries.draw_of(tx, slug)
        if not (sealed and sealed.record):
            _draw(engine, tx, _open(engine, slug), sealed, _public(public))
        return _shown(engine, tx, slug)


def _draw(engine: Engine, tx: Transaction, offer: Offer, sealed: Draw | None, public: str) -> None:
    contest, now = _contest(offer), engine.now()
    if now < contest.ends_at:
        problem = f"The contest {offer.slug} runs until {contest.ends_at:%Y-%m-%d %H:%M} UTC."
        raise ContestRefused(problem, "Draw once it is over; until then people may enter.")
    counting = entries.of_offer(tx, offer.slug)
    tickets = _tickets(counting)
    if sealed is None or not tickets:
        raise ContestRefused(f"Nobody is in the contest {offer.slug}.", "There is nothing to draw.")
    made = drawing.record(sealed.seed, public, tickets, contest.winners)
    about = {
        "format": drawing.FORMAT,
        "contest": offer.slug,
        "title": offer.title,
        "prize": contest.prize,
        "ends_at": contest.ends_at.isoformat(),
        "zone": contest.zone,
        "referrals": contest.referrals,
        "sealed_at": sealed.made_at.isoformat(),
        "drawn_at": now.isoformat(),
    }
    entries.keep_record(tx, offer.slug, json.dumps({**about, **made}, ensure_ascii=False, indent=1) + "\n", now)
    _tell(engine, tx, counting, set(made["winners"]))


def _tell(engine: Engine, tx: Transaction, counting: Sequence[Entry], winners: set[str]) -> None:
    """Owe the letter to each winner, about the request by which they entered."""
    people = {entry.lead_id for entry in counting if str(entry.id) in winners}
    for entry in counting:
        if entry.why == OWN and entry.lead_id in people:
            signup = leads.signup(tx, entry.signup_id)
            assert signup is not None
            owe(engine, tx, WON, signup)


def entrants(engine: Engine, slug: str) -> list[Entrant]:
    """Every entry for the owner, withdrawn ones too; once drawn, in the order of the draw. Raises ContestRefused."""
    with engine.database.reading() as tx:
        drawn = _shown(engine, tx, slug).drawn
        found = [(entry, leads.by_id(tx, entry.lead_id)) for entry in entries.of_offer(tx, slug, with_withdrawn=True)]
    places = {entry: place for place, entry in enumerate(drawn.get("order", ()), 1)}
    prizes = {
        **dict.fromkeys(drawn.get("substitutes", ()), "substitute"),
        **dict.fromkeys(drawn.get("winners", ()), WON),
    }
    made = [
        Entrant(entry, lead.email, lead.state, places.get(str(entry.id), 0), prizes.get(str(entry.id), ""))
        for entry, lead in found
        if lead is not None
    ]
    return sorted(made, key=lambda one: one.place or len(made) + 1)


def withdraw(engine: Engine, slug: str, email: str) -> int:
    """Take a person out of a contest before the draw, with what they brought; how many entries. Raises ContestRefused."""
    with engine.database.writing() as tx:
        entries.hold(tx, slug)
        if _shown(engine, tx, slug).record:
            cure = "The record stays as it is; give the prize to the next substitute."
            raise ContestRefused(f"The contest {slug} was drawn.", cure)
        lead = leads.by_key(tx, email_key(email.strip()))
        return entries.withdraw(tx, lead.id, engine.now(), slug) if lead else 0


def _shown(engine: Engine, tx: Transaction, slug: str) -> Shown:
    sealed, offer = entries.draw_of(tx, slug), engine.catalogue.offers.get(slug)
    if sealed and sealed.record:
        return _as_recorded(sealed, offer.language if offer else "")
    offer = _open(engine, slug)
    counting, contest = entries.of_offer(tx, slug), _contest(offer)
    tickets, is_over = tuple(_tickets(counting)), engine.now() >= contest.ends_at
    people = len({ticket.person for ticket in tickets})
    about = (slug, offer.title, offer.language, contest, people, len(tickets), sealed_hash(sealed), is_over)
    return Shown(*about, tickets if is_over else ())


def _as_recorded(sealed: Draw, language: str) -> Shown:
    """As it was when it was drawn, whatever its file says by now."""
    read = json.loads(sealed.record)
    tickets = tuple(Ticket(one["entry"], one["person"]) for one in read["entries"])
    ends_at = datetime.fromisoformat(read["ends_at"])
    contest = Contest(ends_at, read["zone"], read["prize"], read["places"], read["referrals"])
    people = len({ticket.person for ticket in tickets})
    about = (sealed.offer, read["title"], language, contest, people, len(tickets), read["commitment"], True)
    return Shown(*about, tickets, sealed.record, sealed.drawn_at)


def _open(engine: Engine, slug: str) -> Offer:
    offer = engine.catalogue.offers.get(slug)
    if offer is None or offer.terms.contest is None:
        raise ContestRefused(f"There is no contest {slug!r}.", "`gatepost contest list` shows those there are.")
    return offer


def _contest(offer: Offer) -> Contest:
    assert offer.terms.contest is not None
    return offer.terms.contest


def _tickets(counting: Sequence[Entry]) -> list[Ticket]:
    # An entry that a friend brought in the very moment in which its person was erased has nobody behind it.
    own = {entry.lead_id: str(entry.id) for entry in counting if entry.why == OWN}
    return [Ticket(str(entry.id), own[entry.lead_id]) for entry in counting if entry.lead_id in own]


def _public(text: str) -> str:
    """One line of text, in the form that everybody types it in. Raises ContestRefused."""
    found = unicodedata.normalize("NFC", text.strip())
    if len(found) > PUBLIC_LENGTH or any(
        unicodedata.category(char)[0] == "C" or char in "\u2028\u2029" for char in found
    ):
        cure = f"Write one line of at most {PUBLIC_LENGTH} characters, as everybody can copy it."
        raise ContestRefused("The public text cannot be used.", cure)
    return found

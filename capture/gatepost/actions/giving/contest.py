"""A contest that its reader confirmed: an entry, if the button was pressed in time, and one more for whoever sent them."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from gatepost.actions import granting, touching
from gatepost.actions.giving.giving import Giving, OfferOver
from gatepost.engine import Engine
from gatepost.leads import Lead, Signup
from gatepost.offers import Offer, drawing, entered, said
from gatepost.offers.entered import Entered
from gatepost.offers.terms import Contest
from gatepost.store import Transaction, entries, leads
from gatepost.store.entries import OWN, REFERRAL, Entry
from gatepost.tokens import LinkWrong


def must_be_open(offer: Offer, now: datetime) -> None:
    """Raises OfferOver from the end on."""
    if now >= _contest(offer).ends_at:
        raise OfferOver(offer.slug, said("This contest ended on %(day)s."), day=_contest(offer).ends_at)


def confirmed(engine: Engine, tx: Transaction, signup: Signup, offer: Offer) -> None:
    """Enter the person behind the letter box, once; too late is too late, however early it was asked for."""
    lead = leads.by_id(tx, signup.lead_id)
    entries.hold(tx, offer.slug)
    # The clock is read under the lock: the draw takes the same one after the end, so no entry slips in behind it.
    now = engine.now()
    sealed = entries.draw_of(tx, offer.slug)
    if lead is None or now >= _contest(offer).ends_at or (sealed and sealed.drawn_at):
        return
    entries.seal(tx, offer.slug, engine.secret(), now)
    if entries.add(tx, _entry(engine, lead.id, signup, OWN, key(OWN, offer.slug, lead.mailbox))):
        _thank_referrer(engine, tx, signup, lead, offer)


def key(why: str, slug: str, mailbox: str) -> str:
    """What makes a second entry of one letter box impossible, without naming it."""
    whole = "\n".join((slug, mailbox))
    return f"{why}:{hashlib.sha256(whole.encode()).hexdigest()}"


def _thank_referrer(engine: Engine, tx: Transaction, signup: Signup, friend: Lead, offer: Offer) -> None:
    """One more entry for whoever sent this person, who is new to the contest."""
    sent_by = leads.signup(tx, signup.referrer) if signup.referrer else None
    host = leads.by_id(tx, sent_by.lead_id) if sent_by else None
    if host is None:
        return
    own = [entry for entry in entries.of_lead(tx, host.id, offer.slug) if entry.withdrawn_at is None]
    if not any(entry.why == OWN for entry in own):
        touching.drop(tx, engine.now(), {"referral-not-in": 1})
    elif sum(entry.why == REFERRAL for entry in own) >= _contest(offer).referrals:
        touching.drop(tx, engine.now(), {"referral-limit": 1})
    else:
        entries.add(tx, _entry(engine, host.id, signup, REFERRAL, key(REFERRAL, offer.slug, friend.mailbox)))


def _entry(engine: Engine, lead_id: UUID, signup: Signup, why: str, key: str) -> Entry:
    # No time in it, as our other ids have: whoever sees an entry's id learns nothing about the person.
    entry_id = UUID(hex=engine.secret()[:32], version=4)
    return Entry(entry_id, key, signup.offer, lead_id, signup.id, why, engine.now())


def referrer(engine: Engine, tx: Transaction, offer: Offer, token: str, dropped: Counter[str]) -> UUID | None:
    """The confirmed request behind a friend's link; one that was forged, cut, or made for another contest is none."""
    try:
        subject = engine.tokens.read("refer", token, engine.now()).subject
    except LinkWrong:
        dropped["referral-forged"] += 1
        return None
    found = leads.signup(tx, subject)
    if found is None or found.offer != offer.slug or found.confirmed_at is None:
        dropped["referral-forged"] += 1
        return None
    return found.id


def passed_on(engine: Engine, token: str) -> Offer:
    """The contest that a friend's link is for; changes nothing. Raises LinkWrong, OfferUnknown or OfferOver."""
    subject = engine.tokens.read("refer", token, engine.now()).subject
    with engine.database.reading() as tx:
        found = leads.signup(tx, subject)
    if found is None:
        raise LinkWrong
    offer = granting.open_offer(engine.catalogue, found.offer)
    if offer.terms.contest is None:
        raise LinkWrong
    must_be_open(offer, engine.now())
    return offer


def part_of(engine: Engine, tx: Transaction, signup: Signup, offer: Offer) -> Entered:
    """What the person behind a request is told of their part in the contest."""
    contest, now = _contest(offer), engine.now()
    own = entries.of_lead(tx, signup.lead_id, offer.slug)
    counting = [entry for entry in own if entry.withdrawn_at is None]
    sealed = entries.draw_of(tx, offer.slug)
    first = next((entry for entry in counting if entry.why == OWN), None)
    is_over = now >= contest.ends_at
    return Entered(
        state=_state(tx, signup, own, bool(counting)),
        prize=contest.prize,
        ends_at=contest.ends_at,
        zone=contest.zone,
        draw_url=f"{engine.settings.capture_url}/draw/{offer.slug}",
        entries=tuple(str(entry.id) for entry in counting),
        refer_url=engine.link("refer", first.signup_id) if first and contest.referrals and not is_over else "",
        most=contest.referrals,
        commitment=sealed_hash(sealed),
        is_over=is_over,
        is_drawn=bool(sealed and sealed.drawn_at),
        won=won(sealed, counting),
    )


def _state(tx: Transaction, signup: Signup, own: list[Entry], is_in: bool) -> str:
    if is_in:
        return entered.IN if any(entry.signup_id == signup.id for entry in own) else entered.ALREADY
    if own:
        return entered.OUT
    lead = leads.by_id(tx, signup.lead_id)
    other = entries.by_key(tx, key(OWN, signup.offer, lead.mailbox)) if lead else None
    return entered.ALREADY if other else entered.LATE


def sealed_hash(sealed: entries.Draw | None) -> str:
    """The commitment that is shown from the first entry on; "" before."""
    return drawing.commitment(sealed.seed) if sealed else ""


def won(sealed: entries.Draw | None, own: list[Entry]) -> bool:
    """Was one of these entries drawn as a winner?"""
    winners = set(json.loads(sealed.record)["winners"]) if sealed and sealed.record else set()
    return any(str(entry.id) in winners for entry in own)


def yours(engine: Engine, tx: Transaction, signup: Signup, offer: Offer) -> Mapping[str, Any]:
    """The person's entries, and the link to pass on."""
    return {"part": part_of(engine, tx, signup, offer)}


def _contest(offer: Offer) -> Contest:
    contest = offer.terms.contest
    assert contest is not None
    return contest


GIVING = Giving("entry", must_be_open, confirmed, yours, referrer)

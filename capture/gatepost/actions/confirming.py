"""Confirming: the button in the letter. It proves the address, counts the permissions and opens the offer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gatepost.actions import climbing, crediting, giving, granting, trying
from gatepost.actions.owing import owe
from gatepost.engine import Engine
from gatepost.events import LeadConfirmed
from gatepost.leads import Grant, Lead, Signup
from gatepost.offers import Offer, Wording
from gatepost.store import Transaction, grants, leads, offered
from gatepost.tokens import LinkExpired, LinkWrong


@dataclass(frozen=True)
class Waiting:
    """What the page with the button shows: the request, and the sentences that the button makes count."""

    signup: Signup
    title: str
    wordings: tuple[Wording, ...]
    offer: Offer | None = None


@dataclass(frozen=True)
class Yours:
    """What one confirmed request brought: links that still open, and what its kind adds. `offer` None: it has gone."""

    signup: Signup
    offer: Offer | None
    grants: tuple[Grant, ...]
    more: Mapping[str, Any]


@dataclass(frozen=True)
class Confirmed:
    """A confirmed request and what it opens, the offer's first file first; `opens_page`: its page says more than a file."""

    signup: Signup
    grants: tuple[Grant, ...]
    opens_page: bool = False


def look(engine: Engine, token: str) -> Waiting:
    """What a confirmation link is about; changes nothing. Raises LinkWrong, LinkExpired or LeadErased."""
    signup_id = engine.tokens.read("confirm", token, engine.now()).subject
    with engine.database.reading() as tx:
        signup, lead = _request(tx, signup_id)
        given = [c.wording_hash for c in leads.consents_of(tx, lead.id) if c.signup_id == signup.id]
        wordings = tuple(w for hash_ in given if (w := leads.wording(tx, hash_)))
    offer = engine.catalogue.offers.get(signup.offer)
    return Waiting(signup, offer.title if offer else "", wordings, offer)


def yours(engine: Engine, token: str) -> Yours:
    """What a confirmed request brought; changes nothing. Raises LinkWrong or LeadErased."""
    signup_id = engine.tokens.read("yours", token, engine.now()).subject
    with engine.database.reading() as tx:
        signup, _ = _request(tx, signup_id)
        if signup.confirmed_at is None:
            raise LinkWrong
        offer = engine.catalogue.offers.get(signup.offer)
        more = giving.of(offer).yours(engine, tx, signup, offer) if offer else {}
        opening = tuple(g for g in grants.of_signup(tx, signup.id) if granting.opens(engine, g))
    return Yours(signup, offer, opening, more)


def confirm(engine: Engine, token: str) -> Confirmed:
    """Confirm a request and give its offer; a second press gives the same and changes nothing.

    Raises LinkWrong, LinkExpired, LeadErased or DatabaseUnreachable.
    """
    signup_id = engine.tokens.read("confirm", token, engine.now()).subject
    with engine.database.writing() as tx:
        signup, lead = _request(tx, signup_id)
        with climbing.counting(tx, lead.id):
            is_first = leads.confirm_signup(tx, signup.id, engine.now())
            if is_first:
                leads.save(tx, lead.confirmed(engine.now()))
                crediting.credit_request(tx, lead.id, signup.id)
                giving.give(engine, tx, signup)
        if is_first:
            offered.add_confirmed(tx, signup)
            trying.count_confirmed(tx, signup, engine.now().date())
            owe(engine, tx, giving.letter_for(engine, signup), signup)
        given = tuple(grants.of_signup(tx, signup.id))
    if is_first:
        engine.emit(LeadConfirmed(engine.now(), lead.id, signup.offer, signup.article))
    offer = engine.catalogue.offers.get(signup.offer)
    return Confirmed(signup, given, giving.of(offer).opens_page if offer else False)


def send_again(engine: Engine, token: str) -> Signup:
    """Owe the letter with new links to the address the old one went to, once a day at most. Gives the request.

    Takes a confirmation or a download link, old or spent. Raises LinkWrong, LeadErased, GrantRevoked or OfferUnknown.
    """
    with engine.database.writing() as tx:
        signup, _ = _request(tx, _signup_behind(engine, tx, token))
        today = engine.now().date().isoformat()
        if signup.confirmed_at is None:
            owe(engine, tx, "confirm", signup, again_on=today)
        else:
            granting.renew(engine, tx, signup)
            owe(engine, tx, giving.letter_for(engine, signup), signup, again_on=today)
    return signup


def _signup_behind(engine: Engine, tx: Transaction, token: str) -> UUID:
    try:
        return engine.tokens.read("confirm", token, engine.now()).subject
    except LinkExpired as old:
        return old.subject
    except LinkWrong:
        grant = grants.by_id(tx, engine.tokens.read("download", token, engine.now()).subject)
    if grant is None:
        raise LinkWrong
    return grant.signup_id


def _request(tx: Transaction, signup_id: UUID) -> tuple[Signup, Lead]:
    signup = leads.signup(tx, signup_id)
    lead = leads.by_id(tx, signup.lead_id) if signup else None
    if signup is None or lead is None:
        raise LinkWrong
    lead.must_exist()
    return signup, lead

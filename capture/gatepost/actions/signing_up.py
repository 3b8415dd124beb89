"""Signing up: a reader asks for an offer. One transaction holds the request, its permissions, its journey and the letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from gatepost import journey
from gatepost.actions import climbing, crediting, giving, granting, touching, trying
from gatepost.actions.owing import owe
from gatepost.catalogue import Catalogue
from gatepost.engine import Engine
from gatepost.events import OfferRequested
from gatepost.leads import Consent, Lead, Signup, email_key, mailbox
from gatepost.offers import KINDS, Offer, Wording
from gatepost.store import Transaction, answers, leads, offered, outbox, receipts

# A second press of the button, a reload, a retry: within this time they are one request.
REPEAT_WITHIN = timedelta(minutes=10)
# Somebody else's address typed in again and again must not become a flood in their letter box. A confirmed reader who
# takes several things home in one evening is no flood.
LETTERS_PER_DAY = {"confirm": 3, "delivery": 10}
# Instead of a purpose: everything the offer asks for (a form with one plain checkbox).
EVERY = "*"


@dataclass(frozen=True)
class Asking:
    """What a reader sent, checked for shape only. `email` is normalised; `journey` is what the browser kept, unread.

    `answers` are by the key of their question, `referral` is the token of the link that a friend passed on. `forgetful` says that this browser forgets what scripts kept after seven days without a visit.
    """

    email: str
    offer: str
    article: str = ""
    name: str = ""
    page: str = ""
    variant: str = ""
    purposes: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()
    journey: object = None
    is_trapped: bool = False
    forgetful: bool = False
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    referral: str = ""


@dataclass(frozen=True)
class _Request:
    """An asking, read against the catalogue: what will be stored."""

    asking: Asking
    offer: Offer
    signup: Signup
    wordings: tuple[Wording, ...]
    frozen: journey.Frozen
    dropped: Counter[str]
    answers: Mapping[str, tuple[str, ...]]


def sign_up(engine: Engine, asking: Asking) -> None:
    """Store a request and owe its letter; on disk when this returns.

    Raises OfferUnknown, OfferOver, AnswersRefused or DatabaseUnreachable.

    Nothing of the answer depends on whether the address is known.
    """
    offer = granting.open_offer(engine.catalogue, asking.offer)
    if asking.is_trapped:
        with engine.database.writing() as tx:
            touching.drop(tx, engine.now(), {"honeypot": 1})
        return
    giving.of(offer).must_be_open(offer, engine.now())
    request = _read(engine, asking, offer)
    with engine.database.writing() as tx:
        stored = _store(engine, tx, request)
        touching.drop(tx, engine.now(), request.dropped)
    if stored:
        engine.emit(OfferRequested(engine.now(), stored.id, stored.offer, stored.article))


def _read(engine: Engine, asking: Asking, offer: Offer) -> _Request:
    now, known = engine.now(), engine.catalogue
    dropped: Counter[str] = Counter()
    article = asking.article if asking.article in known.articles else ""
    if asking.article and not article:
        dropped["unknown-article"] += 1
    frozen = journey.freeze(
        asking.journey,
        now,
        known.articles.__contains__,
        touching.journey_channel(engine),
        touching.journey_proof(engine),
    )
    dropped.update(frozen.dropped)
    if asking.journey is not None and not isinstance(asking.journey, list):
        dropped["journey-unreadable"] += 1
    signup = Signup(
        id=engine.new_id(),
        lead_id=engine.new_id(),
        offer=offer.slug,
        requested_at=now,
        article=article,
        page=asking.page,
        channel=journey.came_through(frozen.touches, frozen.arrived),
        variant=asking.variant,
        value=offer.value,
        kind=offer.kind,
        forgetful=asking.forgetful,
    )
    trying.dropped(offer, asking.variant, dropped)
    given = giving.answers(offer, asking.answers, dropped)
    return _Request(asking, offer, signup, _wordings(known, offer, asking, dropped), frozen, dropped, given)


def _wordings(known: Catalogue, offer: Offer, asking: Asking, dropped: Counter[str]) -> tuple[Wording, ...]:
    """The sentences that were ticked. A page may be a year old: what it showed counts, as far as we know it."""
    asked = {wording.purpose: wording for wording in offer.wordings}
    purposes = tuple(asked) if EVERY in asking.purposes else asking.purposes
    shown = {w.purpose: w for hash_ in asking.wordings if (w := known.wordings.get(hash_))}
    chosen = []
    for purpose in dict.fromkeys(purposes):
        wording = shown.get(purpose) if asking.wordings else asked.get(purpose)
        if wording:
            chosen.append(wording)
        else:
            dropped["unknown-wording" if purpose in asked else "unknown-purpose"] += 1
    return tuple(chosen)


def _store(engine: Engine, tx: Transaction, request: _Request) -> Signup | None:
    """Write a request; None when it repeats one that is stored."""
    now = request.signup.requested_at
    leads.hold_mailbox(tx, mailbox(request.asking.email))
    lead = _lead(tx, request)
    if lead.id != request.signup.lead_id and (before := _repeated(tx, lead, request)):
        given = {c.wording_hash for c in leads.consents_of(tx, lead.id) if c.signup_id == before.id}
        _add_consents(engine, tx, before, [w for w in request.wordings if w.hash not in given])
        return None
    goes_straight = _needs_no_button(tx, lead, request)
    signup = replace(
        request.signup,
        lead_id=lead.id,
        confirmed_at=now if goes_straight else None,
        referrer=giving.referrer(engine, tx, request.offer, request.asking.referral, request.dropped),
    )
    with climbing.counting(tx, lead.id):
        leads.add_signup(tx, signup)
        answers.add(tx, signup.id, request.answers)
        _add_consents(engine, tx, signup, request.wordings)
        leads.add_journey(tx, signup.id, _touches(tx, request, signup))
        if goes_straight:
            giving.give(engine, tx, signup)
            crediting.credit_request(tx, lead.id, signup.id)
    offered.add_request(tx, signup)
    trying.count_request(tx, request.offer, signup)
    letter = giving.of(request.offer).letter if goes_straight else "confirm"
    if outbox.owed_to_mailbox(tx, lead.mailbox, letter, now - timedelta(days=1)) < LETTERS_PER_DAY.get(letter, 10):
        owe(engine, tx, letter, signup)
    else:
        request.dropped["mailbox-limit"] += 1
    return signup


def _touches(tx: Transaction, request: _Request, signup: Signup) -> tuple[journey.Touch, ...]:
    """The journey to be stored: a read that another lead handed in already is not this one's."""
    frozen, at = request.frozen, signup.requested_at
    reused = receipts.spend(tx, signup.lead_id, signup.id, frozen.receipts, at)
    touches = frozen.suspecting(reused)
    request.dropped.update("receipt-reused" for touch in touches if touch.suspect == "receipt-reused")
    channel = journey.came_through(touches, frozen.arrived)
    if channel != signup.channel:
        leads.set_signup_channel(tx, signup.id, channel)
    return journey.ending_at(touches, signup.article, at, channel)


def _lead(tx: Transaction, request: _Request) -> Lead:
    asking, signup = request.asking, request.signup
    lead = leads.add_if_new(
        tx,
        Lead(
            signup.lead_id,
            asking.email,
            email_key(asking.email),
            mailbox(asking.email),
            signup.requested_at,
            name=asking.name,
        ),
    )
    # A confirmed person's name is theirs: whoever knows the address could type anything here.
    if asking.name and not lead.name and lead.state == "pending":
        lead = leads.save(tx, replace(lead, name=asking.name))
    return lead


def _repeated(tx: Transaction, lead: Lead, request: _Request) -> Signup | None:
    """The request that this one only repeats, if it does."""
    since = request.signup.requested_at - REPEAT_WITHIN
    before = leads.latest_signup(tx, lead.id, request.offer.slug, since)
    if before is not None and answers.of(tx, before.id) != request.answers:
        return None
    if before is None or before.confirmed_at is None:
        return before if lead.state == "pending" or lead.is_confirmed else None
    return before if _needs_no_button(tx, lead, request) else None


def _needs_no_button(tx: Transaction, lead: Lead, request: _Request) -> bool:
    """Is this a confirmed person who gives no permission, and does nothing else, that the button would have to confirm?"""
    if not lead.is_confirmed or KINDS[request.offer.kind].always_confirms:
        return False
    if not request.wordings:
        return True
    active = {consent.purpose for consent in leads.consents_of(tx, lead.id) if consent.is_active}
    return all(wording.purpose in active for wording in request.wordings)


def _add_consents(engine: Engine, tx: Transaction, signup: Signup, wordings: Sequence[Wording]) -> None:
    """Store what was ticked. It counts once the request is confirmed by the button in the letter, and not before."""
    at = engine.now()
    leads.add_consents(tx, [_consent(engine, signup, wording, at) for wording in wordings], wordings)


def _consent(engine: Engine, signup: Signup, wording: Wording, at: datetime) -> Consent:
    return Consent(engine.new_id(), signup.lead_id, signup.id, wording.purpose, wording.hash, signup.page, at)

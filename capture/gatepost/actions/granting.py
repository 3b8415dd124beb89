"""Granting: what a confirmed request opens, and opening it anew when the first links are spent."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from gatepost import catalogue
from gatepost.catalogue import Catalogue
from gatepost.engine import Engine
from gatepost.leads import Grant, GrantRefused, GrantRevoked, Signup
from gatepost.offers import KINDS, HeldFile, Offer
from gatepost.store import Transaction, grants


class OfferUnknown(Exception):
    """There is no such offer, or it is one that asks for nothing. Carries the slug that was named."""

    cure = "Choose one of the offers there are."

    def __init__(self, slug: str):
        super().__init__("This offer is not, or no longer, to be had.")
        self.slug = slug


def open_offer(known: Catalogue, slug: str) -> Offer:
    """The offer of this slug, if a reader can ask for it. Raises OfferUnknown."""
    offer = known.offers.get(slug)
    kind = KINDS.get(offer.kind) if offer else None
    if offer is None or kind is None or not kind.asks:
        raise OfferUnknown(slug)
    return offer


def open_offers(known: Catalogue) -> list[Offer]:
    """Every offer a reader can ask for, in the order of the catalogue."""
    return [offer for offer in known.offers.values() if (kind := KINDS.get(offer.kind)) and kind.asks]


def give(engine: Engine, tx: Transaction, signup: Signup) -> list[Grant]:
    """Make the grants of one request: the offer's files in their order, then the article it was made on.

    An offer that has gone from the catalogue meanwhile gives nothing.
    """
    known = engine.catalogue
    offer = known.offers.get(signup.offer)
    if offer is None:
        return []
    article = known.articles.get(signup.article)
    files = [*offer.files, *([article.rest] if article and article.rest else [])]
    made = [_grant(engine, signup, offer, file, place) for place, file in enumerate(files)]
    grants.add(tx, made)
    return made


def renew(engine: Engine, tx: Transaction, signup: Signup) -> None:
    """Make new grants where the old ones are spent. Raises GrantRevoked, and OfferUnknown when nothing is left to give."""
    made = grants.of_signup(tx, signup.id)
    if any(opens(engine, grant) for grant in made):
        return
    if made and all(grant.revoked_at for grant in made):
        raise GrantRevoked(made[0].id, "This link was taken back.")
    if not give(engine, tx, signup):
        raise OfferUnknown(signup.offer)


def opens(engine: Engine, grant: Grant) -> bool:
    """Would this grant give its file now?"""
    try:
        grant.check(engine.now())
    except GrantRefused:
        return False
    return path(engine, grant).is_file()


def path(engine: Engine, grant: Grant) -> Path:
    """Where the file of a grant lies; the name comes from the grant, never from a request."""
    return catalogue.held_path(engine.settings.data_dir, grant.file.id)


def _grant(engine: Engine, signup: Signup, offer: Offer, file: HeldFile, place: int) -> Grant:
    # A microsecond apart, so that "oldest first" is the writer's order for ever.
    now = engine.now() + timedelta(microseconds=place)
    return Grant(
        id=engine.new_id(),
        lead_id=signup.lead_id,
        signup_id=signup.id,
        offer=offer.slug,
        file=file,
        created_at=now,
        expires_at=now + timedelta(days=offer.expires_days),
        uses_allowed=offer.uses,
    )

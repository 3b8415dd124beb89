"""Granting: what a confirmed request opens, and opening it anew when the first links are spent."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from gatepost import catalogue
from gatepost.catalogue import Catalogue
from gatepost.engine import Engine
from gatepost.languages.told import Told
from gatepost.leads import Grant, GrantRevoked, Signup
from gatepost.offers import KINDS, HeldFile, Offer, said
from gatepost.store import Transaction, grants


class OfferUnknown(Told):
    """There is no such offer, or it is one that asks for nothing. Carries the slug that was named."""

    cure = said("Choose one of the offers there are.")

    def __init__(self, slug: str):
        super().__init__(said("This offer is not, or no longer, to be had."))
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
    made = [_grant(engine, signup, file, place) for place, file in enumerate(_files(engine.catalogue, signup))]
    grants.add(tx, made)
    return made


def renew(engine: Engine, tx: Transaction, signup: Signup) -> None:
    """Make a new grant for every file whose old one is spent.

    Raises GrantRevoked, and OfferUnknown when nothing is left to give.
    """
    before = grants.of_signup(tx, signup.id)
    if before and all(grant.revoked_at for grant in before):
        raise GrantRevoked(before[0].id, signup.offer, said("This link was taken back."))
    still_open = {grant.file.id for grant in before if opens(engine, grant)}
    fresh = [
        _grant(engine, signup, file, place)
        for place, file in enumerate(_files(engine.catalogue, signup))
        if file.id not in still_open and _held(engine, file).is_file()
    ]
    if not still_open and not fresh:
        raise OfferUnknown(signup.offer)
    grants.add(tx, fresh)


def opens(engine: Engine, grant: Grant) -> bool:
    """Would this grant give its file now?"""
    return grant.opens(engine.now()) and path(engine, grant).is_file()


def path(engine: Engine, grant: Grant) -> Path:
    """Where the file of a grant lies; the name comes from the grant, never from a request."""
    return _held(engine, grant.file)


def _held(engine: Engine, file: HeldFile) -> Path:
    return catalogue.held_path(engine.settings.data_dir, file.id)


def _files(known: Catalogue, signup: Signup) -> list[HeldFile]:
    offer, article = known.offers.get(signup.offer), known.articles.get(signup.article)
    if offer is None:
        return []
    return [*offer.files, *([article.rest] if article and article.rest else [])]


def _grant(engine: Engine, signup: Signup, file: HeldFile, place: int) -> Grant:
    offer = engine.catalogue.offers[signup.offer]
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

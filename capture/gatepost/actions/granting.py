"""Granting: what a confirmed request opens, and opening it anew when the first links are spent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from gatepost import catalogue
from gatepost.catalogue import Catalogue
from gatepost.engine import Engine
from gatepost.languages.told import Told
from gatepost.leads import Grant, GrantRevoked, Signup
from gatepost.offers import KINDS, HeldFile, Offer, endings, said
from gatepost.store import Transaction, answers, grants


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
    """Make the grants of one request: the offer's files in their order, or those of the offer that its answers chose,
    then the article it was made on.

    An offer that has gone from the catalogue meanwhile gives nothing.
    """
    files = _files(engine.catalogue, signup, ending(engine, tx, signup))
    made = [_grant(engine, signup, file, place) for place, file in enumerate(files)]
    grants.add(tx, made)
    return made


def ending(engine: Engine, tx: Transaction, signup: Signup) -> Offer | None:
    """The offer that a survey ended in: the one that was given, or the one that its answers choose now."""
    known = engine.catalogue.offers
    survey = known.get(signup.offer)
    if survey is None or not survey.terms.endings:
        return None
    given = {grant.offer for grant in grants.of_signup(tx, signup.id)} - {signup.offer}
    slug = given.pop() if given else endings.chosen(survey.terms, answers.of(tx, signup.id))
    return known.get(slug)


def renew(engine: Engine, tx: Transaction, signup: Signup) -> None:
    """Make a new grant for every file whose old one is spent.

    Raises GrantRevoked, and OfferUnknown when nothing is left of what was given.
    """
    before = grants.of_signup(tx, signup.id)
    if before and all(grant.revoked_at for grant in before):
        raise GrantRevoked(before[0].id, signup.offer, said("This link was taken back."))
    still_open = {grant.file.id for grant in before if opens(engine, grant)}
    files = _files(engine.catalogue, signup, ending(engine, tx, signup))
    fresh = [
        _grant(engine, signup, file, place)
        for place, file in enumerate(files)
        if file.id not in still_open and _held(engine, file.file).is_file()
    ]
    # A seat or an answered question never had a file, and nothing of it is spent.
    had_files = before or signup.offer not in engine.catalogue.offers
    if had_files and not still_open and not fresh:
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


@dataclass(frozen=True)
class _Given:
    """A file, and the offer that it belongs to."""

    file: HeldFile
    offer: Offer

    @property
    def id(self) -> str:
        return self.file.id


def _files(known: Catalogue, signup: Signup, ending: Offer | None) -> list[_Given]:
    offer, article = known.offers.get(signup.offer), known.articles.get(signup.article)
    if offer is None:
        return []
    giving = [one for one in (offer, ending) if one is not None]
    files = [_Given(file, one) for one in giving for file in one.files]
    return [*files, *([_Given(article.rest, offer)] if article and article.rest else [])]


def _grant(engine: Engine, signup: Signup, given: _Given, place: int) -> Grant:
    # A microsecond apart, so that "oldest first" is the writer's order for ever.
    now = engine.now() + timedelta(microseconds=place)
    return Grant(
        id=engine.new_id(),
        lead_id=signup.lead_id,
        signup_id=signup.id,
        offer=given.offer.slug,
        file=given.file,
        created_at=now,
        expires_at=now + timedelta(days=given.offer.expires_days),
        uses_allowed=given.offer.uses,
    )

"""What people ask for: the offer under an article, or another; a seat, an answer, a chance. And what the owner does then."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from uuid import UUID

from gatepost.actions import attending, following_up
from gatepost.actions.demoing.play import Person, Play
from gatepost.actions.demoing.year import Year
from gatepost.catalogue import Catalogue
from gatepost.leads import Signup
from gatepost.offers import Offer
from gatepost.store import tasks

_FIRST = {
    "checklist": 5.0,
    "ebook": 4.0,
    "download": 4.0,
    "case-study": 1.5,
    "survey": 1.2,
    "question": 1.2,
    "contest": 1.0,
    "event": 0.4,
}
_NEXT = {
    "survey": 4.0, "question": 2.5, "case-study": 3.0, "webinar": 5.0, "event": 3.0, "contest": 2.5, "ebook": 3.0,
    "checklist": 3.0, "download": 2.0,
}  # fmt: skip
# Of a test's looks the second is the better one, and truly so.
_BETTER = 3.2
_NOTES = ("Called back; wants a quotation.", "Answered by mail.", "Talked for twenty minutes; will read on.", "")


def held_before(known: Catalogue, year: Year) -> tuple[Offer, ...]:
    """A webinar as the site's own one, held in this year and gone from the site since; none where the site has none."""
    found = next((one for one in known.offers.values() if one.kind == "webinar" and one.terms.meeting), None)
    if found is None or found.terms.meeting is None:
        return ()
    starts = datetime.combine(year.held_on, time(17), found.terms.meeting.starts_at.tzinfo)
    meeting = replace(found.terms.meeting, starts_at=starts, ends_at=starts + timedelta(minutes=45))
    slug = f"{found.slug}-{year.held_on:%Y-%m}"
    return (replace(found, slug=slug, terms=replace(found.terms, meeting=meeting)),)


def first(play: Play, article: str) -> str:
    """The first thing somebody asks for: mostly what stands under the article; "" where there is nothing to be had."""
    own = tuple(slug for slug in offers_of(play, article) if slug in play.shelf.offers and _is_open(play, slug))
    tested = [slug for slug, one in play.shelf.offers.items() if one.trial]
    if (
        tested
        and play.today >= play.year.tested_from
        and play.dice.random() < 0.12
        and (not own or own[0] in tested or play.dice.random() < 0.5)
    ):
        return play.dice.choice(tested)
    return play.dice.choice(own) if own and play.dice.random() < 0.85 else _drawn(play, _FIRST)


def next_one(play: Play, who: Person, article: str) -> str:
    """What somebody asks for who has been here before: something else."""
    own = [slug for slug in offers_of(play, article) if slug in play.shelf.offers and _is_open(play, slug)]
    if own and own[0] not in who.asked and play.dice.random() < 0.5:
        return own[0]
    days = (play.year.held_on - play.today).days
    if play.gone and 0 < days < 45 and play.dice.random() < 0.7:
        return play.gone
    return _drawn(play, _NEXT, who.asked)


def offers_of(play: Play, article: str) -> tuple[str, ...]:
    """The offers under an article."""
    return next((one.offers for one in play.shelf.articles if one.slug == article), ())


def _drawn(play: Play, weights: dict[str, float], but: Collection[str] = ()) -> str:
    slugs = [slug for slug in play.shelf.offers if slug not in but and _is_open(play, slug)]
    found = [weights.get(play.shelf.offers[slug].kind, 0.0) for slug in slugs]
    return play.dice.choices(slugs, found)[0] if any(found) else ""


def _is_open(play: Play, slug: str) -> bool:
    """Seats at the webinar to come are taken once the one before it was held."""
    terms = play.shelf.offers[slug].terms
    is_webinar = play.shelf.offers[slug].kind == "webinar"
    return not terms.is_over(play.clock.at) and (not is_webinar or play.today > play.year.held_on)


def variant(play: Play, offer: Offer) -> str:
    """Which look of a call to action the reader saw."""
    if offer.trial is None or play.today < play.year.tested_from:
        return ""
    weights = [_BETTER if place == 1 else 1.0 for place in range(len(offer.trial.variants))]
    return offer.trial.name_of(play.dice.choices(offer.trial.variants, weights)[0].key)


def referral(play: Play, offer: Offer) -> str:
    """The link of a friend who is in the contest."""
    friends = play.contest.get(offer.slug, [])
    if not friends or play.dice.random() > 0.35:
        return ""
    return play.stage.tokens.sign("refer", play.dice.choice(friends), play.clock.at)


def confirmed(play: Play, signup: Signup, *, waits: bool = False) -> None:
    """What follows a confirmed request: an answer to a question, a friend for the contest."""
    offer = play.stage.catalogue.offers[signup.offer]
    if offer.terms.contest:
        play.contest.setdefault(offer.slug, []).append(signup.id)
    is_old = play.end - play.clock.at > timedelta(days=12)
    if offer.kind == "question" and not waits and play.dice.random() < (0.95 if is_old else 0.3):
        play.later(play.after(days=0.9), partial(_answer, signup_id=signup.id))


def _answer(play: Play, signup_id: UUID) -> None:
    with play.stage.database.reading() as tx:
        found = tasks.of_request(tx, signup_id)
    if found is not None:
        following_up.settle(play.stage, found.task.id, is_done=True, note=play.dice.choice(_NOTES))


def hold(play: Play) -> None:
    """The webinar is held; two of three come."""
    for one in attending.holders(play.stage, play.gone):
        if one.seat.is_held and play.dice.random() < 0.66:
            attending.mark(play.stage, one.seat.id, has_come=True)

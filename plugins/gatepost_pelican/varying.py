"""Calls to action under test: each variant is rendered beside the card that everybody sees who takes no part."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gatepost.offers import Trial
from gatepost.offers.variants import END, INLINE
from gatepost_pelican import gate, thirds
from gatepost_pelican.offers import plain

if TYPE_CHECKING:
    from gatepost_pelican.cards import Cards, OfferView

# What `trials.js` waits for before it says that a variant was seen: half of the card in view for a second; the beginning
# of what stands there, which must be the same event whether or not the card was moved away; or nothing.
CARD, MARK, NOTHING = "card", "mark", ""
FORM = "form"


@dataclass(frozen=True)
class Spot:
    """Where a card stands. `article` is a slug or empty, `page` the path of the page, `number` its place among its cards.

    `home` is set for a card that a variant may move: the place where the offer as it stands has it. In its other place
    nothing is shown but to readers of a variant that belongs there.
    """

    place: str
    article: str
    page: str
    number: int
    siteurl: str
    home: str = ""

    @property
    def is_other(self) -> bool:
        """Is it a place that only variants stand in?"""
        return self.home not in ("", self.place)

    @property
    def seen(self) -> str:
        """What counts as having seen a variant here."""
        if not self.home:
            return CARD
        return MARK if self.place == INLINE else NOTHING


def card(cards: Cards, view: OfferView, spot: Spot) -> str:
    """The card of an offer; with its variants where it is being tested."""
    now = "" if spot.is_other else cards.render(view, spot)
    if view.trial is None:
        return now
    return cards.beside(view, spot, list(_variants(cards, view, spot)), now, spot.seen)


def part(cards: Cards, view: OfferView, spot: Spot, make: Callable[[OfferView], object]) -> str:
    """A part of the landing page that shows title and summary: `make(offer)` is one element of HTML."""
    now = str(make(view))
    if view.trial is None:
        return now
    varied = [one for one in view.trial.variants[1:] if one.title or one.summary]
    others = [(one.key, str(make(view.varied(one)))) for one in varied]
    return cards.beside(view, spot, others, now, NOTHING) if others else now


def _variants(cards: Cards, view: OfferView, spot: Spot) -> Iterator[tuple[str, str]]:
    """The markup that takes the card's place, by the variant's key; none for one that looks the same here."""
    for variant in view.trial.variants[1:] if view.trial else ():
        stands_here = not spot.home or (variant.place or spot.home) == spot.place
        differs = variant.button or variant.form or (spot.place != FORM and (variant.title or variant.summary))
        if stands_here and (differs or spot.is_other):
            yield variant.key, cards.render(view.varied(variant), spot, variant.key)
        elif not stands_here and not spot.is_other:
            yield variant.key, ""


@dataclass(frozen=True)
class Moves:
    """The cards of one text that a variant moves: `homes` has their own place by slug; `third` is where they move to inside."""

    homes: Mapping[str, str]
    third: int

    def from_(self, home: str) -> list[str]:
        """The slugs of the cards that stand there by themselves."""
        return [slug for slug, place in self.homes.items() if place == home]


def moves(text: str, shown: Sequence[tuple[str, str]], trials: Mapping[str, Trial | None]) -> Moves:
    """Which cards move, of an article's HTML without them and of what stands in it as (place, slug).

    A gate stays where it is; so does a card that stands in the article twice, since it is in both places already, and one
    that would only move from the end of the text to its end. A text without a third takes nothing in.
    """
    slugs = [slug for _, slug in shown]
    homes = {
        slug: place
        for place, slug in shown
        if place in (END, INLINE) and slugs.count(slug) == 1 and _may_move(trials[slug], place)
    }
    homes = {slug: place for slug, place in homes.items() if place == END or _has_words_after(text, slug)}
    third = thirds.after_third(text) if END in homes.values() else None
    if third is None:
        return Moves({slug: place for slug, place in homes.items() if place == INLINE}, len(text))
    return Moves(homes, third)


def _may_move(trial: Trial | None, home: str) -> bool:
    return trial is not None and any(one.place not in ("", home) for one in trial.variants)


def _has_words_after(text: str, slug: str) -> bool:
    here = next(match for match in gate.PLACEHOLDER.finditer(text) if html.unescape(match["slug"]) == slug)
    return bool(plain(text[here.end() :]))

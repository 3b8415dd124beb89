"""Variants that are no mistake and yet show nobody anything new: `gatepost check` names them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from gatepost.offers import Trial, variants
from gatepost_pelican import varying
from gatepost_pelican.offers import WrittenOffer
from gatepost_pelican.placing import Placing
from gatepost_pelican.report.hints import Hint
from gatepost_pelican.settings import SiteSettings

_OFF = "GATEPOST_JOURNEY is off, so no browser can keep to a variant, and all readers see the offer as it stands."
_OVER = "this is over, so there is no form any more whose variants could be compared."


def hints(
    settings: SiteSettings, offers: Sequence[WrittenOffer], placings: Sequence[Placing], now: datetime
) -> Iterator[Hint]:
    """One for each test in which nobody takes part, and for each variant that moves no card."""
    trials = {offer.slug: variants.trial(offer.slug, offer.draft) for offer in offers}
    asking = [offer.slug for offer in offers if offer.asks]
    homes = _homes(placings, asking, trials)
    for offer in offers:
        trial, source = trials[offer.slug], offer.source
        if trial is None:
            continue
        if settings.journey == "off" or offer.is_over(now):
            yield Hint(source.path, source.line_of("Variants"), _OFF if settings.journey == "off" else _OVER)
            continue
        for variant in trial.variants:
            if variant.place and homes.get(offer.slug, set()) <= {variant.place}:
                line = source.line_below("Variants", f"place: {variant.place}")
                yield Hint(source.path, line, _unmoved(variant.key, variant.place))


def _homes(placings: Sequence[Placing], asking: Sequence[str], trials: dict[str, Trial | None]) -> dict[str, set[str]]:
    """The places from which a variant moves a card in some article, by the offer's slug."""
    found: dict[str, set[str]] = {}
    for placing in placings:
        if placing.is_article and placing.content.status != "draft":
            moves = varying.moves(placing.content._content or "", placing.shown(asking), trials)
            for slug, home in moves.homes.items():
                found.setdefault(slug, set()).add(home)
    return found


def _unmoved(key: str, place: str) -> str:
    where = "below a text of some length" if place == variants.INLINE else "inside the text"
    return f"the variant {key!r} moves no card: in no article does the card stand once, {where}."

"""What a build tells the capture service."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from gatepost import catalogue
from gatepost.catalogue import Article, Catalogue
from gatepost.offers import DEFAULT_EXPIRES_DAYS, KINDS, HeldFile, Money, Offer, Wording, variants
from gatepost_pelican.cards import landing_page
from gatepost_pelican.offers import WrittenOffer, plain
from gatepost_pelican.placing import Placing
from gatepost_pelican.settings import SiteSettings

log = logging.getLogger(__name__)


def made(
    settings: SiteSettings,
    articles: Iterable[tuple[Placing, HeldFile | None]],
    offers: Mapping[str, tuple[WrittenOffer, tuple[HeldFile, ...]]],
) -> Catalogue:
    """The catalogue of what this build publishes, and of every wording that earlier builds asked under."""
    entries = [_offer(offer, files) for offer, files in offers.values()]
    now = {wording.hash: wording for offer in entries for wording in offer.wordings}
    return Catalogue(
        site_name=settings.site_name,
        site_url=settings.site_url,
        language=settings.language,
        built_at=datetime.now(UTC),
        articles={placing.key: _article(placing, rest, settings.below) for placing, rest in articles},
        offers={offer.slug: offer for offer in entries},
        wordings={**_earlier_wordings(settings.data), **now},
        channels=settings.channels,
    )


def _offer(written: WrittenOffer, files: tuple[HeldFile, ...]) -> Offer:
    draft = written.draft
    return Offer(
        slug=written.slug,
        title=draft.title,
        summary=draft.summary,
        kind=draft.kind,
        url=f"/{landing_page(written.slug)}",
        wordings=written.wordings if written.asks else (),
        files=files,
        value=Money.parse(draft.value) if draft.value else None,
        expires_days=int(draft.expires) if draft.expires else DEFAULT_EXPIRES_DAYS,
        link=draft.link,
        language=draft.language,
        terms=KINDS[draft.kind].terms(draft),
        trial=variants.trial(written.slug, draft) if written.asks else None,
    )


def _article(placing: Placing, rest: HeldFile | None, below: str) -> Article:
    content = placing.content
    return Article(
        slug=placing.key,
        title=plain(content.title),
        url=f"{below}/{content.url}",
        category=str(getattr(content, "category", "")),
        tags=tuple(str(tag) for tag in getattr(content, "tags", ())),
        published_on=content.date.date().isoformat(),
        offers=placing.slugs,
        rest=rest,
    )


def _earlier_wordings(folder: Path) -> Mapping[str, Wording]:
    """Pages can be cached for a year, so a wording once asked under stays known."""
    try:
        return catalogue.read(folder).wordings
    except catalogue.CatalogueMissing:
        return {}
    except catalogue.CatalogueUnreadable as error:
        aside = folder / f"{catalogue.FILE_NAME}.unreadable"
        (folder / catalogue.FILE_NAME).replace(aside)
        log.warning("%s It was put aside as %s; wordings that only it knew are missing now.", error, aside)
        return {}

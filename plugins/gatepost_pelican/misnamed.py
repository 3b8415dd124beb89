"""Names in an offer's file that mean something else than their writer thinks: misspelt fields, chapters that are none."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from gatepost_pelican.mistakes import SourceMistake
from gatepost_pelican.settings import SiteSettings
from gatepost_pelican.sources import Source

if TYPE_CHECKING:
    from gatepost_pelican.offers import WrittenOffer

# Of Pelican, and those that may have several lines.
_OTHERS = frozenset({"category", "tags", "sequence", "author", "authors", "status", "modified", "template"})


def fields(source: Source, known: Collection[str]) -> Iterator[SourceMistake]:
    """Fields that are nearly one we know, and would go unheard; others mean nothing here and harm nobody."""
    names = {*known, *_OTHERS}
    for name in sorted(set(source.fields) - names):
        near = get_close_matches(name, names, n=1, cutoff=0.8)
        if near:
            yield source.mistake(
                name, f"there is no field `{name.title()}`", f"Write `{near[0].title()}:`, if that is what you mean"
            )


def chapters(offers: Sequence[WrittenOffer], settings: SiteSettings) -> Iterator[SourceMistake]:
    """Chapters that are offers of their own, or lie outside the folder of offers."""
    of_kind = {offer.source.path for offer in offers if offer.draft.kind}
    for offer in offers:
        for name in (name for name in offer.draft.chapters if not name.startswith("article:")):
            path = Path(os.path.normpath(settings.offers / name))
            if path in of_kind:
                whose = "this very offer" if path == offer.source.path else "an offer of its own"
                cure = "Name a file without `Kind:`, as in `Chapters: folder/01-first.md`"
                yield offer.source.mistake(name, f"the chapter {name!r} is {whose}", cure)
            elif not path.is_relative_to(settings.offers):
                cure = f"Move it below {settings.offers.name}/, or name a published article: `article:SLUG`"
                yield offer.source.mistake(name, f"the chapter {name!r} lies outside the folder of offers", cure)

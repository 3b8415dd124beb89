"""What a survey ends in: an offer that is there, and that gives its reader a file."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from gatepost.offers import KINDS, check
from gatepost_pelican.mistakes import SourceMistake
from gatepost_pelican.offers import WrittenOffer


def mistakes(offers: Sequence[WrittenOffer]) -> Iterator[SourceMistake]:
    """Endings that name no offer, or one that has nothing to give at once: another form would follow the form."""
    by_slug = {offer.slug: offer for offer in offers}
    for offer in offers:
        kind = KINDS.get(offer.draft.kind)
        if kind is None or any(check(offer.draft)):
            continue
        for ending in kind.terms(offer.draft).endings:
            source, named = offer.source, by_slug.get(ending.offer)
            line = next(one for one in offer.draft.fields["ending"] if one.endswith(ending.offer))
            where = source.line_below("ending", line)
            if named is None:
                yield source.mistake(where, f"there is no offer {ending.offer!r}", _cure(ending.offer, by_slug))
            elif not gives_files(named):
                problem = f"{ending.offer!r} is a {named.draft.kind}, which has no file to give at the end of a survey"
                yield source.mistake(where, problem, _cure("", by_slug))


def gives_files(offer: WrittenOffer) -> bool:
    """Does whoever asks for this offer get a file?"""
    kind = KINDS.get(offer.draft.kind)
    return kind is not None and kind.asks and bool(kind.formats or offer.draft.files)


def _cure(name: str, by_slug: dict[str, WrittenOffer]) -> str:
    giving = sorted(slug for slug, offer in by_slug.items() if gives_files(offer))
    near = difflib.get_close_matches(name, giving, n=1)
    return f"Did you mean {near[0]!r}? Mend the name" if near else f"Use one of: {', '.join(giving) or 'none yet'}"

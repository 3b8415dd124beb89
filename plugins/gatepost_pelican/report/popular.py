"""`article.popular`: other articles on an article's subject whose readers most often became leads."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gatepost.report.rates import BELOW
from gatepost_pelican.placing import Placing
from gatepost_pelican.report.conversion import Conversion

# A list says "people who asked": more than one of them, or it would tell of a person.
FEWEST_HELPED = 2
# At two leads in a hundred, a usual rate, fifty readers bring one: below that the first lead decides the place.
FEWEST_READERS = 50


def choose(
    placings: Sequence[Placing], figures: Mapping[str, Conversion], most: int
) -> Iterator[tuple[Placing, tuple[Any, ...]]]:
    """Each article with up to `most` others that share its category or a tag, the highest rate first.

    The rate is the mean of empirical Bayes, so that three readers and a lucky lead do not lead the list. Takes time that
    grows with the articles, not with their pairs.
    """
    ranked = sorted(
        (placing for placing in placings if _may_be_shown(placing, figures.get(placing.key))),
        key=lambda placing: (-_mean(figures[placing.key]), placing.key),
    )
    by_subject = _by_subject(ranked)
    for placing in placings:
        places = heapq.merge(*(by_subject.get(name, ()) for name in _names(placing)))
        yield placing, _first(placing, (ranked[place] for place in places), most)


def _may_be_shown(placing: Placing, known: Conversion | None) -> bool:
    if known is None or known.rate is None or known.is_uncounted or placing.content.status != "published":
        return False
    return known.verdict != BELOW and known.helped >= FEWEST_HELPED and known.readers >= FEWEST_READERS


def _mean(known: Conversion) -> float:
    return known.rate.mean if known.rate else 0.0


def _by_subject(ranked: Sequence[Placing]) -> dict[tuple[str, str, str], list[int]]:
    found: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for place, placing in enumerate(ranked):
        for name in _names(placing):
            found[name].append(place)
    return found


def _names(placing: Placing) -> list[tuple[str, str, str]]:
    """What an article is about, in its language: nobody is led to a page they cannot read."""
    about, language = placing.subject, str(getattr(placing.content, "lang", ""))
    return [
        *((language, "category", name) for name in sorted(about.categories)),
        *((language, "tag", name) for name in sorted(about.tags)),
    ]


def _first(placing: Placing, others: Iterator[Placing], most: int) -> tuple[Any, ...]:
    chosen: dict[str, Any] = {}
    for other in others:
        if other.key != placing.key:
            chosen.setdefault(other.key, other.content)
        if len(chosen) == most:
            break
    return tuple(chosen.values())

"""`Offer: auto`: which offer lies closest to an article."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """What something is about: categories, tags and the words of its title, all in lower case."""

    categories: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    def with_articles(self, others: Collection[Subject]) -> Subject:
        """An offer is also about what the articles that name it are about."""
        return Subject(
            self.categories.union(*(other.categories for other in others)),
            self.tags.union(*(other.tags for other in others)),
            self.words,
        )


def subject(category: str, tags: Collection[str], title: str) -> Subject:
    """A subject from texts as writers write them."""
    words = frozenset(word for word in _plain(title).split() if len(word) > 3)
    categories = frozenset({_plain(category)} - {""})
    return Subject(categories, frozenset(_plain(tag) for tag in tags), words)


def closest(article: Subject, offers: Mapping[str, Subject]) -> str | None:
    """The slug of the closest offer; on a tie the first in alphabetical order; None where there is no offer."""
    return min(offers, key=lambda slug: (-likeness(article, offers[slug]), slug), default=None)


def likeness(article: Subject, offer: Subject) -> float:
    """How close an offer is: 0 where nothing is shared, a little over 2 at most."""
    # An offer for everything is close to nothing, so a long list of tags weighs each of them less.
    category = bool(article.categories & offer.categories) / math.sqrt(len(offer.categories) or 1)
    tags = _cosine(article.tags, offer.tags)
    return category + tags + _cosine(article.words, offer.words) / 10


def _cosine(ours: frozenset[str], theirs: frozenset[str]) -> float:
    return len(ours & theirs) / math.sqrt(len(ours) * len(theirs)) if ours and theirs else 0.0


def _plain(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text.casefold()).split())

"""Lists of articles that know quickly what they hold.

For each tag, category and author Pelican asks of every article whether the list holds it, which takes ten thousand
articles seven seconds. The lists stay lists, with the same articles in the same order.
"""

from __future__ import annotations

from typing import Any


class Holding(list[Any]):
    """A list of objects that are equal only to themselves, with an answer to `in` that does not walk through them."""

    _known: frozenset[int] = frozenset()
    _length = -1

    def __contains__(self, one: object) -> bool:
        if self._length != len(self):
            self._known, self._length = frozenset(map(id, self)), len(self)
        return id(one) in self._known


def quicken(generator: Any) -> None:
    """Give the articles' generator such lists, and the templates the same ones."""
    found: dict[int, Holding] = {}

    def held(articles: Any) -> Holding:
        return found.setdefault(id(articles), Holding(articles))

    before = dict(generator.tags)
    for tag, articles in before.items():
        generator.tags[tag] = held(articles)
    for name in ("categories", "authors"):
        setattr(generator, name, [(key, held(articles)) for key, articles in getattr(generator, name)])
    generator.context["tags"] = list(generator.tags.items())
    generator.context["categories"], generator.context["authors"] = generator.categories, generator.authors

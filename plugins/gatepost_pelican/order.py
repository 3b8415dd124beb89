"""Articles in order: the parts of a series, and what was published before and after."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Part:
    """An article's place in its series: `number` counts from 1, `all` are the articles of the series in their order."""

    name: str
    number: int
    all: tuple[Any, ...]

    @property
    def previous(self) -> Any | None:
        return self.all[self.number - 2] if self.number > 1 else None

    @property
    def next(self) -> Any | None:
        return self.all[self.number] if self.number < len(self.all) else None


class Order:
    """What templates ask as `gatepost.series(article)`, `gatepost.older(article)` and `gatepost.newer(article)`.

    `context` is Pelican's. Nothing is sorted before the first question, and everything once only. A series and a row of
    articles are of one language; an article that is not published is in none.
    """

    def __init__(self, context: Mapping[str, Any]):
        self._context = context

    def series(self, article: Any) -> Part | None:
        return self._parts.get(_key(article))

    def older(self, article: Any) -> Any | None:
        return self._neighbours.get(_key(article), (None, None))[0]

    def newer(self, article: Any) -> Any | None:
        return self._neighbours.get(_key(article), (None, None))[1]

    @cached_property
    def _by_language(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        articles = self._context.get("articles") or ()
        for article in (*articles, *(other for one in articles for other in one.translations)):
            if article.status == "published":
                found.setdefault(article.lang, []).append(article)
        for written in found.values():
            written.sort(key=lambda article: (article.date, article.slug))
        return found

    @cached_property
    def _parts(self) -> dict[tuple[str, str], Part]:
        named: dict[tuple[str, str], list[Any]] = {}
        for language, written in self._by_language.items():
            for article in written:
                if name := str(article.metadata.get("series") or "").strip():
                    named.setdefault((language, name), []).append(article)
        return {
            _key(part.all[part.number - 1]): part for (_, name), all_ in named.items() for part in _numbered(name, all_)
        }

    @cached_property
    def _neighbours(self) -> dict[tuple[str, str], tuple[Any | None, Any | None]]:
        found: dict[tuple[str, str], tuple[Any | None, Any | None]] = {}
        for written in self._by_language.values():
            for number, article in enumerate(written):
                newer = written[number + 1] if number + 1 < len(written) else None
                found[_key(article)] = (written[number - 1] if number else None, newer)
        return found


def questions(context: Mapping[str, Any]) -> dict[str, Any]:
    """What an Order answers, by the names that templates know."""
    asked = Order(context)
    return {"series": asked.series, "older": asked.older, "newer": asked.newer}


def _key(article: Any) -> tuple[str, str]:
    return article.lang, article.slug


def _numbered(name: str, articles: Sequence[Any]) -> Iterator[Part]:
    """Those with a `Series-Index` at their place, the others by date where there is room."""
    asked = [(index, article) for article in articles if (index := _index(article)) is not None]
    left = [article for article in articles if _index(article) is None]
    for index, article in sorted(asked, key=lambda one: one[0]):
        left.insert(max(index - 1, 0), article)
    for number in range(1, len(left) + 1):
        yield Part(name, number, tuple(left))


def _index(article: Any) -> int | None:
    written = article.metadata.get("series-index", article.metadata.get("series_index"))
    if written is None:
        return None
    try:
        return int(str(written))
    except ValueError:
        log.warning("%s: Series-Index is %r. Write a whole number, or leave it out", article.source_path, written)
        return None

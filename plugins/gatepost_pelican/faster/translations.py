"""Which articles are translations of one another, asked for some hundred articles at a time.

Pelican looks for each article in the list of all originals: forty thousand articles take it twenty seconds, and ten
times as many a hundred times as long. Articles are only compared where their translation id is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import groupby
from operator import attrgetter
from types import ModuleType
from typing import Any

from pelican import generators, utils

# Fewer than so many articles are one part, as Pelican does it.
PART = 400
Found = tuple[list[Any], list[Any]]


def quicken(generator: Any) -> None:
    """While this generator reads its articles, and no longer, Pelican asks here."""
    generate: Callable[[], None] = generator.generate_context

    def quicker() -> None:
        # Whoever put something of their own there keeps it.
        if generators.process_translations is not utils.process_translations:
            return generate()
        _put(generators, in_parts)
        try:
            generate()
        finally:
            _put(generators, utils.process_translations)
        return None

    generator.generate_context = quicker


def in_parts(content_list: list[Any], translation_id: str | Collection[str] | None = None) -> Found:
    """What Pelican's own function finds, sorting `content_list` as it does; raises what it raises."""
    names = [translation_id] if isinstance(translation_id, str) else translation_id
    try:
        # A set of names is in the same order each time it is asked.
        named = attrgetter(*names or ())
        parts = list(_parts(sorted(content_list, key=named), named))
    except (TypeError, AttributeError):
        parts = []
    if len(parts) < 2:
        found: Found = utils.process_translations(content_list, translation_id)
        return found
    originals, translations = [], []
    for part in parts:
        some, others = utils.process_translations(part, translation_id)
        originals += some
        translations += others
    content_list[:] = [one for part in parts for one in part]
    return originals, translations


def _parts(contents: list[Any], named: Callable[[Any], Any]) -> Iterator[list[Any]]:
    """Neighbours with the same id stay together."""
    part: list[Any] = []
    for _, group in groupby(contents, named):
        part += group
        if len(part) >= PART:
            yield part
            part = []
    if part:
        yield part


def _put(module: ModuleType, function: Callable[..., Found]) -> None:
    module.process_translations = function  # type: ignore[attr-defined] # a name that Pelican imported there

"""Inline patterns of Markdown that are tried only on texts in which they can match: the same HTML, in half the time.

Most of a conversion goes into some twenty regular expressions that are searched in every piece of text and nowhere found.
What each of them needs to match at all, a backtick or a bracket, is read from the expression itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib import import_module
from typing import Any

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

# Strings of which a text must hold at least one; none: nothing can be said.
Needs = tuple[str, ...]
# What the two methods are made of that are relied upon; another version of Markdown may do otherwise, and is left alone.
_HANDLE, _APPLY = "_InlineProcessor__handleInline", "_InlineProcessor__applyPattern"
_KNOWN = ("isinstance", "util", "AtomicString", "len", "inlinePatterns", _APPLY)
_parser: Any = import_module("re._parser")


def quicken(md: Markdown) -> None:
    """Let `md` skip what cannot match. Nothing happens where its way with inline patterns is not the one known here."""
    handle = getattr(InlineProcessor, _HANDLE, None)
    if handle is None or tuple(handle.__code__.co_names) != _KNOWN:
        return
    for processor in md.treeprocessors:
        # Also smarty's, which has patterns of its own.
        if type(processor) is InlineProcessor:
            processor.__class__ = Quick


class Quick(InlineProcessor):
    """Markdown's own, but for the loop over patterns."""

    def run(self, tree: Any, ancestors: Any = None) -> Any:
        """Which patterns there are may differ from text to text."""
        patterns: Any = self.inlinePatterns
        self._patterns = [(one, needs(one.getCompiledRegExp())) for one in patterns]
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: Any, patternIndex: int = 0) -> Any:  # noqa: N802, N803 (overrides)
        if isinstance(data, AtomicString):
            return data
        start = 0
        apply = getattr(self, _APPLY)
        for number in range(patternIndex, len(self._patterns)):
            pattern, needed = self._patterns[number]
            matched = True
            # The first of them for itself: mostly it is the only one, and the loop is the hottest of a build.
            while matched and (not needed or needed[0] in data or any(one in data for one in needed[1:])):
                data, matched, start = apply(pattern, data, number, start)
            start = 0
        return data


@lru_cache(maxsize=512)
def needs(pattern: re.Pattern[str]) -> Needs:
    """Strings of which every text must hold one that `pattern` matches; empty where nothing can be said."""
    return _best(_of(_parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG), bool(pattern.flags & re.IGNORECASE)))


def _best(found: Iterable[Needs]) -> Needs:
    # Few and long ones are met least; a space is met everywhere.
    return min(
        found, key=lambda one: (len(one), max(not text.strip() for text in one), -min(map(len, one))), default=()
    )


def _of(parsed: Iterable[tuple[Any, Any]], is_any_case: bool) -> list[Needs]:
    """What each part of a sequence needs; all parts must match, so that any of them may be chosen."""
    found: list[Needs] = []
    run = ""
    for op, value in parsed:
        if str(op) == "LITERAL" and not (is_any_case and chr(value).isalpha()):
            run += chr(value)
            continue
        found.extend([(run,)] if run else [])
        run = ""
        found.extend(_part(str(op), value, is_any_case))
    return [*found, (run,)] if run else found


def _part(op: str, value: Any, is_any_case: bool) -> list[Needs]:
    match op:
        case "IN" if not is_any_case and all(str(kind) == "LITERAL" for kind, _ in value):
            return [tuple(chr(code) for _, code in value)]
        case "BRANCH":
            each = [_best(_of(one, is_any_case)) for one in value[1]]
            return [tuple(text for one in each for text in one)] if all(each) else []
        case "SUBPATTERN":
            return _of(value[3], is_any_case or bool(value[1] & re.IGNORECASE))
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT" if value[0] > 0:
            return _of(value[2], is_any_case)
        case "ATOMIC_GROUP":
            return _of(value, is_any_case)
        case "ASSERT":
            return _of(value[1], is_any_case)
    return []

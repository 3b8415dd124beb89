"""A title in lines: as large as fits, of even length, and no word broken that need not be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

# How wide a text is at the size 1.
Measure = Callable[[str], float]
_SOFT = "\u00ad"
_NEVER = float("inf")
# Where a word that is too long for a line may end, and what stays with the word before it.
_PARTS = re.compile(r"[^-–—/\u00ad]*[-–—/\u00ad]|[^-–—/\u00ad]+")
_GLUED = re.compile(r" +(?=[^\w\s]+(?: |$))")


@dataclass(frozen=True)
class Set:
    """A title that was set: its lines, and the size of its letters in pixels."""

    lines: tuple[str, ...]
    size: int


@dataclass(frozen=True)
class Box:
    """The room for a title in pixels; `leading` is the height of a line in letters' sizes."""

    width: float
    height: float
    leading: float = 1.16


def fit(text: str, box: Box, sizes: Sequence[int], measure: Measure) -> Set:
    """The text in the largest of `sizes` (largest first) in which it fits without a broken word.

    Words are broken where no size holds them; only a text too long for the smallest size loses its end, for an ellipsis.
    """
    words = pieces(text)
    for may_break in (False, True):
        for size in sizes:
            most = int(box.height / (size * box.leading))
            room = box.width / size
            parts = (
                _broken(words, room, measure) if may_break else [(word.replace(_SOFT, ""), gap) for word, gap in words]
            )
            if all(measure(word) <= room for word, _ in parts):
                lines = _greedy(parts, room, measure)
                if len(lines) <= most:
                    return Set(tuple(_balanced(parts, len(lines), room, measure)), size)
    return _cut(words, box, sizes[-1], measure)


def pieces(text: str) -> list[tuple[str, bool]]:
    """The words of a text, each with whether a space stands before it: writing without spaces may break anywhere."""
    found: list[tuple[str, bool]] = []
    for word in _GLUED.sub("\u00a0", " ".join(text.split(" "))).split(" "):
        has_gap = bool(found)
        for part in re.findall(
            r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff][、。，．！？：；」』）]*|[^\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+",
            word,
        ):
            found.append((part, has_gap))
            has_gap = False
    return found


def is_right_to_left(text: str) -> bool:
    """Does its first letter belong to a script that runs from right to left?"""
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind != "L" for kind in strong if kind in ("L", "R", "AL")), False)


def _greedy(parts: Sequence[tuple[str, bool]], room: float, measure: Measure) -> list[str]:
    gap, lines, used = measure(" "), [""], 0.0
    for word, has_gap in parts:
        width, between = measure(word), gap if has_gap and lines[-1] else 0.0
        if lines[-1] and used + between + width > room:
            lines.append(word)
            used = width
        else:
            lines[-1] += (" " if between else "") + word
            used += between + width
    return lines


def _balanced(parts: Sequence[tuple[str, bool]], count: int, room: float, measure: Measure) -> list[str]:
    """In so many lines of lengths as even as can be: those whose squares make the least sum."""
    most = len(parts)
    # best[n] is the sum for the words from n on in the lines still to come, and where the first of those lines ends.
    best: list[tuple[float, int]] = [(_NEVER, most)] * most + [(0.0, most)]
    ends: list[list[int]] = []
    for _ in range(count):
        best = [_first_line(parts, start, best, room, measure) for start in range(most)] + [(_NEVER, most)]
        ends.append([end for _, end in best])
    lines, start = [], 0
    for level in reversed(ends):
        lines.append(_joined(parts[start : level[start]]))
        start = level[start]
    return lines


def _first_line(
    parts: Sequence[tuple[str, bool]], start: int, after: Sequence[tuple[float, int]], room: float, measure: Measure
) -> tuple[float, int]:
    gap, used, best = measure(" "), 0.0, (_NEVER, len(parts))
    for end in range(start + 1, len(parts) + 1):
        word, has_gap = parts[end - 1]
        used += measure(word) + (gap if has_gap and end > start + 1 else 0.0)
        if used > room:
            break
        best = min(best, (used * used + after[end][0], end))
    return best


def _joined(parts: Sequence[tuple[str, bool]]) -> str:
    return "".join((" " if has_gap and number else "") + word for number, (word, has_gap) in enumerate(parts))


def _broken(words: Sequence[tuple[str, bool]], room: float, measure: Measure) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    for word, has_gap in words:
        whole = word.replace(_SOFT, "")
        if measure(whole) <= room:
            found.append((whole, has_gap))
            continue
        for number, part in enumerate(_parts_of(word, room, measure)):
            found.append((part, has_gap and number == 0))
    return found


def _parts_of(word: str, room: float, measure: Measure) -> list[str]:
    """A word in parts that each fit; a hyphen stands where it was broken for want of a better place."""
    parts: list[str] = []
    for part in _PARTS.findall(word):
        shown = part.replace(_SOFT, "-") if part != _SOFT else ""
        while shown and measure(shown) > room and len(shown) > 2:
            end = next((n for n in range(len(shown) - 1, 1, -1) if measure(f"{shown[:n]}-") <= room), 2)
            parts.append(f"{shown[:end]}-")
            shown = shown[end:]
        parts.append(shown)
    return [part for part in parts if part]


def _cut(words: Sequence[tuple[str, bool]], box: Box, size: int, measure: Measure) -> Set:
    room, most = box.width / size, max(1, int(box.height / (size * box.leading)))
    lines = _greedy(_broken(words, room, measure), room, measure)[:most]
    while measure(f"{lines[-1]}…") > room and " " in lines[-1]:
        lines[-1] = lines[-1].rsplit(" ", 1)[0]
    lines[-1] = lines[-1].rstrip(" ,;:.-–") + "…"
    return Set(tuple(lines), size)

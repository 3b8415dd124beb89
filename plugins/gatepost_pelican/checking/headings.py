"""Headings in their order: those who listen go through a text by them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gatepost_pelican.checking import markup
from gatepost_pelican.checking.finding import Check, Finding, Rule, Severity
from gatepost_pelican.checking.texts import Site, Text

RULES = (
    Rule(
        "GP401",
        Severity.WARNING,
        "A heading skips a level",
        "The title is the first level, so a text begins with `##`, and `####` needs a `###` above it. Going back up by several "
        "levels is fine.",
    ),
    Rule(
        "GP402",
        Severity.WARNING,
        "A text has a heading of the first level",
        "Themes show the title as the one heading of the first level. Begin with `##`.",
    ),
    Rule(
        "GP403",
        Severity.WARNING,
        "A heading has no words",
        "A reader that speaks says `heading`, and then nothing.",
    ),
)
_LEVEL = re.compile(r"h([1-6])")


def find(site: Site) -> Iterator[Finding]:
    """Headings of all texts."""
    for text in site.texts:
        if "<h" in text.markup or "<H" in text.markup:
            yield from _in(text)


def _in(text: Text) -> Iterator[Finding]:
    before = 1
    for tag in text.tags:
        level = _LEVEL.fullmatch(tag.name)
        if level is None:
            continue
        now = int(level[1])
        words = _words(text, tag.end)
        place = _place(text, words)
        if not words:
            yield text.written.finding("GP403", place, "a heading has no words", "Write some, or take it out")
        if now == 1:
            yield text.written.finding(
                "GP402", place, f"{words!r} is a heading of the first level", "Write ## before it"
            )
        elif now > before + 1:
            cure = f"Write {'#' * (before + 1)} before it, or a heading of level {before + 1} above"
            problem = f"{words!r} is a heading of level {now}, and the one before it of level {before}"
            if before == 1:
                problem = f"{words!r} is a heading of level {now}, right below the title"
            yield text.written.finding("GP401", place, problem, cure)
        before = now


def _words(text: Text, start: int) -> str:
    inside = re.match(r".*?(?=</h[1-6]\s*>)", text.markup[start:], re.DOTALL | re.IGNORECASE)
    whole = inside[0] if inside else ""
    return " ".join(markup.text(whole).split()).rstrip("¶").strip() or ("a picture" if "<img" in whole else "")


def _place(text: Text, words: str) -> tuple[int, int]:
    """The line of a heading by its words; typographic signs may have been put in their places since."""
    loose = r"[\W_]+".join(map(re.escape, re.findall(r"\w+", words)))
    if not loose:
        return text.written.like(re.compile(r"^[ ]{0,3}#{1,6}\s*#*\s*$|<h[1-6][^>]*>\s*</h", re.MULTILINE))
    marked = re.compile(rf"^[ ]{{0,3}}#{{1,6}}\W*{loose}|<h[1-6][^>]*>\W*{loose}", re.MULTILINE | re.IGNORECASE)
    underlined = re.compile(rf"^\W{{0,3}}{loose}\W*$(?=\n[=\-~^\"'*]{{3,}})", re.MULTILINE)
    for pattern in (marked, underlined, re.compile(loose)):
        place = text.written.like(pattern)
        if place[1]:
            return place
    return 1, 0


CHECK = Check(find, RULES)

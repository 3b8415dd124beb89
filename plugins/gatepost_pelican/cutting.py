"""The gate in HTML, whichever reader made it: what follows the comment is cut off, and what is left is whole again.

Elements that were open at the gate are closed, and links to places behind it are taken out, for a table of contents made
by the reader would name the held headings.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

GATE = re.compile(r"\s*gate\s*", re.IGNORECASE)
_COMMENT = re.compile(r"<!--\s*gate\s*-->\n?", re.IGNORECASE)
_OFFER = re.compile(r"<p>\s*\[\[\s*offer\s*:\s*(?P<slug>[^\]\n<]*?)\s*\]\]\s*</p>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_ID = re.compile(r"""\sid\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
# Elements without an end.
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)


@dataclass(frozen=True)
class Cut:
    """`open` may be published, `held` may not; `gates` is how many there were."""

    open: str
    held: str = ""
    gates: int = 0


def cut(markup: str) -> Cut:
    """What stands before the first gate, and behind it. HTML without one comes back as it is."""
    outline = _Outline(markup) if _COMMENT.search(markup) else None
    if outline is None or not outline.gates:
        return Cut(markup)
    end = outline.gates[0]
    opened = "".join(_ID.sub("", element.text) for element in outline.open_at_gate)
    closing = "".join(f"</{element.tag}>" for element in reversed(outline.open_at_gate))
    before = _without_lost_links(markup, outline, end).rstrip() + closing
    return Cut(before, opened + without_gates(markup[end:]), len(outline.gates))


def _without_lost_links(markup: str, outline: _Outline, end: int) -> str:
    lost = outline.ids_from(end) - outline.ids_before(end)
    kept, at = [], 0
    for start, stop in sorted(outline.naming(lost, end)):
        kept.append(markup[at : max(at, start)])
        at = max(at, stop)
    kept.append(markup[at : max(at, end)])
    return "".join(kept)


def without_gates(markup: str) -> str:
    """The whole text, for those who asked for it."""
    return _COMMENT.sub("", markup)


def with_places(markup: str) -> str:
    """Paragraphs that only name an offer as the comments that cards take the place of."""
    return _OFFER.sub(lambda match: f"<!--gp:offer:{html.escape(html.unescape(match['slug']))}-->", markup)


def without_places(markup: str) -> str:
    """The text for paper, where no card can stand."""
    return _OFFER.sub("", markup)


@dataclass
class _Element:
    tag: str
    start: int
    text: str
    links_to: str = ""
    end: int = -1


class _Outline(HTMLParser):
    """Where elements, ids, links and gates of a piece of HTML stand."""

    def __init__(self, markup: str):
        super().__init__(convert_charrefs=False)
        self._markup = markup
        self._lines = [0, *(match.end() for match in re.finditer("\n", markup))]
        self._stack: list[_Element] = []
        self._elements: list[_Element] = []
        self._ids: list[tuple[int, str]] = []
        self.gates: list[int] = []
        self.open_at_gate: list[_Element] = []
        self.feed(markup)
        self.close()

    def ids_before(self, end: int) -> set[str]:
        return {name for at, name in self._ids if at < end}

    def ids_from(self, start: int) -> set[str]:
        return {name for at, name in self._ids if at >= start}

    def naming(self, lost: set[str], end: int) -> Iterator[tuple[int, int]]:
        """The links before `end` that lead to lost places, or the entry of a list that one begins."""
        for link in self._elements:
            if link.links_to in lost and link.start < end:
                around = [one for one in self._elements if one.tag == "li" and self._begins_with(one, link)]
                entry = max(around, key=lambda one: one.start, default=link)
                yield entry.start, entry.end if entry.end >= 0 else end

    def _begins_with(self, entry: _Element, link: _Element) -> bool:
        if not entry.start < link.start < entry.end:
            return False
        return not _TAG.sub("", self._markup[entry.start : link.start]).strip(" \n0123456789.")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        start = self._at()
        self._ids.extend((start, name) for name in (found.get("id"), found.get("name")) if name)
        href = found.get("href") or ""
        element = _Element(tag, start, self.get_starttag_text() or "", href[1:] if href.startswith("#") else "")
        self._elements.append(element)
        if tag not in _VOID:
            self._stack.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._stack.pop()

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self._stack):
            while (element := self._stack.pop()).tag != tag:
                pass
            element.end = self._at() + len(tag) + 3

    def handle_comment(self, data: str) -> None:
        if not GATE.fullmatch(data):
            return
        if not self.gates:
            self.open_at_gate = list(self._stack)
        self.gates.append(self._at())

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

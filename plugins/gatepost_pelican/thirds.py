"""Where a card may be moved to inside a text: between two paragraphs, once a third of the words has been read."""

from __future__ import annotations

from html.parser import HTMLParser

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
# What the card may stand before: a list or a table belongs to the words that lead up to it.
_NEXT = frozenset(("p", "h2", "h3", "h4"))


def after_third(markup: str) -> int | None:
    """The index of the first such place in the HTML of an article; None where it has none, as a very short one."""
    finder = _Finder(markup)
    finder.feed(markup)
    finder.close()
    return next((index for index, words in finder.places if words * 3 >= finder.words), None)


class _Finder(HTMLParser):
    """Notes each beginning of a block that follows a paragraph, with the words before it."""

    def __init__(self, markup: str):
        super().__init__(convert_charrefs=True)
        self.words = 0
        self.places: list[tuple[int, int]] = []
        self._depth = 0
        self._before = ""
        # The parser says line and column, and counts no other sign as the end of a line; a card is put at an index.
        self._lines = [0]
        for line in markup.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._depth and self._before == "p" and tag in _NEXT:
            line, column = self.getpos()
            self.places.append((self._lines[line - 1] + column, self.words))
        if tag not in _VOID:
            self._depth += 1
        elif not self._depth:
            self._before = tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens and closes at once, as in a drawing; at the top it is a block like any other."""
        if not self._depth:
            self._before = tag

    def handle_endtag(self, tag: str) -> None:
        self._depth = max(0, self._depth - (tag not in _VOID))
        if not self._depth:
            self._before = tag

    def handle_data(self, data: str) -> None:
        self.words += len(data.split())

"""Writes blocks as Typst code. Text is written as string literals only, so no text can be taken for code."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .blocks import (
    Anchor,
    Block,
    Body,
    Break,
    Cell,
    Code,
    Figure,
    Heading,
    Inline,
    Item,
    Link,
    NoteMark,
    Paragraph,
    Picture,
    Points,
    Quote,
    Rule,
    Styled,
    Table,
    Terms,
    Text,
    plain,
    walk,
)
from .running_text import clean_text

# How each look is said in the style sheets (styles/text.typ).
LOOKS = {
    "emph": "emph", "strong": "strong", "code": "code", "strike": "strike",
    "sup": "super", "sub": "sub", "mark": "highlight",
}  # fmt: skip

# Rows of a table that a page can always hold, short cells given.
SMALL_TABLE = 14


def literal(text: str) -> str:
    """A Typst string that holds exactly this text, whatever it is."""
    escaped = clean_text(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "")
    return f'"{escaped}"'


def dictionary(values: Mapping[str, str]) -> str:
    """A Typst dictionary; the values are code already."""
    return "(" + ", ".join(f"{literal(name)}: {code}" for name, code in values.items()) + ",)"


def joined(codes: Iterable[str]) -> str:
    """Pieces of code as one content value."""
    lines = [code for code in codes if code]
    return "{\n" + "\n".join(lines) + "\n}" if lines else "[]"


def labelled(code: str, name: str) -> str:
    return f"[#{code}#label({literal(name)})]"


def anchors_in(bodies: Iterable[Body]) -> frozenset[str]:
    """Every place that a link may lead to: linking to any other would stop the typesetter."""
    found: set[str] = set()
    for body in bodies:
        for part in walk(body.blocks):
            if isinstance(part, Anchor):
                found.add(part.name)
            elif isinstance(part, Heading) and part.anchor:
                found.add(part.anchor)
    return frozenset(found)


def reads_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is written from right to left (Unicode rule P2)."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


@dataclass
class Setter:
    """Sets one book; remembers what may stand in it only once: labels, footnotes, the numbers of its boxes.

    With `tickable`, every box carries a link to `tick:N` that marks its place for a form field, and `ticks`
    collects (text of the point, ticked or not) in the same order.
    """

    known: frozenset[str]
    pictures: Mapping[Path, str]
    tickable: bool = False
    ticks: list[tuple[str, bool]] = field(default_factory=list)
    _labels: set[str] = field(default_factory=set)
    _notes: dict[str, tuple[Block, ...]] = field(default_factory=dict)
    _depth: int = 0

    def body(self, body: Body) -> str:
        self._notes = body.notes
        return self.blocks(body.blocks)

    def blocks(self, blocks: Iterable[Block]) -> str:
        return joined(self._block(block) for block in blocks)

    def inlines(self, inlines: Iterable[Inline]) -> str:
        return joined(self._inline(inline) for inline in inlines)

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Text(text):
                return literal(text)
            case Styled("code", inner):
                return f"code({literal(plain(inner))})"
            case Styled(look, inner):
                return f"{LOOKS[look]}({self.inlines(inner)})"
            case Link(href, inner):
                return self._link(href, inner)
            case Break():
                return "linebreak()"
            case Picture(path, alt):
                return f"small-picture({literal(self.pictures[path])}, {literal(alt)})"
            case NoteMark(note):
                return self._note(note)
            case Anchor(name):
                return labelled("metadata(none)", name) if self._first(name) else ""

    def _first(self, label: str) -> bool:
        new = label not in self._labels
        self._labels.add(label)
        return new

    def _link(self, href: str, inner: tuple[Inline, ...]) -> str:
        if not href.startswith("#"):
            return f"link({literal(href)}, {self.inlines(inner)})"
        if href[1:] not in self.known:
            return self.inlines(inner)
        return f"link(label({literal(href[1:])}), {self.inlines(inner)})"

    def _note(self, note: str) -> str:
        if note not in self._notes:
            return ""
        if not self._first(f"note-{note}"):
            return f"footnote(label({literal('note-' + note)}))"
        return labelled(f"footnote({self._flowing(self._notes[note])})", f"note-{note}")

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph(inlines):
                return self._paragraph(inlines)
            case Heading():
                return self._heading(block)
            case Points():
                return self._points(block)
            case Quote(blocks):
                return f"quote(block: true, {self.blocks(blocks)})"
            case Code(text):
                return f"listing({literal(text)})"
            case Table():
                return self._table(block)
            case Terms(pairs):
                items = ", ".join(
                    f"terms.item({self.inlines(name)}, {self._flowing(meanings)})" for name, meanings in pairs
                )
                return f"terms({items})"
            case Figure(picture, caption):
                name = literal(self.pictures[picture.path])
                return f"picture({name}, {literal(picture.alt)}, {self.inlines(caption) if caption else 'none'})"
            case Rule():
                return "scene()"

    def _paragraph(self, inlines: tuple[Inline, ...]) -> str:
        code = f"par({self.inlines(inlines)})"
        return f"text(dir: rtl, {code})" if reads_right_to_left(plain(inlines)) else code

    def _heading(self, heading: Heading) -> str:
        # Level 1 belongs to the chapter's own title.
        code = f"heading(level: {heading.level + 1}, {self.inlines(heading.inlines)})"
        fresh = heading.anchor is not None and self._first(heading.anchor)
        return labelled(code, heading.anchor or "") if fresh else code

    def _flowing(self, blocks: tuple[Block, ...]) -> str:
        """Blocks of a list item, note or cell, where the first paragraph runs on from what is before it."""
        if not blocks or not isinstance(blocks[0], Paragraph):
            return self.blocks(blocks)
        first = self.inlines(blocks[0].inlines)
        if reads_right_to_left(plain(blocks[0].inlines)):
            first = f"text(dir: rtl, {first})"
        return joined([first, "parbreak()" if len(blocks) > 1 else "", *map(self._block, blocks[1:])])

    def _points(self, points: Points) -> str:
        self._depth += 1
        code = self._bare_points(points)
        self._depth -= 1
        return f"{'inner' if self._depth else 'outer'}({code})"

    def _bare_points(self, points: Points) -> str:
        if any(item.ticked is not None for item in points.items):
            return f"ticks({', '.join(self._tick(item) for item in points.items)})"
        items = ", ".join(self._flowing(item.blocks) for item in points.items)
        if points.ordered:
            return f"enum(start: {points.start}, tight: {self._tight(points)}, {items})"
        return f"list(tight: {self._tight(points)}, {items})"

    def _tight(self, points: Points) -> str:
        # Points of more than two lines run into each other without air between them.
        short = all(len(item.blocks) < 2 and len(wording(item)) < 120 for item in points.items)
        return "true" if short else "false"

    def _tick(self, item: Item) -> str:
        if item.ticked is None:
            return f"point({self._flowing(item.blocks)})"
        number = len(self.ticks) + 1
        # A field without words would be silent to those who listen.
        self.ticks.append((wording(item) or str(number), item.ticked))
        box = f"box-field({number})" if self.tickable else f"box-drawn({'true' if item.ticked else 'false'})"
        return f"tick({box}, {self._flowing(item.blocks)})"

    def _table(self, table: Table) -> str:
        head = ", ".join(self._cell(cell, head=True) for row in table.head for cell in row)
        rows = [self._cell(cell, head=False) for row in table.rows for cell in row]
        cells = ([f"table.header({head})"] if head else []) + rows
        caption = self.inlines(table.caption) if table.caption else "none"
        whole = len(table.head + table.rows) <= SMALL_TABLE and len("".join(cells)) < SMALL_TABLE * 250
        return f"sheet({table.width}, {caption}, {'true' if whole else 'false'}, {', '.join(cells)})"

    def _cell(self, cell: Cell, *, head: bool) -> str:
        inner = self._flowing(cell.blocks)
        span = f"colspan: {cell.columns}, rowspan: {cell.rows}, align: {cell.align}"
        return f"table.cell({span}, {'strong(' + inner + ')' if head else inner})"


def wording(item: Item) -> str:
    """What a screen reader says at the box: the point's first paragraph."""
    first = item.blocks[0] if item.blocks else None
    return plain(first.inlines) if isinstance(first, Paragraph) else ""

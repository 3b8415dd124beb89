"""A text as a tree of plain values, between the HTML it came from and the pages it becomes.

Both writers (pages and e-book) print this tree only, so neither can be handed markup that it does not know.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Look = Literal["emph", "strong", "code", "strike", "sup", "sub", "mark"]


@dataclass(frozen=True)
class Text:
    text: str


@dataclass(frozen=True)
class Styled:
    look: Look
    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Link:
    """`href` is an absolute address, or `#name` for an anchor of the same book."""

    href: str
    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Break:
    """The line ends here, the paragraph does not."""


@dataclass(frozen=True)
class Picture:
    path: Path
    alt: str


@dataclass(frozen=True)
class NoteMark:
    """The number in the text that leads to a footnote; `note` is its key in `Body.notes`."""

    note: str


@dataclass(frozen=True)
class Anchor:
    """An invisible place that links lead to."""

    name: str


@dataclass(frozen=True)
class Paragraph:
    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Heading:
    level: int
    inlines: tuple[Inline, ...]
    anchor: str | None


@dataclass(frozen=True)
class Item:
    """`ticked` is None for an ordinary point, and True or False for one with a box before it."""

    blocks: tuple[Block, ...]
    ticked: bool | None


@dataclass(frozen=True)
class Points:
    items: tuple[Item, ...]
    ordered: bool
    start: int


@dataclass(frozen=True)
class Quote:
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Code:
    text: str


@dataclass(frozen=True)
class Cell:
    blocks: tuple[Block, ...]
    align: Literal["left", "center", "right"]
    columns: int
    rows: int


@dataclass(frozen=True)
class Table:
    """`width` counts columns; the rows of `head` are repeated on every page."""

    width: int
    head: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: tuple[Inline, ...]


@dataclass(frozen=True)
class Terms:
    pairs: tuple[tuple[tuple[Inline, ...], tuple[Block, ...]], ...]


@dataclass(frozen=True)
class Figure:
    picture: Picture
    caption: tuple[Inline, ...]


@dataclass(frozen=True)
class Rule:
    """A change of scene."""


Inline = Text | Styled | Link | Break | Picture | NoteMark | Anchor
Block = Paragraph | Heading | Points | Quote | Code | Table | Terms | Figure | Rule


@dataclass(frozen=True)
class Body:
    """A chapter's blocks, and its footnotes by key."""

    blocks: tuple[Block, ...]
    notes: dict[str, tuple[Block, ...]] = field(default_factory=dict)


def plain(inlines: tuple[Inline, ...]) -> str:
    """The bare words, as a bookmark or a tooltip shows them."""
    return " ".join("".join(_words(inlines)).split())


def _words(inlines: tuple[Inline, ...]) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Text(text):
                yield text
            case Styled(_, inner) | Link(_, inner):
                yield from _words(inner)
            case Picture(_, alt):
                yield alt
            case Break():
                yield " "


def parts_of(block: Block) -> Iterator[Block | Inline]:
    """What stands directly inside a block."""
    match block:
        case Paragraph(inlines) | Heading(_, inlines, _):
            yield from inlines
        case Points(items):
            for item in items:
                yield from item.blocks
        case Quote(blocks):
            yield from blocks
        case Table(_, head, rows, caption):
            yield from caption
            for cell in (cell for row in head + rows for cell in row):
                yield from cell.blocks
        case Terms(pairs):
            for names, meanings in pairs:
                yield from names
                yield from meanings
        case Figure(picture, caption):
            yield picture
            yield from caption


def walk(blocks: tuple[Block, ...]) -> Iterator[Block | Inline]:
    """Every block and inline of a tree, in reading order."""
    stack: list[Block | Inline] = list(reversed(blocks))
    while stack:
        part = stack.pop()
        yield part
        if isinstance(part, Styled | Link):
            stack.extend(reversed(part.inlines))
        elif not isinstance(part, Text | Break | Picture | NoteMark | Anchor):
            stack.extend(reversed(list(parts_of(part))))

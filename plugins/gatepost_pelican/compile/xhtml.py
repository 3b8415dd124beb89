"""Writes blocks as XHTML for e-book readers: valid because only what is listed here is ever written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
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
)
from .running_text import clean_text
from .setting import reads_right_to_left

TAGS = {
    "emph": "em", "strong": "strong", "code": "code", "strike": "s", "sup": "sup", "sub": "sub", "mark": "mark",
}  # fmt: skip


def text(words: str) -> str:
    """Words as character data or a quoted attribute."""
    return escape(clean_text(words))


@dataclass
class Page:
    """Writes one page of the book.

    `homes` tells on which page each anchor of the book stands, `name` is this page's own, and `pictures` gives
    each picture's address inside the book.
    """

    name: str
    homes: Mapping[str, str]
    pictures: Mapping[Path, str]
    notes_title: str
    _ids: set[str] = field(default_factory=set)
    _notes: list[str] = field(default_factory=list)
    _known: dict[str, tuple[Block, ...]] = field(default_factory=dict)

    def body(self, body: Body) -> str:
        """A chapter's blocks, and the footnotes that it marks at its end."""
        self._known = body.notes
        blocks = self.blocks(body.blocks)
        if not self._notes:
            return blocks
        return f"{blocks}\n{self.notes()}"

    def notes(self) -> str:
        """The footnotes that were marked so far, as a section of their own."""
        notes = "\n".join(self._note(at, note) for at, note in enumerate(self._notes, start=1))
        return f'<section class="notes"><h2>{text(self.notes_title)}</h2>\n{notes}</section>'

    def blocks(self, blocks: Iterable[Block]) -> str:
        return "\n".join(self._block(block) for block in blocks)

    def inlines(self, inlines: Iterable[Inline]) -> str:
        return "".join(self._inline(inline) for inline in inlines)

    def means(self, kind: str) -> str:
        """What an element is in an e-book, as an attribute."""
        return f' epub:type="{kind}"'

    def identity(self, anchor: str | None) -> str:
        """An id attribute, once for each anchor."""
        if anchor is None or anchor in self._ids:
            return ""
        self._ids.add(anchor)
        return f' id="{text(anchor)}"'

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Text(words):
                return text(words)
            case Styled(look, inner):
                return f"<{TAGS[look]}>{self.inlines(inner)}</{TAGS[look]}>"
            case Link(href, inner):
                return self._link(href, self.inlines(inner))
            case Break():
                return "<br/>"
            case Picture():
                return self._picture(inline)
            case NoteMark(note):
                return self._mark(note)
            case Anchor(name):
                identity = self.identity(name)
                return f"<span{identity}></span>" if identity else ""

    def _link(self, href: str, inner: str) -> str:
        if href.startswith("#"):
            home = self.homes.get(href[1:])
            if home is None:
                return inner
            href = href if home == self.name else home + href
        return f'<a href="{text(href)}">{inner}</a>'

    def _picture(self, picture: Picture) -> str:
        return f'<img src="{text(self.pictures[picture.path])}" alt="{text(picture.alt)}"/>'

    def _mark(self, note: str) -> str:
        if note not in self._known:
            return ""
        if note not in self._notes:
            self._notes.append(note)
        number = self._notes.index(note) + 1
        back = self.identity(f"mark-{number}")
        return f'<a{back} class="mark"{self.means("noteref")} role="doc-noteref" href="#note-{number}">{number}</a>'

    def _note(self, number: int, note: str) -> str:
        # Readers show the aside as a pop-up where they can; the link back serves all others.
        back = f'<p><a href="#mark-{number}">{number}</a></p>'
        return (
            f'<aside id="note-{number}"{self.means("footnote")} role="doc-footnote">{back}\n'
            f"{self.blocks(self._known[note])}</aside>"
        )

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph(inlines):
                return f"<p{_direction(inlines)}>{self.inlines(inlines)}</p>"
            case Heading(level, inlines, anchor):
                tag = f"h{min(level + 1, 6)}"
                return f"<{tag}{self.identity(anchor)}>{self.inlines(inlines)}</{tag}>"
            case Points():
                return self._points(block)
            case Quote(blocks):
                return f"<blockquote>{self.blocks(blocks)}</blockquote>"
            case Code(words):
                return f"<pre><code>{text(words)}</code></pre>"
            case Table():
                return self._table(block)
            case Terms(pairs):
                inner = "".join(
                    f"<dt>{self.inlines(name)}</dt><dd>{self._flowing(meanings)}</dd>" for name, meanings in pairs
                )
                return f"<dl>{inner}</dl>"
            case Figure(picture, caption):
                words = f"<figcaption>{self.inlines(caption)}</figcaption>" if caption else ""
                return f"<figure>{self._picture(picture)}{words}</figure>"
            case Rule():
                return "<hr/>"

    def _flowing(self, blocks: tuple[Block, ...]) -> str:
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph) and not _direction(blocks[0].inlines):
            return self.inlines(blocks[0].inlines)
        return self.blocks(blocks)

    def _points(self, points: Points) -> str:
        tag = "ol" if points.ordered else "ul"
        boxes = any(item.ticked is not None for item in points.items)
        start = f' start="{points.start}"' if points.ordered and points.start != 1 else ""
        look = ' class="ticks"' if boxes else ""
        items = "\n".join(f"<li>{_box(item)}{self._flowing(item.blocks)}</li>" for item in points.items)
        return f"<{tag}{start}{look}>\n{items}\n</{tag}>"

    def _table(self, table: Table) -> str:
        caption = f"<caption>{self.inlines(table.caption)}</caption>" if table.caption else ""
        head = "".join(self._row(row, "th") for row in table.head)
        rows = "".join(self._row(row, "td") for row in table.rows)
        inner = (f"<thead>{head}</thead>" if head else "") + (f"<tbody>{rows}</tbody>" if rows else "")
        return f"<table>{caption}{inner}</table>"

    def _row(self, row: tuple[Cell, ...], tag: str) -> str:
        return "<tr>" + "".join(self._cell(cell, tag) for cell in row) + "</tr>"

    def _cell(self, cell: Cell, tag: str) -> str:
        look = f' class="{cell.align}"' if cell.align != "left" else ""
        spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        return f"<{tag}{look}{spans}>{self._flowing(cell.blocks)}</{tag}>"


def _box(item: Item) -> str:
    if item.ticked is None:
        return ""
    return "☑ " if item.ticked else "☐ "


def _direction(inlines: tuple[Inline, ...]) -> str:
    words = "".join(inline.text for inline in inlines if isinstance(inline, Text))
    return ' dir="rtl"' if reads_right_to_left(words) else ""

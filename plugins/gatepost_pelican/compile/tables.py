"""Reads tables so that every row has the same width, whatever the markup says."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal
from xml.etree.ElementTree import Element

from .blocks import Block, Cell, Table
from .running_text import Place, nodes_of, read_inlines, squeezed, tag_of

Align = Literal["left", "center", "right"]
ALIGNMENTS: dict[str, Align] = {"left": "left", "center": "center", "right": "right"}
ALIGN = re.compile(r"text-align:\s*(left|center|right)")
WIDEST = 40

Read = Callable[[Element], tuple[Block, ...]]


def read_table(element: Element, place: Place, read: Read) -> Table | None:
    """The table with its first rows of headings as head; None where it has no cell."""
    rows = [row for row in element.iter("tr") if any(tag_of(cell) in {"td", "th"} for cell in row)]
    heads = _head_rows(element, rows)
    head, head_width = _section(rows[:heads], read)
    body, body_width = _section(rows[heads:], read)
    width = max(head_width, body_width)
    if width == 0:
        return None
    caption = next((part for part in element if tag_of(part) == "caption"), None)
    words = squeezed(read_inlines(nodes_of(caption), place)) if caption is not None else ()
    return Table(width, _padded(head, width), _padded(body, width), words)


def _head_rows(element: Element, rows: list[Element]) -> int:
    inside = {id(row) for part in element.iter("thead") for row in part.iter("tr")}
    count = 0
    while count < len(rows) and id(rows[count]) in inside:
        count += 1
    if count == 0 and len(rows) > 1 and all(tag_of(cell) == "th" for cell in rows[0] if tag_of(cell)):
        # Written by hand: a first row of nothing but heading cells is a head without the word for it.
        return 1
    return count


def _section(rows: list[Element], read: Read) -> tuple[list[tuple[list[Cell], int]], int]:
    """Rows with their own width, cells that reach in from above included, and the widest of them."""
    section: list[tuple[list[Cell], int]] = []
    reaching: list[tuple[int, int]] = []  # (rows still covered, columns) of cells that began above
    for number, row in enumerate(rows):
        cells = [_cell(cell, len(rows) - number, read) for cell in row if tag_of(cell) in {"td", "th"}][:WIDEST]
        covered = sum(columns for left, columns in reaching if left > 0)
        section.append((cells, covered + sum(cell.columns for cell in cells)))
        reaching = [(left - 1, columns) for left, columns in reaching if left > 1]
        reaching += [(cell.rows - 1, cell.columns) for cell in cells if cell.rows > 1]
    return section, max((width for _, width in section), default=0)


def _cell(element: Element, rows_left: int, read: Read) -> Cell:
    style = ALIGN.search(element.get("style", ""))
    align = ALIGNMENTS.get(style[1] if style else element.get("align", ""), "left")
    columns = min(_span(element, "colspan"), WIDEST)
    return Cell(read(element), align, columns, min(_span(element, "rowspan"), rows_left))


def _span(element: Element, name: str) -> int:
    text = element.get(name, "1")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 4 else 1


def _padded(section: list[tuple[list[Cell], int]], width: int) -> tuple[tuple[Cell, ...], ...]:
    empty = Cell((), "left", 1, 1)
    return tuple(tuple(cells) + (empty,) * (width - own) for cells, own in section)

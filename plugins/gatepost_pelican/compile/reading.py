"""Reads a chapter's HTML into blocks. Elements that it does not know are read as the text inside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from xml.etree.ElementTree import Element

import html5lib

from .blocks import (
    Block,
    Body,
    Code,
    Figure,
    Heading,
    Inline,
    Item,
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
)
from .running_text import (
    DEEPEST,
    SILENT,
    Node,
    Place,
    all_text,
    classes_of,
    has_words,
    nodes_of,
    read_inlines,
    squeezed,
    tag_of,
)
from .tables import read_table

HEADINGS = {f"h{level}": level for level in range(1, 7)}
PLAIN_BOXES = """
    address article aside body center details dd div dt fieldset figcaption footer form header hgroup html legend li
    main nav search section summary caption tbody thead tfoot tr td th
"""
BLOCKS = frozenset(PLAIN_BOXES.split()) | {
    "p",
    "ul",
    "ol",
    "dl",
    "blockquote",
    "pre",
    "table",
    "hr",
    "figure",
    *HEADINGS,
}
# Text may be wrapped often, but indented only as often as a page has room: ten times. What is deeper runs on.
INDENT = 4
TICK = re.compile(r"\s*\[([ \xa0xX])\](?:\s+|$)")


def read_html(html: str, place: Place, title: str = "") -> Body:
    """A chapter's body: headings counted from 1 without a gap, a first heading that repeats `title` left out."""
    root: Element = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    notes = _take_notes(root, place)
    blocks = read_blocks(nodes_of(root), place)
    first = blocks[0] if blocks else None
    if isinstance(first, Heading) and plain(first.inlines).casefold() == " ".join(title.split()).casefold():
        blocks = blocks[1:]
    return Body(_levelled(blocks), notes)


def read_blocks(nodes: Iterable[Node], place: Place, depth: int = 0) -> tuple[Block, ...]:
    """Blocks, with loose text between them gathered into paragraphs."""
    found: list[Block] = []
    loose: list[Node] = []
    for node in nodes:
        if isinstance(node, str) or not _is_block(node):
            loose.append(node)
            continue
        found.extend(_paragraphs(loose, place))
        loose = []
        found.extend(_read_block(node, place, depth))
    found.extend(_paragraphs(loose, place))
    return tuple(found)


def _is_block(element: Element) -> bool:
    """A block, or something inline around one, such as a link around a whole card."""
    tag = tag_of(element)
    return tag not in SILENT and any(tag_of(part) in BLOCKS for part in element.iter())


def _read_block(element: Element, place: Place, depth: int) -> tuple[Block, ...]:
    tag = tag_of(element)
    if depth > DEEPEST:
        return _paragraphs([all_text(element)], place)
    if "toc" in classes_of(element) and tag in {"div", "nav"}:
        # The book has its own contents, with page numbers.
        return ()
    if tag in HEADINGS:
        return _read_heading(element, place)
    if tag in {"p", "summary", "dt", "legend"}:
        anchored: list[Node] = [element] if element.get("id") or tag == "summary" else list(nodes_of(element))
        return _paragraphs(anchored, place)
    read = READERS.get(tag)
    if read:
        return read(element, place, depth)
    inner = read_blocks(nodes_of(element), place, depth + 1)
    return (Quote(inner),) if inner and "admonition" in classes_of(element) else inner


def _paragraphs(nodes: Iterable[Node], place: Place) -> tuple[Block, ...]:
    inlines = squeezed(read_inlines(nodes, place))
    if not has_words(inlines):
        return ()
    if len(inlines) == 1 and isinstance(inlines[0], Picture):
        return (Figure(inlines[0], ()),)
    return (Paragraph(inlines),)


def _read_heading(element: Element, place: Place) -> tuple[Block, ...]:
    inlines = squeezed(_title_parts(read_inlines(nodes_of(element), place)))
    anchor = place.anchor(element.get("id", "")) if element.get("id") else None
    return (Heading(HEADINGS[tag_of(element)], inlines, anchor),) if has_words(inlines) else ()


def _title_parts(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    # A heading is printed again in the contents and the bookmarks, where a note or a picture would come twice.
    kept: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text):
            kept.append(inline)
        elif isinstance(inline, Styled):
            kept.append(replace(inline, inlines=_title_parts(inline.inlines)))
        elif not isinstance(inline, NoteMark):
            kept.append(Text(plain((inline,)) or " "))
    return tuple(kept)


def _read_points(element: Element, place: Place, depth: int) -> tuple[Block, ...]:
    items: list[Item] = []
    for child in element:
        if tag_of(child) and tag_of(child) not in SILENT:
            item = _ticked(read_blocks(_inside(child), place, depth + INDENT))
            if item.blocks or item.ticked is not None:
                items.append(item)
    start = element.get("start", "1")
    ordered = tag_of(element) == "ol"
    first = int(start) if start.isascii() and start.isdecimal() and len(start) < 7 else 1
    return (Points(tuple(items), ordered, first),) if items else ()


def _inside(element: Element) -> list[Node]:
    if tag_of(element) != "li":
        return [element]
    inner = list(nodes_of(element))
    if element.get("id"):
        mark = Element("span", {"id": element.get("id", "")})
        # The mark goes into the first paragraph where there is one, so that it makes none of its own.
        first = next((node for node in inner if not isinstance(node, str) and tag_of(node) == "p"), None)
        if first is None:
            return [mark, *inner]
        mark.tail, first.text = first.text, None
        first.insert(0, mark)
    return inner


def _ticked(blocks: tuple[Block, ...]) -> Item:
    first = blocks[0] if blocks else None
    if not isinstance(first, Paragraph) or not isinstance(first.inlines[0], Text):
        return Item(blocks, None)
    match = TICK.match(first.inlines[0].text)
    if match is None:
        return Item(blocks, None)
    rest = squeezed((Text(first.inlines[0].text[match.end() :]), *first.inlines[1:]))
    head: tuple[Block, ...] = (Paragraph(rest),) if has_words(rest) else ()
    return Item(head + blocks[1:], match[1] in "xX")


def _read_terms(element: Element, place: Place, depth: int) -> tuple[Block, ...]:
    pairs: list[tuple[tuple[Inline, ...], tuple[Block, ...]]] = []
    for child in (part for part in element.iter() if tag_of(part) in {"dt", "dd"}):
        if tag_of(child) == "dt":
            name = squeezed(read_inlines(nodes_of(child), place))
            # Two names in a row share one meaning.
            if pairs and not pairs[-1][1] and name:
                pairs[-1] = ((*pairs[-1][0], Text(", "), *name), ())
            elif name:
                pairs.append((name, ()))
        elif pairs:
            name, meanings = pairs[-1]
            pairs[-1] = (name, meanings + read_blocks(nodes_of(child), place, depth + INDENT))
    return (Terms(tuple(pairs)),) if pairs else ()


def _read_quote(element: Element, place: Place, depth: int) -> tuple[Block, ...]:
    inner = read_blocks(nodes_of(element), place, depth + INDENT)
    return (Quote(inner),) if inner else ()


def _read_code(element: Element, place: Place, depth: int) -> tuple[Block, ...]:
    text = all_text(element).strip("\n").expandtabs(4)
    return (Code(text),) if text.strip() else ()


def _read_figure(element: Element, place: Place, depth: int) -> tuple[Block, ...]:
    captions = [part for part in element if tag_of(part) == "figcaption"]
    caption = squeezed(tuple(i for part in captions for i in read_inlines(nodes_of(part), place)))
    rest = [node for node in nodes_of(element) if node not in captions]
    blocks = read_blocks(rest, place, depth + INDENT)
    if blocks and isinstance(blocks[-1], Figure):
        return (*blocks[:-1], Figure(blocks[-1].picture, caption))
    return (*blocks, Paragraph(caption)) if caption else blocks


def _read_table(element: Element, place: Place, depth: int) -> tuple[Block, ...]:
    table = read_table(element, place, lambda cell: read_blocks(nodes_of(cell), place, depth + INDENT))
    return (table,) if isinstance(table, Table) else ()


def _read_rule(element: Element, place: Place, depth: int) -> tuple[Block, ...]:
    return (Rule(),)


READERS: dict[str, Callable[[Element, Place, int], tuple[Block, ...]]] = {
    "ul": _read_points,
    "ol": _read_points,
    "dl": _read_terms,
    "blockquote": _read_quote,
    "pre": _read_code,
    "figure": _read_figure,
    "table": _read_table,
    "hr": _read_rule,
}


def _take_notes(root: Element, place: Place) -> dict[str, tuple[Block, ...]]:
    """Cuts the list of footnotes off the end of the text, and returns the notes by key."""
    notes: dict[str, tuple[Block, ...]] = {}
    for parent in list(root.iter()):
        for child in [part for part in parent if "footnote" in classes_of(part) and tag_of(part) == "div"]:
            for note in child.iter("li"):
                # A note inside a note would have no place on the page.
                blocks = tuple(_without_notes(block) for block in read_blocks(nodes_of(note), place))
                notes[place.anchor(note.get("id", ""))] = blocks
            parent.remove(child)
    return notes


def _without_notes(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return Paragraph(tuple(i for i in block.inlines if not isinstance(i, NoteMark)))
    return block


def _levelled(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Headings by depth instead of by number, so that an h4 under an h2 leaves no hole in the outline."""
    above: list[int] = []
    levelled: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            while above and above[-1] >= block.level:
                above.pop()
            above.append(block.level)
            levelled.append(replace(block, level=len(above)))
        else:
            levelled.append(block)
    return tuple(levelled)

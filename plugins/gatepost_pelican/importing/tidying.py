"""White space where it belongs: outside of emphasis and links, and nowhere at the ends of a block."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from gatepost_pelican.importing import spelling, tree
from gatepost_pelican.importing.inline import EMPHASIS, INLINE, TAGS

_ENDS = frozenset(("a", *EMPHASIS, *TAGS))
# Without anything to show, these are nothing.
_EMPTY = frozenset(
    ("p", "blockquote", "ul", "ol", "li", "pre", "code", "figure", *(f"h{n}" for n in range(1, 7)), *_ENDS)
) - {"wbr"}
_SHOWN = frozenset(
    [
        "img",
        "br",
        "hr",
        "iframe",
        "video",
        "audio",
        "input",
        "td",
        "th",
        "picture",
        "svg",
        "object",
        "embed",
        "wbr",
        "sup",
    ]
)
_RENAMED = {"b": "strong", "i": "em", "strike": "del", "tt": "code"}


def tidied(root: Element) -> Element:
    """The same tree, as plain as a tree of its text can be; changed in place."""
    for one in tree.elements(root):
        one.tag = _RENAMED.get(str(one.tag), one.tag)
    tree.change(root, _tidy)
    _trim(root)
    return root


def _tidy(parent: Element, child: Element) -> None:
    if child.tag in ("pre", "code"):
        if not "".join(child.itertext()).strip():
            tree.drop(parent, child)
        return
    if child.tag == "li":
        _tighten(child)
    if child.tag not in INLINE:
        _trim(child)
    if child.tag in _ENDS:
        _move_breaks_out(parent, child)
        _move_spaces_out(parent, child)
    if child.tag in _EMPTY and not _shows(child):
        tree.drop(parent, child)


def _shows(element: Element) -> bool:
    has_part = any(one.tag in _SHOWN or one.get("id") for one in element.iter() if not tree.is_comment(one))
    return bool(tree.words(element)) or has_part


def _tighten(item: Element) -> None:
    """`li` with one paragraph and perhaps a list: without the paragraph."""
    paragraphs = [child for child in item if child.tag == "p"]
    if len(paragraphs) == 1 and item[0] is paragraphs[0] and not (item.text or "").strip():
        item.text = None
        tree.unwrap(item, paragraphs[0])


def _move_breaks_out(parent: Element, child: Element) -> None:
    """A break at either end of an emphasis or link stands before or behind it."""
    while len(child) and child[0].tag == "br" and not spelling.plain(child.text or "").strip(" "):
        first = child[0]
        tail, first.tail = first.tail, None
        child.remove(first)
        parent.insert(list(parent).index(child), first)
        child.text = tail
    while len(child) and child[-1].tag == "br" and not spelling.plain(child[-1].tail or "").strip(" "):
        last = child[-1]
        child.remove(last)
        last.tail, child.tail = child.tail, None
        parent.insert(list(parent).index(child) + 1, last)


def _move_spaces_out(parent: Element, child: Element) -> None:
    text = spelling.plain(child.text or "")
    if text.startswith(" "):
        at = list(parent).index(child)
        child.text = text.lstrip(" ")
        if at:
            parent[at - 1].tail = (parent[at - 1].tail or "") + " "
        else:
            parent.text = (parent.text or "") + " "
    end = spelling.plain((child[-1].tail if len(child) else child.text) or "")
    if end.endswith(" "):
        if len(child):
            child[-1].tail = end.rstrip(" ")
        else:
            child.text = end.rstrip(" ")
        child.tail = " " + (child.tail or "")


def _trim(block: Element) -> None:
    """No white space at its ends or around a line's break, no break at either end."""
    while len(block) and block[-1].tag == "br" and not spelling.plain(block[-1].tail or "").strip(" "):
        block.remove(block[-1])
    while len(block) and block[0].tag == "br" and not spelling.plain(block.text or "").strip(" "):
        tree.drop(block, block[0])
    block.text = spelling.plain(block.text or "").lstrip(" ")
    for number, child in enumerate(block):
        tail = spelling.plain(child.tail or "")
        starts = child.tag not in INLINE or child.tag == "br"
        tail = tail.lstrip(" ") if starts else tail
        ends = number + 1 == len(block) or block[number + 1].tag not in INLINE or block[number + 1].tag == "br"
        child.tail = tail.rstrip(" ") if ends else tail
    if not len(block) or block[0].tag not in INLINE or block[0].tag == "br":
        block.text = block.text.rstrip(" ")

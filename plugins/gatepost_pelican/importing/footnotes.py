"""Footnotes that somebody wrote as links to a list, taken out of the tree so that Markdown can make them again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from gatepost_pelican.importing import tree

_BACK = re.compile(r"[\s\u21a9\ufe0e\ufe0f\u2191^\[\]\xa0]*|\d+|back|return", re.IGNORECASE)
_SAYABLE = frozenset(["p", "a", "b", "i", "em", "strong", "code", "br", "sup", "sub"])


@dataclass(frozen=True)
class Footnote:
    """`name` is what stands in `[^name]`; `content` holds its paragraphs."""

    name: str
    content: Element


def taken(root: Element) -> tuple[Footnote, ...]:
    """Every footnote of the tree, in the order of the text. Each call becomes a `sup` with `data-footnote`."""
    targets = {one.get("id", ""): (parent, one) for parent in root.iter() for one in parent if one.tag == "li"}
    found: dict[str, Footnote] = {}
    for sup in [one for one in tree.elements(root) if one.tag == "sup"]:
        link = next((one for one in (sup, *sup) if one.tag == "a"), None)
        named = (link.get("href", "") if link is not None else "").removeprefix("#")
        if link is None or not link.get("href", "").startswith("#") or named not in targets:
            continue
        item = targets[named][1]
        if any(one.tag not in _SAYABLE for one in tree.elements(item)):
            continue
        if named not in found:
            found[named] = Footnote(str(len(found) + 1), _content(item))
        _call(sup, found[named].name)
    for named in found:
        _remove(root, *targets[named])
    return tuple(found.values())


def _call(sup: Element, name: str) -> None:
    tail = sup.tail
    sup.clear()
    sup.tail = tail
    sup.set("data-footnote", name)


def _content(item: Element) -> Element:
    """The item without its links back."""
    content = tree.made("div", item.text or "")
    content.extend(list(item))

    def without_links_back(parent: Element, child: Element) -> None:
        if (child.tag == "a" and child.get("href", "").startswith("#") and _BACK.fullmatch(tree.words(child))) or (
            child.tag == "sup" and not tree.words(child)
        ):
            tree.drop(parent, child)

    tree.change(content, without_links_back)
    return content


def _remove(root: Element, parent: Element, item: Element) -> None:
    """The item, and around it all that held nothing else; a rule above the list goes with it."""
    tree.drop(parent, item)
    while parent is not root and not tree.words(parent) and not any(one.tag == "li" for one in parent):
        above = next(one for one in root.iter() if parent in list(one))
        at = list(above).index(parent)
        if at and above[at - 1].tag == "hr":
            tree.drop(above, above[at - 1])
        tree.drop(above, parent)
        parent = above

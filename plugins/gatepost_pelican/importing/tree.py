"""HTML as a tree that can be read and changed: what html5lib makes of any text, however broken."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

import html5lib

from gatepost_pelican.importing import spelling

# Deeper than anybody writes, and far from what Python's own stack can follow.
DEEPEST = 150
# With so many tags open at once reading takes minutes: nobody wrote that.
_MOST_OPEN = 2_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*>?")
# These end by themselves.
_ENDING = frozenset(("p", "li", "dt", "dd", "tr", "td", "th", "option", "thead", "tbody", "tfoot"))
VOID = frozenset(("area", "br", "col", "hr", "img", "input", "source", "track", "wbr"))
# Inside raw HTML these would be read by Markdown's own preprocessors, which come before it sees any HTML.
_CONTROLS = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f]|&#0*(?:[0-8]|1[4-9]|2\d|3[01]|127);|&#x0*(?:[0-8ef]|1[0-9a-f]|7f);", re.IGNORECASE
)
_QUIET = str.maketrans({"`": "&#96;", "~": "&#126;", "[": "&#91;", "\\": "&#92;"})


def parsed(text: str) -> Element:
    """The tree of a piece of HTML, in a `div` of its own. Never fails: whatever it is, it is text at least."""
    if _open_at_once(text) > _MOST_OPEN:
        return parsed(f"<p>{html.escape(_TAG.sub('', text))}</p>")
    root: Element = html5lib.parseFragment(_CONTROLS.sub("", text), treebuilder="etree", namespaceHTMLElements=False)
    root.tag = "div"
    if _depth(root) > DEEPEST:
        return parsed(f"<p>{html.escape(words(root))}</p>")
    return root


def _open_at_once(text: str) -> int:
    """How many tags are open at most, as far as can be told without reading the text as a browser does."""
    most = now = 0
    for closes, name in _TAG.findall(text):
        if name.lower() not in VOID | _ENDING:
            now += -1 if closes else 1
            most = max(most, now)
    return most


def _depth(root: Element) -> int:
    """How deep the tree goes; without recursion, as it may go very deep."""
    level, depth = [root], 0
    while level:
        level = [child for element in level for child in element]
        depth += 1
    return depth


def is_comment(element: Element) -> bool:
    """Comments carry a function where elements have a name."""
    return not isinstance(element.tag, str)


def elements(root: Element) -> Iterator[Element]:
    """Every element below, in the order of the text, comments left out. A copy: the tree may be changed meanwhile."""
    yield from [one for one in root.iter() if one is not root and not is_comment(one)]


def classes(element: Element) -> frozenset[str]:
    """The names in its `class`."""
    return frozenset(element.get("class", "").split())


def having(root: Element, name: str) -> Element | None:
    """The first element below that has this class."""
    return next((one for one in elements(root) if name in classes(one)), None)


def words(element: Element) -> str:
    """Its text as a reader would copy it, in one line."""
    said: list[str] = []
    for one in element.iter():
        if not is_comment(one):
            said.append(one.text or "")
        if one is not element:
            said.append(one.tail or "")
    return " ".join("".join(said).split())


def made(tag: str, text: str = "", **attributes: str) -> Element:
    """A new element."""
    element = Element(tag, attributes)
    element.text = text or None
    return element


def replace(parent: Element, old: Element, new: list[Element]) -> None:
    """Put other elements in the place of one; the text after it stays."""
    at = list(parent).index(old)
    tail = old.tail
    old.tail = None
    parent.remove(old)
    for offset, one in enumerate(new):
        one.tail = None
        parent.insert(at + offset, one)
    _append_text(parent, at + len(new), tail or "")


def drop(parent: Element, old: Element) -> None:
    """Take an element out with all in it; the text after it stays."""
    replace(parent, old, [])


def unwrap(parent: Element, old: Element) -> None:
    """Take an element away and leave what was in it."""
    at = list(parent).index(old)
    _append_text(parent, at, old.text or "")
    children, tail = list(old), old.tail
    parent.remove(old)
    for offset, one in enumerate(children):
        parent.insert(at + offset, one)
    _append_text(parent, at + len(children), tail or "")


def _append_text(parent: Element, at: int, text: str) -> None:
    """Text before the child at that place."""
    if not text:
        return
    if at == 0:
        parent.text = (parent.text or "") + text
    else:
        before = parent[at - 1]
        before.tail = (before.tail or "") + text


def change(root: Element, touched: Callable[[Element, Element], None]) -> None:
    """Call `touched(parent, child)` for every element, the innermost first, so that each may take itself out."""
    parents = [(parent, child) for parent in root.iter() for child in parent]
    for parent, child in reversed(parents):
        if not is_comment(child) and child in list(parent):
            touched(parent, child)


def as_html(element: Element) -> str:
    """The element as HTML that Markdown leaves alone, without the text after it."""
    if is_comment(element):
        return ""
    attributes = "".join(f' {name}="{_value(value)}"' for name, value in element.attrib.items())
    if element.tag in VOID:
        return f"<{element.tag}{attributes}>"
    inside = _text(element.text) + "".join(as_html(child) + _text(child.tail) for child in element)
    return f"<{element.tag}{attributes}>{inside}</{element.tag}>"


def _text(text: str | None) -> str:
    return html.escape(text or "", quote=False).translate(_QUIET)


def _value(text: str) -> str:
    return html.escape(spelling.plain(text)).translate(_QUIET)

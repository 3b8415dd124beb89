"""Reads what stands inside a paragraph: words, emphasis, links, pictures, footnote marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from .addresses import Addresses, anchor_name
from .blocks import Anchor, Break, Inline, Link, Look, NoteMark, Picture, Styled, Text
from .pictures import Pictures

LOOKS: dict[str, Look] = {
    "em": "emph", "i": "emph", "cite": "emph", "dfn": "emph", "var": "emph",
    "strong": "strong", "b": "strong", "summary": "strong",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code",
    "del": "strike", "s": "strike", "strike": "strike",
    "sup": "sup", "sub": "sub", "mark": "mark",
}  # fmt: skip
# Nothing of these is text to read.
SILENT = frozenset({
    "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "head", "title",
    "select", "button", "textarea", "video", "audio",
})  # fmt: skip
# Links that only make sense on a web page: back from a footnote, and to a heading itself.
PAGE_LINKS = frozenset({"footnote-backref", "headerlink"})
DEEPEST = 40
# No hand writes emphasis in emphasis this often; typesetters count every one.
DEEPEST_INLINE = 12
SPACES = re.compile(r"[ \t\n\r\f]+")
# What neither XML nor a PDF string can carry: controls, halves of surrogate pairs, non-characters.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

Node = Element | str


@dataclass(frozen=True)
class Place:
    """Where in the book a text stands: what its errors say, where its links start, where its pictures lie, and how it quotes."""

    where: str
    addresses: Addresses
    pictures: Pictures
    quotes: tuple[str, str] = ("“", "”")

    def anchor(self, name: str) -> str:
        return anchor_name(self.addresses.chapter, name)


def tag_of(element: Element) -> str:
    """The element's name without a namespace; empty for comments."""
    return element.tag.rsplit("}", 1)[-1].lower() if isinstance(element.tag, str) else ""


def classes_of(element: Element) -> frozenset[str]:
    return frozenset(element.get("class", "").split())


def nodes_of(element: Element) -> Iterator[Node]:
    """Text and elements in the order in which they are read."""
    if element.text:
        yield element.text
    for child in element:
        yield child
        if child.tail:
            yield child.tail


def clean_text(text: str) -> str:
    return UNPRINTABLE.sub("", text)


def all_text(element: Element) -> str:
    return clean_text("".join(element.itertext()))


def read_inlines(nodes: Iterable[Node], place: Place, depth: int = 0) -> tuple[Inline, ...]:
    """Inlines with white space as they came; `squeezed` settles it over a whole paragraph."""
    found: list[Inline] = []
    for node in nodes:
        if isinstance(node, str):
            found.append(Text(clean_text(node)))
        elif tag_of(node) and tag_of(node) not in SILENT:
            if node.get("id") and not _is_note_mark(node):
                found.append(Anchor(place.anchor(node.get("id", ""))))
            found.extend(_read_element(node, place, depth))
    return tuple(found)


def _read_element(element: Element, place: Place, depth: int) -> tuple[Inline, ...]:
    tag = tag_of(element)
    if tag == "br":
        return (Break(),)
    if tag == "img":
        return (read_picture_of(element, place),)
    if tag == "input":
        return _read_input(element)
    if _is_note_mark(element):
        return (NoteMark(place.anchor(_note_link(element).get("href", "")[1:])),)
    if depth > DEEPEST_INLINE:
        return (Text(all_text(element)),)
    inner = read_inlines(nodes_of(element), place, depth + 1)
    if tag == "a":
        return _read_link(element, inner, place)
    if tag == "q":
        return (Text(place.quotes[0]), *inner, Text(place.quotes[1]))
    if tag in LOOKS and inner:
        return (Styled(LOOKS[tag], inner),)
    return inner


def _read_input(element: Element) -> tuple[Inline, ...]:
    if element.get("type") != "checkbox":
        return ()
    return (Text("☑ " if element.get("checked") is not None else "☐ "),)


def _read_link(element: Element, inner: tuple[Inline, ...], place: Place) -> tuple[Inline, ...]:
    if classes_of(element) & PAGE_LINKS:
        return ()
    href = place.addresses.resolve(element.get("href", "")) if element.get("href") else None
    return (Link(href, inner),) if href and inner else inner


def _note_link(element: Element) -> Element:
    return next((a for a in element.iter("a") if "footnote-ref" in classes_of(a)), Element("a"))


def _is_note_mark(element: Element) -> bool:
    return tag_of(element) == "sup" and _note_link(element).get("href", "").startswith("#")


def read_picture_of(element: Element, place: Place) -> Picture:
    """The picture of an `img`. Raises PictureMissing or MarkupUnsupported."""
    path = place.pictures.find(element.get("src", ""), place.where)
    return Picture(path, " ".join(clean_text(element.get("alt", "")).split()))


def squeezed(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """White space as a browser shows it: runs become one space, none at either end of the paragraph."""
    left, _ = _squeeze(inlines, after_space=True)
    return _trim_end(left)


def _squeeze(inlines: tuple[Inline, ...], *, after_space: bool) -> tuple[tuple[Inline, ...], bool]:
    kept: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text):
            text = SPACES.sub(" ", inline.text)
            text = text.removeprefix(" ") if after_space else text
            if text:
                kept.append(Text(text))
                after_space = text.endswith(" ")
        elif isinstance(inline, Styled | Link):
            inner, after_space = _squeeze(inline.inlines, after_space=after_space)
            if inner:
                kept.append(replace(inline, inlines=inner))
        else:
            kept.append(inline)
            # An anchor takes no room, so the space before it is still the last thing seen.
            after_space = isinstance(inline, Break) or (after_space and isinstance(inline, Anchor))
    return tuple(kept), after_space


def _trim_end(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    kept = list(inlines)
    while kept:
        last = kept.pop()
        if isinstance(last, Text):
            if text := last.text.rstrip(" \xa0"):
                return (*kept, Text(text))
        elif isinstance(last, Styled | Link):
            if inner := _trim_end(last.inlines):
                return (*kept, replace(last, inlines=inner))
        elif not isinstance(last, Break):
            return (*kept, last)
    return ()


def has_words(inlines: tuple[Inline, ...]) -> bool:
    """Whether anything of it would be seen."""
    return any(
        has_words(inline.inlines) if isinstance(inline, Styled | Link)
        else bool(inline.text.strip()) if isinstance(inline, Text)
        else not isinstance(inline, Anchor | Break)
        for inline in inlines
    )  # fmt: skip

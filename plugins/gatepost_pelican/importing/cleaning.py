"""What other systems put around a text, taken away: their boxes, sizes and classes; what they embed becomes a link."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from gatepost_pelican.importing import tree
from gatepost_pelican.importing.exports import LeftOut

# Taken away with all that is in them.
_GONE = frozenset(("script", "style", "noscript", "template", "form", "input", "button", "select", "textarea", "object", "canvas", "svg", "link", "meta", "title", "base"))  # fmt: skip
_EMBEDDED = frozenset(("iframe", "embed", "video", "audio"))
# Boxes around blocks; what is in them stays. A `td` in no table is none.
_BOXES = frozenset(("div", "section", "article", "main", "header", "footer", "aside", "center", "font", "picture", "body", "nav", "hgroup", "address"))  # fmt: skip
_KEPT = {
    "a": ("href", "title", "id"), "img": ("src", "alt", "title"), "td": ("style", "colspan", "rowspan"), "th": ("style", "colspan", "rowspan", "scope"),
    "ol": ("start",), "code": ("class",), "pre": ("class",), "abbr": ("title",), "time": ("datetime",), "q": ("cite",), "li": ("id",), "details": ("open",),
}  # fmt: skip
_ALIGNED = re.compile(r"text-align:\s*(left|right|center)")
_PLAYERS = (
    (re.compile(r"(?:youtube(?:-nocookie)?\.com/embed/)([\w-]+)"), "https://www.youtube.com/watch?v={}"),
    (re.compile(r"player\.vimeo\.com/video/(\d+)"), "https://vimeo.com/{}"),
)
_PLAIN_SCHEMES = ("http", "https", "mailto", "tel", "")


def cleaned(root: Element, left_out: list[LeftOut], where: str, elsewhere: frozenset[str] = frozenset()) -> Element:
    """The same text as a tree of what Markdown or plain HTML can say; changed in place.

    `elsewhere` are names of places to which other texts link; all other names are taken away.
    """
    _cards(root)
    links = (one.get("href", "") for one in tree.elements(root))
    linked = elsewhere.union(link[1:] for link in links if link.startswith("#"))

    def touched(parent: Element, child: Element) -> None:
        if child.tag in _GONE:
            _tell_gone(child, left_out, where)
            tree.drop(parent, child)
        elif child.tag in _EMBEDDED:
            _embedded(parent, child)
        else:
            _plain(parent, child, linked)

    tree.change(root, touched)
    _levelled(root)
    return root


def _cards(root: Element) -> None:
    """Ghost's cards, while their boxes still say what they are."""

    def touched(parent: Element, child: Element) -> None:
        if "kg-bookmark-card" in tree.classes(child):
            _bookmark(parent, child)
        elif "kg-callout-card" in tree.classes(child):
            tree.replace(parent, child, [_callout(child)])

    tree.change(root, touched)


def _callout(card: Element) -> Element:
    """Its sign and its words in one quotation, with the links that stand in them."""
    quotation, sign, said = (
        tree.made("blockquote"),
        tree.having(card, "kg-callout-emoji"),
        tree.having(card, "kg-callout-text"),
    )
    if said is None or any(_is_block(one) for one in said):
        quotation.append(tree.made("p", tree.words(card)))
        return quotation
    paragraph = tree.made("p", f"{tree.words(sign) if sign is not None else ''} {said.text or ''}")
    paragraph.extend(list(said))
    quotation.append(paragraph)
    return quotation


def _levelled(root: Element) -> None:
    """The title is the one heading of the first level: those of the text begin with the second."""
    headings = [one for one in tree.elements(root) if re.fullmatch("h[1-6]", str(one.tag))]
    first = min((int(str(one.tag)[1]) for one in headings), default=2)
    for one in headings:
        one.tag = f"h{min(6, int(str(one.tag)[1]) + 2 - first)}"


def _plain(parent: Element, child: Element, linked: frozenset[str]) -> None:
    name = child.get("id", "")
    kept = _KEPT.get(str(child.tag), ())
    if child.tag in ("code", "pre") and not re.search(r"lang|brush", child.get("class", "")):
        kept = ()
    for attribute in [one for one in child.attrib if one not in kept]:
        del child.attrib[attribute]
    if "style" in child.attrib:
        found = _ALIGNED.search(child.attrib.pop("style"))
        if found:
            # As Markdown writes it, so that themes know it again.
            child.set("style", f"text-align: {found[1]};")
    if child.tag == "pre":
        _with_lines(child)
    if name and name in linked:
        child.set("id", name)
    if child.tag == "a" and urlsplit_scheme(child.get("href", "")) not in _PLAIN_SCHEMES:
        child.set("href", "")
    is_box = child.tag in _BOXES or (child.tag == "span" and not child.attrib)
    if is_box or (child.tag == "a" and not child.get("href") and not child.get("id")):
        _unbox(parent, child)


def _with_lines(listing: Element) -> None:
    """Medium ends the lines of a listing with tags."""

    def touched(parent: Element, child: Element) -> None:
        if child.tag == "br":
            child.tail = "\n" + (child.tail or "")
            tree.drop(parent, child)

    tree.change(listing, touched)


def _unbox(parent: Element, child: Element) -> None:
    """A box with words of its own and nothing else is a paragraph."""
    if (
        child.tag == "div"
        and child.get("id") is None
        and tree.words(child)
        and not any(_is_block(one) for one in child)
    ):
        child.tag = "p"
        return
    tree.unwrap(parent, child)


def _is_block(element: Element) -> bool:
    return not tree.is_comment(element) and element.tag in (
        "p", "ul", "ol", "pre", "table", "figure", "blockquote", "hr", "dl", "details", "h1", "h2", "h3", "h4", "h5", "h6", *_BOXES,
    )  # fmt: skip


def _embedded(parent: Element, child: Element) -> None:
    sources = [child.get("src", ""), *(one.get("src", "") for one in tree.elements(child) if one.tag == "source")]
    address = next((one for one in sources if one), "")
    for pattern, shown in _PLAYERS:
        if found := pattern.search(address):
            address = shown.format(found[1])
    if not address or urlsplit_scheme(address) not in ("http", "https", ""):
        tree.drop(parent, child)
        return
    link = tree.made(
        "a", child.get("title") or address, href=f"https:{address}" if address.startswith("//") else address
    )
    if parent.tag in ("p", "li", "td", "figure"):
        tree.replace(parent, child, [link])
        return
    around = tree.made("p")
    around.append(link)
    tree.replace(parent, child, [around])


def _bookmark(parent: Element, card: Element) -> None:
    link = next((one for one in tree.elements(card) if one.tag == "a"), None)
    if link is None:
        tree.drop(parent, card)
        return
    title = tree.having(card, "kg-bookmark-title")
    paragraph, made = (
        tree.made("p"),
        tree.made("a", tree.words(title if title is not None else link), href=link.get("href", "")),
    )
    paragraph.append(made)
    tree.replace(parent, card, [paragraph])


def _tell_gone(child: Element, left_out: list[LeftOut], where: str) -> None:
    said = {"script": "a script", "form": "a form", "object": "an embedded object", "svg": "a drawing (svg)"}.get(
        str(child.tag)
    )
    left = LeftOut(said or "", "pages carry no code that is not the theme's", where)
    if said and left not in left_out:
        left_out.append(left)


def urlsplit_scheme(address: str) -> str:
    """The scheme of an address in small letters; `invalid` where it is none."""
    try:
        # Browsers leave these out, and so a scheme may hide behind them.
        return urlsplit(re.sub(r"[\x00-\x20]+", "", address)).scheme.lower()
    except ValueError:
        return "invalid"

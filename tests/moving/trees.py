"""Any piece of a text that Markdown can say, and how two of them are compared."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from hypothesis import strategies as st
from markdown import Markdown

from gatepost_pelican.importing import spelling, tree

# What trips Markdown's readers most: its own marks, alone and side by side, and whole constructs of its extensions.
MARKS = st.sampled_from([
    "*", "_", "**", "`", "```", "~~~", "[", "](", "[^1]", "[a]: /b", "!", "![", "{: #x }", "{", "<", "<b>", "</div>", "&", "&amp;", "&lt;",
    "\\", "\\\\", "#", "# ", "- ", "+ ", "1. ", "12. ", "> ", ": ", "| a | b |", "---", "--", "===", "***", "*[HTML]: x", "[TOC]", ":   term",
    "[[offer:x]]", "<!-- gate -->", "http://a.example/_x_", "snake_case_name", "2*3*4", "\xa0", "é", "日本", "🙂", "Title: x", "\x02", "\u2028", ")", '"', "'",
])  # fmt: skip
WORDS = st.one_of(st.sampled_from(["word", "Two words", "a"]), MARKS, st.text(max_size=6))
TEXT = st.lists(WORDS, min_size=1, max_size=5).map(" ".join) | st.lists(WORDS, min_size=1, max_size=4).map("".join)
ADDRESS = st.sampled_from([
    "/a", "https://a.example/x_(y)_z?a=1&copy=2&b[]=3#f", "https://a.example/it's", 'https://a.example/"q"', "mailto:a@b.example", "#here",
    "{static}/images/a b.jpg", "https://a.example/a\\b`c", "https://é.example/ü", "/a*b*c_d_", "a%20b",
])  # fmt: skip


def element(tag: str, parts: list[Any], **attributes: str) -> Element:
    """An element of texts and elements, in that order."""
    made = tree.made(tag, **attributes)
    for part in parts:
        if not isinstance(part, str):
            made.append(part)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + part
        else:
            made.text = (made.text or "") + part
    return made


def _inside(tag: str) -> Any:
    return lambda parts: element(tag, parts)


CODE = TEXT.map(lambda text: element("code", [text]))
PICTURE = st.builds(lambda source, alt: element("img", [], src=source, alt=alt), ADDRESS, TEXT)
LEAVES = st.one_of(TEXT, TEXT, CODE, PICTURE, st.builds(lambda: element("br", [])))
MARKED = st.recursive(
    LEAVES,
    lambda more: st.builds(
        element,
        st.sampled_from(["em", "strong", "sup", "del", "kbd"]),
        st.lists(more, min_size=1, max_size=3),
    ),
    max_leaves=6,
)
LINKS = st.builds(
    lambda href, parts, title: element("a", parts, href=href, **({"title": title} if title else {})),
    ADDRESS, st.lists(MARKED, min_size=1, max_size=3), st.just("") | TEXT,
)  # fmt: skip
INLINES = st.lists(st.one_of(MARKED, MARKED, LINKS), min_size=1, max_size=5)
PARAGRAPHS = INLINES.map(_inside("p"))
HEADINGS = st.builds(element, st.sampled_from(["h1", "h2", "h3", "h6"]), INLINES)
LISTINGS = st.builds(
    lambda text, named: element("pre", [element("code", [text], **({"class": f"language-{named}"} if named else {}))]),
    st.lists(WORDS, min_size=1, max_size=6).map("\n".join), st.sampled_from(["", "python", "c++"]),
)  # fmt: skip


def _lists(items: Any) -> Any:
    return st.builds(element, st.sampled_from(["ul", "ol"]), st.lists(items, min_size=1, max_size=4))


LISTS = _lists(
    st.recursive(
        INLINES.map(_inside("li")),
        lambda more: st.builds(lambda parts, nested: element("li", [*parts, nested]), INLINES, _lists(more)),
        max_leaves=4,
    )
)
CELLS = st.lists(MARKED, min_size=1, max_size=3)
TABLES = st.integers(1, 3).flatmap(
    lambda width: st.builds(
        lambda head, rows: element("table", [
            element("thead", [element("tr", [element("th", cell) for cell in head])]),
            element("tbody", [element("tr", [element("td", cell) for cell in row]) for row in rows]),
        ]),
        st.lists(CELLS, min_size=width, max_size=width),
        st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=3),
    )
)  # fmt: skip
# A block with which Markdown can do nothing: it stays HTML.
RAW = st.builds(
    lambda parts, text: element("figure", [element("img", [], src="/a.jpg", alt=text), element("figcaption", parts)]),
    INLINES,
    TEXT,
)
PLAIN_BLOCKS = st.one_of(PARAGRAPHS, HEADINGS, LISTS)
QUOTATIONS = st.lists(PLAIN_BLOCKS, min_size=1, max_size=3).map(_inside("blockquote"))
BLOCKS = st.one_of(PLAIN_BLOCKS, PARAGRAPHS, LISTINGS, TABLES, RAW, QUOTATIONS, st.builds(lambda: element("hr", [])))
TEXTS = st.lists(BLOCKS, min_size=1, max_size=4).map(_inside("div"))


def rendered(text: str) -> Element:
    """What a site with Pelican's own extensions makes of it."""
    html = Markdown(extensions=["extra", "meta", "gatepost_pelican.gate"], output_format="html").convert(
        f"Title: x\n\n{text}"
    )
    return tree.parsed(html)


def canonical(root: Element, keeps: bool = False) -> Any:
    """The tree as tuples: without comments, without empty elements, white space as browsers show it."""
    keeps = keeps or root.tag == "pre"
    parts = [one for one in _flat(root, keeps) if one != ""]
    attributes = tuple(sorted((name, _same(name, value)) for name, value in root.attrib.items() if _same(name, value)))
    return (str(root.tag), attributes, tuple(parts))


def _flat(root: Element, keeps: bool) -> list[Any]:
    said: list[Any] = []
    for part in _parts(root, keeps):
        if isinstance(part, str) and said and isinstance(said[-1], str):
            said[-1] += part
        else:
            said.append(part)
    said = [one if not isinstance(one, str) else _text(one, keeps) for one in said]
    # White space beside a break is not shown.
    for at in (at for at, one in enumerate(said) if one[:1] == ("br",)):
        said[at - 1 : at] = [said[at - 1].rstrip(" ")] if at and isinstance(said[at - 1], str) else said[at - 1 : at]
        said[at + 1 : at + 2] = [one.lstrip(" ") if isinstance(one, str) else one for one in said[at + 1 : at + 2]]
    return said


def _text(text: str, keeps: bool) -> str:
    return spelling.code(text) if keeps else spelling.plain(text)


def _parts(root: Element, keeps: bool) -> list[Any]:
    parts: list[Any] = [root.text or ""]
    for child in root:
        parts.append("" if tree.is_comment(child) else canonical(child, keeps))
        parts.append(child.tail or "")
    return parts


def _same(name: str, value: str) -> str:
    return spelling.address(value) if name in ("href", "src") else spelling.plain(value).strip()

"""What stands inside a line: emphasis, links, pictures, code. What Markdown has no mark for stays as a tag."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from gatepost_pelican.importing import spelling, tree

EMPHASIS = {"em": "*", "i": "*", "strong": "**", "b": "**"}
# Said with their own tags, around text that is Markdown.
TAGS = frozenset(
    [
        "abbr",
        "bdi",
        "bdo",
        "cite",
        "del",
        "dfn",
        "ins",
        "kbd",
        "mark",
        "q",
        "ruby",
        "rb",
        "rp",
        "rt",
        "s",
        "samp",
        "small",
        "span",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    ]
)
INLINE = frozenset(("a", "br", "code", "img", *EMPHASIS, *TAGS))

_WORDLIKE = re.compile(r"[\w*]")
_BACKTICK = re.compile(r"`")
_BREAKS = re.compile(r"  \n(?= *  \n)")
_TITLE = re.compile(r"(?:[^\W_]+(?:[ ,.:;?/-]+[^\W_]+)*[.?]?)?")


class Unsayable(Exception):
    """Markdown has no words for this; the outermost block around it stays HTML."""


@dataclass(frozen=True)
class Piece:
    """Some text, and how to write it where something that `avoids` matches stands beside it, if that differs."""

    text: str
    tagged: str = ""
    avoids: re.Pattern[str] = _WORDLIKE


def written(element: Element, newline: str = "  \n") -> str:
    """The inside of an element as Markdown. `newline` is what `br` becomes. Raises Unsayable."""
    # Two breaks on end would be an empty line, which ends a paragraph.
    return _BREAKS.sub("<br>", joined([*_pieces(element, newline)])).strip(" \n")


def runs(text: str, children: list[Element], newline: str = "  \n") -> str:
    """A stretch of text and elements as one line of Markdown."""
    around = tree.made("p", text)
    around.extend(children)
    return written(around, newline)


def joined(pieces: list[Piece]) -> str:
    """Pieces side by side. An emphasis inside a word, or next to another, is said with tags."""
    said = ""
    for number, piece in enumerate(pieces):
        following = pieces[number + 1].text[:1] if number + 1 < len(pieces) else ""
        beside = piece.avoids.match(said[-1:]) or piece.avoids.match(following)
        text = piece.tagged if piece.tagged and beside else piece.text
        if said.endswith("!") and text.startswith("["):
            said = f"{said[:-1]}\\!"
        said += text
    return said


def _pieces(element: Element, newline: str) -> Iterator[Piece]:
    if element.text:
        yield Piece(spelling.escaped(spelling.plain(element.text)))
    for child in element:
        if not tree.is_comment(child):
            yield _WRITERS.get(str(child.tag), _unsayable)(child, newline)
        if child.tail:
            yield Piece(spelling.escaped(spelling.plain(child.tail)))


def _unsayable(element: Element, newline: str) -> Piece:
    raise Unsayable(str(element.tag))


def _emphasis(element: Element, newline: str) -> Piece:
    inside = joined([*_pieces(element, newline)])
    if not inside.strip():
        return Piece(inside)
    tag = "em" if EMPHASIS[str(element.tag)] == "*" else "strong"
    tagged = f"<{tag}>{inside}</{tag}>"
    is_nested = any(one.tag in EMPHASIS for one in tree.elements(element))
    if is_nested or inside != inside.strip() or "\n" in inside or "<" in inside or "`" in inside:
        return Piece(tagged)
    mark = EMPHASIS[str(element.tag)]
    return Piece(f"{mark}{inside}{mark}", tagged)


def _tagged(element: Element, newline: str) -> Piece:
    if element.get("data-footnote"):
        return Piece(f"[^{element.get('data-footnote')}]")
    begun = tree.as_html(tree.made(str(element.tag), **dict(element.attrib)))
    if element.tag in tree.VOID:
        return Piece(begun)
    opening, _, closing = begun.rpartition("</")
    return Piece(f"{opening}{joined([*_pieces(element, newline)])}</{closing}")


def _code(element: Element, newline: str) -> Piece:
    text = spelling.plain("".join(element.itertext()))
    if len(element) or text != text.strip():
        return _tagged(element, newline)
    if not text:
        return Piece("")
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return Piece(f"{fence}{space}{text}{space}{fence}", _tagged(element, newline).text, _BACKTICK)


def _link(element: Element, newline: str) -> Piece:
    href, title = element.get("href", ""), spelling.plain(element.get("title", "")).strip()
    inside = joined([*_pieces(element, newline)])
    if not href or any(one.tag == "a" for one in tree.elements(element)):
        return _tagged(element, newline) if element.get("id") else Piece(inside)
    if not inside.strip():
        return Piece(inside)
    if set(element.attrib) - {"href", "title"} or not _TITLE.fullmatch(title) or "\n" in inside:
        return _tagged(element, newline)
    said = f' "{title}"' if title else ""
    return Piece(f"[{inside}]({spelling.address(href)}{said})")


def _picture(element: Element, newline: str) -> Piece:
    source, title = element.get("src", ""), spelling.plain(element.get("title", "")).strip()
    if not source:
        return Piece("")
    if set(element.attrib) - {"src", "alt", "title"} or not _TITLE.fullmatch(title):
        return Piece(tree.as_html(element))
    said = f' "{title}"' if title else ""
    alt = spelling.escaped(spelling.plain(element.get("alt", "")).strip())
    return Piece(f"![{alt}]({spelling.address(source)}{said})")


_WRITERS: dict[str, Callable[[Element, str], Piece]] = {
    **dict.fromkeys(EMPHASIS, _emphasis),
    **dict.fromkeys(TAGS, _tagged),
    "a": _link,
    "img": _picture,
    "code": _code,
    "br": lambda _element, newline: Piece(newline),
}

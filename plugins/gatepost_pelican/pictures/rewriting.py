"""Puts something else in the place of the pictures in a piece of HTML, and leaves every other byte as it is."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

# As browsers read them; possessive, so that no text takes longer than its length.
_VALUE = r"""(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>"'][^\s>]*+)|(?=>))"""
_ATTRIBUTE = re.compile(rf"(?P<name>[^\s/>][^\s/>=]*+)(?:\s*+=\s*+{_VALUE}|(?!\s*=))")
_ATTRIBUTES = r"(?:[\s/]++|" + re.sub(r"\?P<\w+>", "?:", _ATTRIBUTE.pattern) + r")*+"
# Whatever is one thing to a browser: comments, elements whose text is no markup of the page, tags. After a tag without an
# end nothing is certain any more.
_THING = re.compile(
    rf"""<!--(?:-?>|.*?(?:--!?>|\Z))
    |<(?P<raw>script|style|textarea|title|xmp|iframe|noembed|noframes|noscript|svg|math|picture|template)(?=[\s/>]){_ATTRIBUTES}>
      .*?(?:</(?P=raw)(?=[\s/>])[^>]*+>|\Z)
    |<plaintext(?=[\s/>]).*+
    |<[!?][^>]*+> | </[^a-zA-Z>][^>]*+> | </>
    |</?(?P<tag>[a-zA-Z][^\s/>]*+)(?P<attributes>{_ATTRIBUTES})>
    |<[a-zA-Z/!?].*+""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
# Text and tags that are nobody's business, in one go: most of a page. What is written in an unusual way is left to the above.
_NAMES = "img|script|style|textarea|title|xmp|iframe|noembed|noframes|noscript|svg|math|picture|template|plaintext"
_PLAIN = re.compile(
    rf"""(?:[^<]++|<(?!/?(?:{_NAMES})[\s/>])/?[a-z][^\s/<>"'=]*+
    (?:[\s/](?:[^<>"'=]++|(?<=[^\s/<>"'=])=(?:"[^"]*+"|'[^']*+'))*+)?+>)*+""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
# What begins right before a picture, and so around it, is looked for in so many signs.
_NEAR = 600
_BEGUN = re.compile(
    r"""<(?!(?:a|br|hr|img|input|source|wbr)[\s/>])[a-z][^\s/<>]*+(?P<attributes>[^<>]*+)>\s*+(?:<a\s[^<>]*+>\s*+)*\Z""",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Img:
    """One img element. `attributes` by their names in small letters, entities resolved, the first of two alike.

    `before` is how many signs stand before it, and `around` are the classes of the element that it begins.
    """

    attributes: Mapping[str, str]
    before: int
    around: tuple[str, ...] = ()

    @property
    def src(self) -> str:
        return self.attributes.get("src", "").strip()

    @property
    def classes(self) -> tuple[str, ...]:
        """Its own, and those of the element around it."""
        return (*self.attributes.get("class", "").split(), *self.around)


Show = Callable[[Img], str | None]


def rewritten(markup: str, show: Show) -> str:
    """The markup with `show(img)` in the place of each img element, which stays where that is None.

    Pictures in comments, scripts, drawings and in a picture element are nobody's business.
    """
    if "<img" not in markup.lower():
        return markup
    pieces: list[str] = []
    done = 0
    thing = _next(markup, 0)
    while thing:
        if _is_img(thing):
            img = Img(attributes(thing["attributes"]), thing.start(), _around(markup, thing.start()))
            if (instead := show(img)) is not None:
                pieces += (markup[done : thing.start()], instead)
                done = thing.end()
        thing = _next(markup, thing.end())
    return "".join((*pieces, markup[done:]))


def _next(markup: str, place: int) -> re.Match[str] | None:
    skipped = _PLAIN.match(markup, place)
    return _THING.search(markup, skipped.end() if skipped else place)


def _is_img(thing: re.Match[str]) -> bool:
    return (thing["tag"] or "").lower() == "img" and not thing[0].startswith("</")


def _around(markup: str, place: int) -> tuple[str, ...]:
    """The classes of the element that begins right before. A link around a picture is none."""
    tag = _BEGUN.search(markup, max(0, place - _NEAR), place)
    return tuple(attributes(tag["attributes"]).get("class", "").split()) if tag else ()


def attributes(written: str) -> dict[str, str]:
    """Attributes as a browser reads them."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(written):
        value = match["double"] or match["single"] or match["bare"] or ""
        found.setdefault(match["name"].lower(), html.unescape(value))
    return found


def element(name: str, given: Mapping[str, str | int]) -> str:
    """A start tag with these attributes."""
    return f"<{name}" + "".join(f' {key}="{html.escape(str(value))}"' for key, value in given.items()) + ">"


def sources(markup: str) -> list[Img]:
    """Every img element that `rewritten` would ask about."""
    found: list[Img] = []
    rewritten(markup, found.append)
    return found

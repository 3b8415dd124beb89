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


@dataclass(frozen=True)
class Img:
    """One img element. `attributes` by their names in small letters, entities resolved, the first of two alike.

    `before` is how many signs of text stand before it, and `around` are the classes of the element that it begins.
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
    around: tuple[str, ...] = ()
    done = text = 0
    for thing in _THING.finditer(markup):
        between = markup[done : thing.start()]
        text += len(between)
        pieces.append(between)
        done = thing.end()
        around = () if between.strip() else around
        element_shown = None
        if _is_img(thing):
            element_shown = show(Img(attributes(thing["attributes"]), text, around))
        pieces.append(thing[0] if element_shown is None else element_shown)
        around = _around(thing, around)
    return "".join((*pieces, markup[done:]))


def _is_img(thing: re.Match[str]) -> bool:
    return (thing["tag"] or "").lower() == "img" and not thing[0].startswith("</")


def _around(thing: re.Match[str], before: tuple[str, ...]) -> tuple[str, ...]:
    """The classes around what comes next. A link around a picture is none; every other element counts alone."""
    if not thing["tag"] or thing[0].startswith("</"):
        return ()
    if thing["tag"].lower() == "a":
        return before
    return tuple(attributes(thing["attributes"]).get("class", "").split())


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

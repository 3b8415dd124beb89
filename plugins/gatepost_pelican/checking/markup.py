"""Links, pictures and headings in HTML, in the order in which they stand."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_COMMENT = re.compile(r"<!--.*?-->|<(script|style|template)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(
    r"""<(?P<name>a|area|img|h[1-6]|source|video|audio|iframe|object|embed|track)\b"""
    r"""(?P<rest>(?:[^<>"']|"[^"]*"|'[^']*')*)>""",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>`]+)))?""")
_ID = re.compile(r"""<[a-z][^<>]*?\s(?:id|name)\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_ANY = re.compile(r"<[^<>]*>")
_BLOCK = re.compile(r"</?(?:p|div|h[1-6]|li|ul|ol|blockquote|pre|table|tr|td|th|dd|dt|dl|figure|br|hr)\b[^<>]*>", re.I)


@dataclass(frozen=True)
class Tag:
    """One element's beginning. `name` is in lower case; `start` and `end` are offsets in the markup without comments."""

    name: str
    rest: str
    end: int

    @cached_property
    def attributes(self) -> dict[str, str]:
        """By lower-case name, entities resolved; an attribute without a value has an empty one."""
        found: dict[str, str] = {}
        for name, *values in _ATTRIBUTE.findall(self.rest):
            found.setdefault(name.lower(), html.unescape(next(filter(None, values), "")))
        return found


def without_comments(markup: str) -> str:
    """What browsers show of it: no comment, script, style or template."""
    return _COMMENT.sub("", markup) if "<!--" in markup or "<s" in markup or "<t" in markup else markup


def tags(markup: str) -> list[Tag]:
    """Links, pictures, players and headings. `markup` has no comments."""
    return [Tag(match["name"].lower(), match["rest"], match.end()) for match in _TAG.finditer(markup)]


def ids(markup: str) -> frozenset[str]:
    """Every place that a fragment can lead to."""
    return frozenset(map(html.unescape, _ID.findall(markup)))


def text(markup: str) -> str:
    """The words of a text, entities resolved."""
    return html.unescape(_ANY.sub("", _BLOCK.sub(" ", markup)))


def blocks(markup: str) -> Iterator[str]:
    """The words of each paragraph, heading, point and cell."""
    for part in _BLOCK.split(markup):
        words = html.unescape(_ANY.sub("", part)).strip()
        if words:
            yield words


def candidates(srcset: str) -> Iterator[str]:
    """The addresses of a `srcset`."""
    for part in re.split(r",\s+|,(?=\S+\s)", srcset):
        if part.strip():
            yield part.split()[0]

"""How characters are written so that Markdown reads them as themselves."""

from __future__ import annotations

import re
from urllib.parse import quote

# Marks with a meaning inside a line. An underscore within a word has none.
_MARKS = re.compile(r"[\\`*\[\]{]|(?<![^\W_])_|_(?![^\W_])|--+")
_AMPERSAND = re.compile(r"&(?=#?\w+;)")
# Marks with a meaning at the beginning of a line only; those with a backslash of their own, and those without.
_BEGINNING = re.compile(r"^(?:(?P<slashed>[#>+-])|(?P<number>\d+)(?=\.)|(?P<coded>[:=|~]))")
_SPACES = re.compile(r"[ \t\r\n\f\v\x85\u2028\u2029]+")
# Python-Markdown keeps its own places with the first two; no page may hold the others.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# Everything that means something in an address goes through; what would end a Markdown link does not.
_SAFE = "%/:?#@!$&*+,;=~-._"
_PLACES = ("{static}", "{filename}", "{attach}")


def plain(text: str) -> str:
    """Without controls, every stretch of white space as one space; no-break spaces are kept."""
    return _SPACES.sub(" ", _CONTROLS.sub("", text))


def escaped(text: str) -> str:
    """Plain text for the inside of a line."""
    text = _MARKS.sub(lambda found: "".join(f"\\{mark}" for mark in found[0]), text)
    return _AMPERSAND.sub("&amp;", text).replace("<", "&lt;").replace("\xa0", "&nbsp;")


def line(text: str) -> str:
    """A line whose beginning is text, not a heading, list or quotation."""
    return _BEGINNING.sub(_begun, text)


def _begun(found: re.Match[str]) -> str:
    if found["slashed"]:
        return f"\\{found['slashed']}"
    if found["number"]:
        return f"{found['number']}\\"
    return f"&#{ord(found['coded'])};"


def address(href: str) -> str:
    """An address for a Markdown link: no space, bracket or quote stands in it as it is."""
    place = next((one for one in _PLACES if href.startswith(one)), "")
    rest = "".join(one if one > "\x7f" else quote(one, safe=_SAFE) for one in plain(href[len(place) :]).strip())
    return place + _AMPERSAND.sub("&amp;", rest)


def code(text: str) -> str:
    """A listing as it stands between two fences: no control characters, no empty lines at its ends.

    Tabs become spaces here, as they would when Markdown reads them.
    """
    lines = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).expandtabs(4).split("\n")
    return "\n".join(line.rstrip() if not line.strip() else line for line in lines).strip("\n")

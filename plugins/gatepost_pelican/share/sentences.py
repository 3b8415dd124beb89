"""Sentences: where they end, and how many fit."""

from __future__ import annotations

import re
from collections.abc import Iterable

_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+(?=[\"'“‘«„(\[¿¡]*[^\W_a-zà-ÿ])|(?<=[。！？])")
# What ends with a full stop and yet no sentence: single letters, days of a month, and these.
_SHORT = re.compile(
    r"(?:^|[\s(\"“„«])(?:\w|\d{1,2}|dr|mr|mrs|ms|st|no|nr|vs|ca|bzw|usw|etc|art|abs|prof|inc|ltd|co|eg|ie|p\.ex|sr|sra|mme"
    r"|e\.g|i\.e|z\.\s?b|d\.\s?h|u\.\s?a|vgl|ggf|evtl|inkl|resp)\.$",
    re.IGNORECASE,
)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, in order and whole; joined by spaces they are the text."""
    found: list[str] = []
    start = 0
    for match in _END.finditer(text):
        piece = text[start : match.end()].strip()
        if not _SHORT.search(piece):
            found.append(piece)
            start = match.end()
    rest = text[start:].strip()
    return (*found, rest) if rest else tuple(found)


def cut(text: str, limit: int) -> str:
    """The text, or as many whole words of it as fit with a sign that more would follow."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    # Between words where there are some; letters that belong to the last one go with it.
    words = head.rsplit(" ", 1)[0] if " " in head and text[limit - 1] != " " else head
    return words.rstrip(" ,;:–—-(“„«") + "…"


def fitting(parts: Iterable[str], limit: int, between: str = " ") -> str:
    """As many parts from the beginning as fit together; the first one is cut where it alone is too long."""
    text = ""
    for part in parts:
        longer = f"{text}{between}{part}" if text else part
        if len(longer) > limit:
            return text or cut(part, limit)
        text = longer
    return text

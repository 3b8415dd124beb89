"""A language that puts every sentence of ours into ⟦brackets⟧, and writers who write Greek: what is left is untranslated."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from gettext import NullTranslations
from xml.etree.ElementTree import Element

import html5lib

from gatepost.languages import words

# What readers see besides the text of elements.
_SHOWN = ("alt", "aria-label", "title", "placeholder")
_UNSEEN = ("script", "style", "svg", "template")
_DESCRIBES = ("description", "og:description", "og:title")
_MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
_DATE = r"\d+\. (?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[a-zä]*\.?(?: \d{4})?"
_MOMENT = rf"\w+tag, {_DATE}, \d\d:\d\d Uhr \([^()]+\)|Mittwoch, {_DATE}, \d\d:\d\d Uhr \([^()]+\)"
# Addresses, names of files, sums, and days as Germans write them: in no language, or not a sentence.
_NO_WORDS = re.compile(
    rf"https?://\S+|\S+@\S+|\S+\.example\.org|\S+\.(?:pdf|epub|csv)\b|\b[0-9a-f-]{{12,}}\b|{_MOMENT}|{_DATE}"
)
_WORD = re.compile(r"[A-Za-zÀ-ɏ]{2,}")


class Marking(NullTranslations):
    """Each sentence in brackets, as it is."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, many: str, n: int) -> str:
        return f"⟦{one if n == 1 else many}⟧"


@contextmanager
def german_is_marked() -> Iterator[None]:
    """While it lasts, the catalogue of German is the brackets."""
    german = words("de")
    real, german._found = german._found, Marking()
    try:
        yield
    finally:
        german._found = real


def untranslated(text: str) -> list[str]:
    """The words of a text that stand in no brackets and are not Greek."""
    while _MARKED.search(text):
        text = _MARKED.sub(" ", text)
    return _WORD.findall(_NO_WORDS.sub(" ", text))


def untranslated_on(page: str) -> list[str]:
    """The same for all that a page shows or says: texts, labels, what search engines read, and words kept for scripts."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    # A sentence may have elements inside, so the text is taken as a whole.
    said = [" ".join(_texts(tree)), *_attributes(tree)]
    return [word for text in said for word in untranslated(text)]


def _texts(element: Element) -> Iterator[str]:
    if element.tag in _UNSEEN or not isinstance(element.tag, str):
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def _attributes(tree: Element) -> Iterator[str]:
    for element in tree.iter():
        of = element.attrib
        yield from (of[name] for name in _SHOWN if name in of)
        for value in (value for name, value in of.items() if name.startswith("data-")):
            if value.startswith("{"):
                yield from json.loads(value).values()
            elif " " in value.strip():  # sentences for a script have blanks in them; names of things have none
                yield value
        if (of.get("name") or of.get("property")) in _DESCRIBES:
            yield of.get("content", "")

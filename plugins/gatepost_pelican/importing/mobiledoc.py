"""What Ghost's earlier editor kept of a text (Mobiledoc), as HTML: for drafts that were never rendered."""

from __future__ import annotations

import html
import json
from typing import Any

from gatepost_pelican.importing import lexical

# Kinds of sections, by the number that begins them.
_WORDS, _IMAGE, _LIST, _CARD = 1, 2, 3, 10
# Kinds of markers: text, and what stands in it as a thing of its own.
_TEXT, _ATOM = 0, 1
_TAGS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol"))
_MARKUPS = frozenset(("a", "b", "code", "em", "i", "s", "strong", "sub", "sup", "u"))
# Cards that the later editor calls something else.
_CARDS = {"code": "codeblock", "hr": "horizontalrule", "card-markdown": "markdown"}


def as_html(text: str) -> str:
    """The text as HTML; nothing where it is none, or is not Mobiledoc's."""
    try:
        data = json.loads(text)
        return "".join(_section(section, data) for section in data["sections"])
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return ""


def _section(section: list[Any], data: dict[str, Any]) -> str:
    kind = section[0]
    if kind == _IMAGE:
        return lexical.card("image", {"src": section[1]})
    if kind == _CARD:
        name, payload = data["cards"][section[1]]
        return lexical.card(_CARDS.get(name, name), payload)
    tag = section[1].lower() if section[1].lower() in _TAGS else "blockquote"
    if kind == _LIST:
        return f"<{tag}>{''.join(f'<li>{_marked(item, data)}</li>' for item in section[2])}</{tag}>"
    return f"<{tag}>{_marked(section[2], data)}</{tag}>" if kind == _WORDS else ""


def _marked(markers: list[Any], data: dict[str, Any]) -> str:
    """Words with their marks: a marker opens some, and closes as many of the last as it says."""
    said, opened = [], []
    for kind, opens, closes, value in markers:
        for number in opens:
            tag, attributes = _markup(data["markups"][number])
            opened.append(tag)
            said.append(f"<{tag}{attributes}>")
        said.append(html.escape(value) if kind == _TEXT else _atom(data["atoms"][value]))
        said += [f"</{opened.pop()}>" for _ in range(closes)]
    return "".join((*said, *(f"</{tag}>" for tag in reversed(opened))))


def _markup(markup: list[Any]) -> tuple[str, str]:
    tag = markup[0].lower() if markup[0].lower() in _MARKUPS else "span"
    named = markup[1] if len(markup) > 1 else []
    href = dict(zip(named[::2], named[1::2], strict=False)).get("href", "")
    return tag, f' href="{html.escape(str(href))}"' if tag == "a" else ""


def _atom(atom: list[Any]) -> str:
    return "<br>" if atom[0] == "soft-return" else html.escape(str(atom[1] or ""))

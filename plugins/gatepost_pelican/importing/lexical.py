"""What Ghost's editor keeps of a text (Lexical), as HTML: for posts that were never rendered, as new drafts are."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Mapping
from typing import Any

# Lexical's formats are bits.
_FORMATS = ((1, "strong"), (2, "em"), (4, "del"), (16, "code"), (32, "sub"), (64, "sup"))
_LISTS = {"number": "ol"}


def as_html(text: str) -> str:
    """The text as HTML; nothing where it is none, or is not Lexical's."""
    try:
        root = json.loads(text)["root"]
        return _children(root)
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def card(name: str, payload: Mapping[str, Any]) -> str:
    """One card as HTML, nothing for one that no page showed. `name` is Lexical's; raises what odd payloads raise."""
    return _node({**payload, "type": name})


def _node(node: Mapping[str, Any]) -> str:
    write = _NODES.get(str(node.get("type")))
    return write(node) if write else _children(node)


def _children(node: Mapping[str, Any]) -> str:
    return "".join(_node(child) for child in node.get("children") or ())


def _around(tag: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda node: f"<{tag}>{_children(node)}</{tag}>"


def _words(node: Mapping[str, Any]) -> str:
    said = html.escape(str(node.get("text") or ""))
    for bit, tag in _FORMATS:
        if int(node.get("format") or 0) & bit:
            said = f"<{tag}>{said}</{tag}>"
    return said


def _heading(node: Mapping[str, Any]) -> str:
    tag = str(node.get("tag"))
    return _around(tag if tag in ("h1", "h2", "h3", "h4", "h5", "h6") else "h2")(node)


def _link(node: Mapping[str, Any]) -> str:
    return f'<a href="{html.escape(str(node.get("url") or ""))}">{_children(node)}</a>'


def _image(node: Mapping[str, Any]) -> str:
    caption = f"<figcaption>{node['caption']}</figcaption>" if node.get("caption") else ""
    source, alt = (html.escape(str(node.get(name) or "")) for name in ("src", "alt"))
    image = f'<img src="{source}" alt="{alt}">'
    return f"<figure>{image}{caption}</figure>" if caption else f"<p>{image}</p>"


def _code(node: Mapping[str, Any]) -> str:
    language = html.escape(str(node.get("language") or ""))
    named = f' class="language-{language}"' if language else ""
    return f"<pre><code{named}>{html.escape(str(node.get('code') or ''))}</code></pre>"


def _markdown(node: Mapping[str, Any]) -> str:
    from markdown import markdown

    return markdown(str(node.get("markdown") or ""), extensions=["extra"])


def _address(node: Mapping[str, Any]) -> str:
    url = html.escape(str(node.get("url") or node.get("src") or ""))
    metadata = node.get("metadata")
    title = html.escape(str(metadata.get("title") or "")) if isinstance(metadata, dict) else ""
    return f'<p><a href="{url}">{title or url}</a></p>' if url else ""


_NODES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "paragraph": _around("p"),
    "heading": _heading,
    "extended-heading": _heading,
    "quote": _around("blockquote"),
    "extended-quote": _around("blockquote"),
    "aside": _around("blockquote"),
    "list": lambda node: _around(_LISTS.get(str(node.get("listType")), "ul"))(node),
    "listitem": _around("li"),
    "text": _words,
    "extended-text": _words,
    "linebreak": lambda node: "<br>",
    "link": _link,
    "image": _image,
    "gallery": lambda node: "".join(_image(one) for one in node.get("images") or ()),
    "codeblock": _code,
    "horizontalrule": lambda node: "<hr>",
    "paywall": lambda node: "<!--members-only-->",
    "html": lambda node: str(node.get("html") or ""),
    "markdown": _markdown,
    **dict.fromkeys(("bookmark", "embed", "audio", "video", "file"), _address),
    "callout": lambda node: (
        f"<blockquote><p>{node.get('calloutEmoji') or ''} {node.get('calloutText') or ''}</p></blockquote>"
    ),
    "toggle": lambda node: (
        f"<details><summary>{node.get('heading') or ''}</summary>{node.get('content') or ''}</details>"
    ),
    "button": lambda node: (
        f'<p><a href="{html.escape(str(node.get("buttonUrl") or ""))}">{node.get("buttonText") or ""}</a></p>'
    ),
    **dict.fromkeys(("email", "email-cta", "signup"), lambda node: ""),
}

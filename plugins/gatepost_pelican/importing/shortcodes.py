"""WordPress' shortcodes: what they stand for, as HTML. One that is not known stays as it was written, and is listed."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gatepost_pelican.importing.exports import LeftOut

_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))""")
_OPENING = re.compile(r"(?<!\[)\[(/?)([a-zA-Z][\w-]{1,40})((?:\s[^\[\]<]*)?)\]")
_IMAGE = re.compile(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)", re.IGNORECASE)


@dataclass(frozen=True)
class Attachment:
    """A file of the media library."""

    address: str = ""
    alt: str = ""
    caption: str = ""


def replaced(text: str, attachments: Mapping[str, Attachment], left_out: list[LeftOut], where: str) -> str:
    """The text with every shortcode that is known as HTML."""
    said: list[str] = []
    at, lowered, endless = 0, text.lower(), set[str]()
    # Letters whose small form is longer would move all places after them.
    lowered = lowered if len(lowered) == len(text) else text
    while found := _OPENING.search(text, at):
        said.append(text[at : found.start()])
        name, attributes = found[2].lower(), _attributes(found[3])
        inside, at = _inside(text, lowered, name, found.end(), endless)
        known = _KNOWN.get(name)
        if known is None or found[1]:
            said.append(found[0])
            at = found.end()
            _unknown(name, found[3], f"[/{found[2]}]" in text, left_out, where)
        else:
            said.append(known(attributes, inside, attachments))
    return "".join((*said, text[at:]))


def _unknown(name: str, attributes: str, is_closed: bool, left_out: list[LeftOut], where: str) -> None:
    left = LeftOut(
        f"the shortcode [{name}]", "a plugin of WordPress filled it; it stands in the text as it was written", where
    )
    if (is_closed or "=" in attributes) and left not in left_out:
        left_out.append(left)


def _attributes(text: str) -> dict[str, str]:
    found = ((name.lower(), double or single or bare) for name, double, single, bare in _ATTRIBUTE.findall(text))
    return {name: html.unescape(value) for name, value in found}


def _inside(text: str, lowered: str, name: str, start: int, endless: set[str]) -> tuple[str, int]:
    """What stands up to its end mark, and where that ends; nothing where it has none. `endless` are names without further ends."""
    if name not in _WITH_END or name in endless:
        return "", start
    end = lowered.find(f"[/{name}]", start)
    if end < 0:
        endless.add(name)
        return "", start
    return text[start:end], end + len(name) + 3


def figure(attachment: Attachment) -> str:
    """A picture with its alternative text and caption."""
    caption = f"<figcaption>{attachment.caption}</figcaption>" if attachment.caption else ""
    return (
        f'<figure><img src="{html.escape(attachment.address)}" alt="{html.escape(attachment.alt)}">{caption}</figure>'
    )


def _caption(attributes: dict[str, str], inside: str, _attachments: Mapping[str, Attachment]) -> str:
    image = _IMAGE.match(inside)
    if image is None:
        return inside
    caption = (attributes.get("caption", "") or inside[image.end() :]).strip()
    return f"\n\n<figure>{image[1]}<figcaption>{caption}</figcaption></figure>\n\n"


def _gallery(attributes: dict[str, str], _inside: str, attachments: Mapping[str, Attachment]) -> str:
    numbers = re.findall(r"\d+", attributes.get("ids", attributes.get("include", "")))
    return "\n\n" + "".join(figure(attachments[one]) for one in numbers if one in attachments) + "\n\n"


def _address(attributes: dict[str, str], inside: str, _attachments: Mapping[str, Attachment]) -> str:
    names = ("src", "url", "mp4", "webm", "mp3", "m4a", "ogg", "wav", "id")
    address = inside.strip() or next((attributes[name] for name in names if name in attributes), "")
    shown = html.escape(address)
    return f'\n\n<p><a href="{shown}">{shown}</a></p>\n\n' if "/" in address else inside


def _code(attributes: dict[str, str], inside: str, _attachments: Mapping[str, Attachment]) -> str:
    language = attributes.get("language", attributes.get("lang", ""))
    named = f' class="language-{html.escape(language)}"' if language else ""
    escaped = html.escape(html.unescape(inside), quote=False)
    return f"\n\n<pre><code{named}>{escaped}</code></pre>\n\n"


_KNOWN: dict[str, Callable[[dict[str, str], str, Mapping[str, Attachment]], str]] = {
    "caption": _caption,
    "wp_caption": _caption,
    "gallery": _gallery,
    **dict.fromkeys(("embed", "audio", "video", "youtube", "vimeo"), _address),
    **dict.fromkeys(("code", "sourcecode", "source"), _code),
}
_WITH_END = frozenset(_KNOWN) - {"gallery"}

"""WordPress' classic editor kept no paragraphs: an empty line ends one, and the end of a line is a break."""

from __future__ import annotations

import re

_NAMES = (
    "address|article|aside|blockquote|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|iframe|li|main|"
    "nav|ol|p|pre|script|section|style|summary|table|tbody|td|tfoot|th|thead|tr|ul|video|audio"
)
_BLOCK = re.compile(rf"</?(?:{_NAMES})(?=[\s/>])[^>]*>", re.IGNORECASE)
# Between these nothing of that is done.
_KEPT = re.compile(r"<(pre|script|style|textarea|figure)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_PLACE = "\ue000{}\ue001"


def made(text: str) -> str:
    """The text with a `p` around each of its paragraphs."""
    kept: list[str] = []

    def put_aside(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"\n\n{_PLACE.format(len(kept) - 1)}\n\n"

    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _KEPT.sub(put_aside, text)
    pieces = re.split(r"\n[ \t]*\n", _BLOCK.sub(lambda found: f"\n\n{found[0]}\n\n", text))
    said = "\n".join(_paragraph(piece.strip()) for piece in pieces if piece.strip())
    return re.sub("\ue000(\\d+)\ue001", lambda found: kept[int(found[1])], said)


def _paragraph(piece: str) -> str:
    if _BLOCK.fullmatch(piece) or piece.startswith("\ue000") or piece.startswith("<!--"):
        return piece
    return f"<p>{piece.replace(chr(10), '<br>' + chr(10))}</p>"

"""The picture that stands beside a shared link: an article's own, or a card that was drawn for it."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# What every network shows; drawings are shown by none of them.
_SHOWN = ("image/png", "image/jpeg", "image/webp", "image/gif")
_OWN = ("image", "cover", "featured_image")
_ORIENTATION, _LYING = 274, (5, 6, 7, 8)


@dataclass(frozen=True)
class LinkPicture:
    """`path` lies below the site's address; `width` and `height` are pixels, 0 where nobody knows; `alt` says what it shows."""

    path: str
    width: int
    height: int
    alt: str
    kind: str = "image/png"


def own(content: Any, title: str, static: Mapping[str, Path]) -> LinkPicture | None:
    """The picture that an article or a page names in its metadata. `static` are the published files by their path."""
    path = next((str(found) for name in _OWN if (found := content.metadata.get(name))), "")
    path = path.replace("{static}", "").replace("{attach}", "").lstrip("/")
    kind = mimetypes.guess_type(path)[0]
    if not path or "//" in path or kind not in _SHOWN:
        return None
    width, height = _size(static[path]) if path in static else (0, 0)
    return LinkPicture(path, width, height, str(content.metadata.get("image-alt") or title), kind)


def _size(path: Path) -> tuple[int, int]:
    """As it is seen; nothing of a file that cannot be read."""
    from PIL import Image

    try:
        with Image.open(path) as picture:
            width, height = picture.size
            is_lying = picture.getexif().get(_ORIENTATION) in _LYING
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return 0, 0
    return (height, width) if is_lying else (width, height)

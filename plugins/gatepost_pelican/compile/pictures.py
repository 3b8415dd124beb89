"""Finds the pictures that a text names, and never a file outside the folder they live in."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .errors import MarkupUnsupported, PictureBroken, PictureMissing
from .fitting import fitted

SOURCE = re.compile(r"""\bsrc\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
# By their first bytes: a name may lie, and a wrong one stops typesetter and e-book reader alike.
STARTS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)


MOST_FITTED = 64
_FITTED: dict[bytes, tuple[bytes, str]] = {}


def kind_of(data: bytes) -> str | None:
    """`png`, `jpg`, `gif` or `svg`; None for anything that cannot be printed everywhere."""
    for start, kind in STARTS:
        if data.startswith(start):
            return kind
    return "svg" if b"<svg" in data[:4096] else None


def read_picture(path: Path, where: str) -> tuple[bytes, str]:
    """A picture's bytes and kind, no larger than a page can show it.

    Raises PictureMissing, PictureBroken, PictureTooLarge or PictureUnsafe.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PictureMissing(where, path.name) from error
    kind = kind_of(data)
    if kind is None:
        raise PictureBroken(where, path.name, "it is empty" if not data else "it is of no known kind")
    # One book asks for a picture several times, and several books may hold it.
    remembered = hashlib.sha256(data).digest()
    if remembered not in _FITTED:
        if len(_FITTED) >= MOST_FITTED:
            _FITTED.clear()
        _FITTED[remembered] = fitted(data, kind, path.name, where)
    return _FITTED[remembered]


@dataclass(frozen=True)
class Pictures:
    """The pictures under `root`, named as pages name them: relative, from the site's root, or with its address."""

    root: Path | None
    site_url: str

    def find(self, source: str, where: str) -> Path:
        """The file behind an `src`. Raises PictureMissing, or MarkupUnsupported for one on another server."""
        path = self._path(source)
        if path is None:
            raise MarkupUnsupported(
                where,
                f"the picture “{source[:80]}” is not a file of this site.",
                "Put a copy into the content folder and use that, so that the book is whole without a network.",
            )
        if not path.is_file():
            raise PictureMissing(where, source)
        return path

    def _path(self, source: str) -> Path | None:
        source = source.strip()
        site = self.site_url.rstrip("/") + "/"
        if len(site) > 1 and source.startswith(site):
            source = source[len(site) :]
        try:
            parts = urlsplit(source)
        except ValueError:
            return None
        if self.root is None or parts.scheme or parts.netloc or "\0" in unquote(parts.path):
            return None
        root = self.root.resolve()
        path = (root / unquote(parts.path).lstrip("/")).resolve()
        # A picture that climbs out of its folder is treated as one that is not there.
        return path if path.is_relative_to(root) else root / "outside-the-picture-folder"

    def named_in(self, markup: str) -> Iterator[Path]:
        """Every file that the markup's `src` attributes may mean, there or not; cheaper than reading the markup."""
        for match in SOURCE.finditer(markup):
            path = self._path(html.unescape(match[1].strip("\"'")))
            if path is not None:
                yield path


def fingerprint(path: Path) -> str:
    """The hash of a file's bytes, or a word for a file that is not there."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return "missing"

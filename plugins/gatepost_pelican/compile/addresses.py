"""Where links lead: inside the book, out of it, or nowhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urldefrag, urljoin, urlsplit, urlunsplit

WEB = frozenset({"http", "https"})
POSTAL = frozenset({"mailto", "tel"})
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
# RFC 3986: what may stand in a path, a query or a fragment as it is.
SAFE = "/%:@!$&'()*+,;=~-._"
LONE_PERCENT = re.compile(r"%(?![0-9a-fA-F]{2})")


def anchor_name(chapter: int, name: str | None = None) -> str:
    """The book-wide name of a chapter's start, or of an id inside it: ids are unique in one chapter only."""
    if not name:
        return f"c{chapter}"
    return f"c{chapter}-" + re.sub(r"[^\w.-]+", "-", name)


@dataclass(frozen=True)
class Addresses:
    """Resolves the links of chapter number `chapter`; `sources` tells which published article is which chapter."""

    chapter: int
    base: str
    sources: Mapping[str, int]

    def resolve(self, href: str) -> str | None:
        """An absolute address that can stand in any file, `#anchor` inside the book, or None for no link."""
        href = href.strip()
        if href.startswith("#"):
            return "#" + anchor_name(self.chapter, href[1:])
        try:
            absolute = urljoin(self.base, href)
            page, fragment = urldefrag(absolute)
        except ValueError:
            return None
        if page in self.sources:
            return "#" + anchor_name(self.sources[page], fragment)
        return clean(absolute)


def clean(address: str) -> str | None:
    """The address with everything escaped that needs it; None where it is no http(s), mail or telephone link."""
    try:
        parts = urlsplit(address)
        if parts.scheme in POSTAL:
            return _joined(parts, "") if parts.path else None
        if parts.scheme not in WEB:
            return None
        return _joined(parts, _authority(parts))
    except ValueError:
        return None


def _authority(parts: SplitResult) -> str:
    host = (parts.hostname or "").encode("idna").decode("ascii")
    if not HOST.fullmatch(host) or ".." in host:
        raise ValueError("no host name")
    return host if parts.port is None else f"{host}:{parts.port}"


def _joined(parts: SplitResult, authority: str) -> str:
    path, query, fragment = (
        quote(LONE_PERCENT.sub("%25", text), safe=safe)
        for text, safe in ((parts.path, SAFE), (parts.query, SAFE + "?"), (parts.fragment, SAFE + "?"))
    )
    return urlunsplit((parts.scheme, authority, path, query, fragment))

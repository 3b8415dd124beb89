"""What a page may load and where it may send: the Content-Security-Policy that a theme puts into each page's head."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from gatepost_pelican import drafts

SETTING = "GATEPOST_POLICY"
_SELF = "'self'"
_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
# Pagefind reads its index with WebAssembly; nothing else needs it.
_SEARCH = "'wasm-unsafe-eval'"
_NAMES = (
    "script-src", "style-src", "img-src", "font-src", "media-src", "connect-src", "frame-src", "worker-src", "form-action",
)  # fmt: skip


def given(pelican: Mapping[str, Any], capture_url: str) -> dict[str, str]:
    """`policy` for most pages and `search_policy` for the page that searches; empty where GATEPOST_POLICY is False."""
    chosen = pelican.get(SETTING, {})
    if chosen is False:
        return {"policy": "", "search_policy": ""}
    sources = _sources(pelican, capture_url)
    for name, more in (chosen or {}).items():
        sources[name] = [*sources.get(name, []), *more.split()]
    searching = {**sources, "script-src": [*sources["script-src"], _SEARCH]}
    return {"policy": _written(sources), "search_policy": _written(searching)}


def hashes(html: str) -> str:
    """What allows the structured data in this HTML, a space before each. It is data and never runs; checkers want it named."""
    found = (sha256(text.encode()).digest() for text in _DATA.findall(html))
    return "".join(f" 'sha256-{b64encode(one).decode()}'" for one in found)


def mistakes(chosen: Any) -> Iterator[tuple[str, str]]:
    """What in GATEPOST_POLICY is no policy, each with its cure."""
    if chosen is None or chosen is False:
        return
    cure = f'Write, for example, {SETTING} = {{"img-src": "https://pictures.example"}}'
    if not isinstance(chosen, Mapping):
        yield f"{SETTING} is not a dictionary of directives", cure
        return
    for name, more in chosen.items():
        if name not in _NAMES:
            yield f"{SETTING} names {name!r}, which no page has", f"Use one of: {', '.join(_NAMES)}"
        elif not isinstance(more, str) or not more.isascii() or any(sign in more for sign in ';,"<>&'):
            yield f"{SETTING} gives {name!r} no list of addresses", cure


def _sources(pelican: Mapping[str, Any], capture_url: str) -> dict[str, list[str]]:
    # Pages name their files by whole addresses, which are not `self` where somebody looks at them under another name.
    address = str(pelican.get("SITEURL") or "")
    # So are those of a draft that the capture service shows under a name of its own.
    is_shown_elsewhere = drafts.is_private(pelican) and drafts.is_elsewhere(address, capture_url)
    site = [] if pelican.get("RELATIVE_URLS") and not is_shown_elsewhere else _origin(address)
    capture = [one for one in _origin(capture_url) if one not in site]
    files = [_SELF, *site]
    return {
        "default-src": ["'none'"],
        "script-src": files,
        "style-src": files,
        "img-src": [_SELF, "data:", *site],
        "font-src": files,
        "media-src": files,
        "connect-src": [*files, *capture],
        "form-action": [*files, *capture],
        "base-uri": ["'none'"],
    }


def _origin(address: str) -> list[str]:
    parts = urlsplit(address)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.scheme in ("http", "https") and parts.netloc else []


def _written(sources: Mapping[str, list[str]]) -> str:
    return "; ".join(f"{name} {' '.join(dict.fromkeys(values))}" for name, values in sources.items())

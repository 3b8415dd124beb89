"""Where things of the old site are in the new one: links between posts, and the pictures and files that they show."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

from gatepost_pelican.importing import addresses, naming, tree
from gatepost_pelican.importing.exports import LeftOut
from gatepost_pelican.importing.shelves import Shelf

# What the old systems keep uploaded files under, and hosts that keep nothing else.
_UPLOADS = re.compile(r"/(?:wp-content/uploads|content/(?:images|files|media)|wp-content/blogs\.dir)/")
_FILE_HOSTS = re.compile(r"(?:cdn-images-\d+\.medium\.com|miro\.medium\.com|i\d\.wp\.com)$")
_FILES = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|pdf|zip|docx?|xlsx?|pptx?|odt|ods|csv|txt|epub|mp3|mp4|m4a|webm|ogg|wav)$", re.IGNORECASE)  # fmt: skip
# WordPress and Ghost make smaller copies of a picture; the one that was uploaded is wanted.
_SMALLER = (
    re.compile(r"-\d{2,5}x\d{2,5}(?=\.\w+$)"),
    re.compile(r"-scaled(?=\.\w+$)"),
    re.compile(r"/size/w\d+(?:h\d+)?/"),
)
GHOST = "__GHOST_URL__"


@dataclass
class Media:
    """Pictures and files by their name below the folder of pictures, each to be read when it is wanted: all of them may be
    larger than the memory. And addresses that nothing was found for."""

    shelf: Shelf
    found: dict[str, Callable[[], bytes]] = field(default_factory=dict)
    missing: dict[str, None] = field(default_factory=dict)
    _names: naming.Names = field(default_factory=naming.Names)
    _by_address: dict[str, str | None] = field(default_factory=dict)
    _by_content: dict[bytes, str] = field(default_factory=dict)

    def take(self, address: str) -> str | None:
        """The name of the file that the address means; None where the export has none."""
        if address not in self._by_address:
            self._by_address[address] = self._taken(address)
        if self._by_address[address] is None:
            self.missing[address] = None
        return self._by_address[address]

    def _taken(self, address: str) -> str | None:
        larger = address
        for pattern in _SMALLER:
            larger = pattern.sub("/" if pattern.pattern.startswith("/") else "", larger)
        for wanted in dict.fromkeys((larger, address)):
            name = self.shelf.find(wanted)
            content = self.shelf.read(name) if name else None
            if name and content is not None:
                return self._kept(name, content)
        return None

    def _kept(self, name: str, content: bytes) -> str:
        digest = blake2b(content).digest()
        if digest not in self._by_content:
            stem, ending = naming.file(name)
            chosen = self._names.take(stem, ending) + ending
            self.found[chosen] = partial(self.shelf.read_again, name)
            self._by_content[digest] = chosen
        return self._by_content[digest]


@dataclass(frozen=True)
class Places:
    """`files` are the sources of posts by where they stood, as `{filename}` names them; `pictures` is the folder for media.

    `base` is the old site's address without a slash at its end; empty where its host is one of many writers'. `named` are the
    names of places within posts that some post links to.
    """

    hosts: frozenset[str]
    files: Mapping[str, str]
    media: Media
    pictures: str
    base: str = ""
    named: frozenset[str] = frozenset()

    def rewrite(self, root: Element, left_out: list[LeftOut], where: str) -> None:
        """Let every link and picture of the tree lead to where it is now; what leads elsewhere stays as it is."""
        for one in tree.elements(root):
            if one.tag == "a" and one.get("href"):
                one.set("href", self.link(one.get("href", ""), left_out, where))
            elif one.tag == "img":
                one.set("src", self.picture(one.get("src", "")))
                one.set("alt", one.get("alt", ""))

    def link(self, address: str, left_out: list[LeftOut], where: str) -> str:
        """A link as it is to be written."""
        path = self._own(address)
        if path is None or address.startswith("#"):
            return address
        fragment = addresses.split(address.replace(GHOST, "")).fragment
        if source := self.files.get(key(path)):
            return f"{{filename}}/{source}" + (f"#{fragment}" if fragment else "")
        if _UPLOADS.search(path) or _FILES.search(path.partition("?")[0]):
            return self._file(address)
        if path.strip("/") and self.base:
            left = LeftOut(f"a link to {path}", "no page is made of that; it leads where it did", where)
            if left not in left_out:
                left_out.append(left)
        return self._as_it_was(address)

    def _as_it_was(self, address: str) -> str:
        address = address.replace(GHOST, "") or "/"
        if address == "/" or not address.startswith("/") or address.startswith("//"):
            return address
        return f"{self.base}{address}"

    def picture(self, address: str) -> str:
        """The source of a picture as it is to be written."""
        if not address or address.startswith("data:"):
            return address
        return self._file(address)

    def _file(self, address: str) -> str:
        plain = self._as_it_was(address)
        host = _host(plain)
        if host and host not in self.hosts and not _FILE_HOSTS.search(host):
            # Somebody else's: it may be there, and if not it stays where it is.
            return plain
        name = self.media.take(plain)
        return f"{{static}}/{self.pictures}/{name}" if name else plain

    def _own(self, address: str) -> str | None:
        """Path and query, if the address is of the old site."""
        address = address.replace(GHOST, "")
        try:
            parts = urlsplit(address)
        except ValueError:
            return None
        if parts.scheme not in ("", "http", "https") or (parts.hostname and parts.hostname not in self.hosts):
            return None
        if not parts.hostname and not parts.path.startswith("/"):
            return None
        return parts.path + (f"?{parts.query}" if parts.query else "")


def key(path: str) -> str:
    """How an address is compared: without the slash at its end, whatever its capitals and escapes."""
    path, _, query = path.partition("?")
    return unquote(path).rstrip("/").casefold() + (f"?{query}" if re.fullmatch(r"(?:p|page_id)=\d+", query) else "")


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return "invalid"

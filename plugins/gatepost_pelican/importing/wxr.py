"""WordPress' export file read piece by piece: no entity is resolved, and no more than one item is held at a time."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from gatepost_pelican.importing.exports import CannotImport

# A whole book is a hundredth of it.
LONGEST = 64 * 1024 * 1024
_CHUNK = 256 * 1024
_DECLARED = re.compile(rb"^<\?xml[^>]*?encoding=[\"']([A-Za-z0-9._-]+)")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass
class Item:
    """One `item` (or `wp:author`): its fields by name, its categories as (domain, name), its meta fields."""

    fields: dict[str, str] = field(default_factory=dict)
    categories: list[tuple[str, str]] = field(default_factory=list)
    meta: dict[str, list[str]] = field(default_factory=dict)
    comments: int = 0

    def get(self, name: str) -> str:
        return self.fields.get(name, "").strip()

    def first(self, key: str) -> str:
        """The first meta field of this name, or nothing."""
        return next(iter(self.meta.get(key, ())), "").strip()


class Reader:
    """Goes through a file once: `items()` gives every item; `channel` and `authors` are filled meanwhile."""

    def __init__(self, path: Path):
        self.path = path
        self.channel: dict[str, str] = {}
        self.authors: dict[str, str] = {}
        self._done: list[Item] = []
        self._path: list[str] = []
        self._text: list[str] = []
        self._length = 0
        self._item = Item()
        self._attributes: dict[str, str] = {}
        self._key = ""

    def items(self) -> Iterator[Item]:
        """Raises CannotImport where the file is no WordPress export."""
        parser = self._parser()
        try:
            for text in _decoded(self.path):
                parser.Parse(text.encode("utf-8"), False)
                yield from self._taken()
            parser.Parse(b"", True)
            yield from self._taken()
        except expat.ExpatError as error:
            problem = f"{self.path.name}:{error.lineno}: this is no whole XML ({expat.ErrorString(error.code)})"
            raise CannotImport(
                problem, "Export again in WordPress (Tools > Export), and check that the file came whole"
            ) from error
        if "title" not in self.channel and "wp:base_site_url" not in self.channel:
            raise CannotImport(
                f"{self.path.name} is XML, but no export of WordPress", "Name the file of Tools > Export > All content"
            )

    def _parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._say
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        return parser

    def _refuse(self, *_declared: object) -> None:
        raise CannotImport(
            f"{self.path.name} declares a document type or entities, which no export does and an attack may",
            "Export again in WordPress; never import a file that you did not export yourself",
        )

    def _taken(self) -> list[Item]:
        done, self._done = self._done, []
        return done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        self._text, self._length = [], 0
        self._attributes = attributes
        if name in ("item", "wp:author"):
            self._item = Item()

    def _say(self, text: str) -> None:
        self._length += len(text)
        if self._length > LONGEST:
            raise CannotImport(
                f"one field of {self.path.name} is longer than {LONGEST >> 20} MB",
                "Look at that post in WordPress: a picture may be pasted into its text",
            )
        self._text.append(text)

    def _end(self, name: str) -> None:
        self._path.pop()
        text = "".join(self._text)
        self._text, self._length = [], 0
        above = self._path[-1] if self._path else ""
        if name == "item":
            self._done.append(self._item)
        elif name == "wp:author":
            self.authors[self._item.get("wp:author_login")] = self._item.get("wp:author_display_name")
        elif above in ("item", "wp:author"):
            self._field(name, text)
        elif above == "wp:postmeta":
            self._meta(name, text)
        elif above == "channel":
            self.channel.setdefault(name, text.strip())

    def _field(self, name: str, text: str) -> None:
        if name == "category":
            self._item.categories.append((self._attributes.get("domain", ""), text.strip()))
        elif name == "wp:comment":
            self._item.comments += 1
        else:
            self._item.fields.setdefault(name, text)

    def _meta(self, name: str, text: str) -> None:
        if name == "wp:meta_key":
            self._key = text
        elif name == "wp:meta_value":
            self._item.meta.setdefault(self._key, []).append(text)


def _decoded(path: Path) -> Iterator[str]:
    """The file's text. What is no text in its encoding becomes U+FFFD, and what XML forbids is left out."""
    with path.open("rb") as file:
        first = file.read(_CHUNK)
        bom, encoding = next(((bom, name) for bom, name in _BOMS if first.startswith(bom)), (b"", ""))
        declared = _DECLARED.match(first.lstrip())
        try:
            found = codecs.lookup(encoding or (declared[1].decode() if declared else "utf-8"))
        except LookupError as error:
            raise CannotImport(f"{path.name}: {error}", "Save the file as UTF-8") from error
        decoder = found.incrementaldecoder("replace")
        chunk = first[len(bom) :].lstrip()
        while chunk:
            yield _ILLEGAL.sub("", decoder.decode(chunk))
            chunk = file.read(_CHUNK)
        yield _ILLEGAL.sub("", decoder.decode(b"", True))

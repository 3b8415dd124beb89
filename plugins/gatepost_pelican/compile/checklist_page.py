"""A checklist as the page that the capture service shows behind a signed link."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gatepost.offers.ticklist import Group, Item, Piece, TickList

from . import blocks as b
from .manuscript import Manuscript
from .parts import Part, pictures_in, read_parts, with_curly_apostrophes
from .pictures import read_picture
from .running_text import clean_text
from .setting import wording
from .words import words_for
from .xhtml import Page, text

MEDIA_TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "svg": "image/svg+xml"}


def checklist_page(m: Manuscript) -> bytes:
    """The list as `TickList.to_json` writes it; the same manuscript gives the same bytes. Raises CompileError.

    Its HTML holds what the compiler itself writes and nothing else: no script, no style, and pictures as data, so that
    the page asks no other server for anything.
    """
    parts = read_parts(m)
    pictures = {path: _as_data(path, m.slug) for path in pictures_in(part.body for part in parts)}
    page = Sheet("", _homes(parts), pictures, words_for(m.lang).notes)
    page.know({key: note for part in parts for key, note in part.body.notes.items()})
    groups = [group for part in parts for group in page.groups(part)]
    groups += [Group("", (Piece(page.notes()),))] if page.has_notes else []
    title, summary = (with_curly_apostrophes(clean_text(line)) for line in (m.title, m.summary))
    return TickList(title, summary, m.lang, tuple(groups)).to_json()


def _as_data(path: Path, where: str) -> str:
    data, kind = read_picture(path, where)
    return f"data:{MEDIA_TYPES[kind]};base64,{base64.b64encode(data).decode()}"


def _homes(parts: tuple[Part, ...]) -> dict[str, str]:
    """Every place of the list is on its one page, whose name is empty."""
    places = [part.anchor for part in parts]
    for block in (block for part in parts for block in b.walk(part.body.blocks)):
        if isinstance(block, b.Anchor):
            places.append(block.name)
        elif isinstance(block, b.Heading) and block.anchor:
            places.append(block.anchor)
    return dict.fromkeys(places, "")


@dataclass
class Sheet(Page):
    """Writes the pieces of a list; the boxes themselves are the page's business."""

    _seen: Counter[str] = field(default_factory=Counter)

    def know(self, notes: dict[str, tuple[b.Block, ...]]) -> None:
        """The footnotes of all parts; their keys begin with the part's number, so they are different."""
        self._known = notes

    @property
    def has_notes(self) -> bool:
        """Was any of them marked so far?"""
        return bool(self._notes)

    def means(self, kind: str) -> str:
        """Nothing: outside an e-book the role says it all."""
        return ""

    def groups(self, part: Part) -> Iterator[Group]:
        """One group for each heading of the highest level, and one for what stands before the first."""
        title = text(with_curly_apostrophes(part.chapter.title)) if part.number else ""
        pieces: list[Piece] = [Piece(f"<span{self.identity(part.anchor)}></span>")] if part.number else []
        for block in part.body.blocks:
            if isinstance(block, b.Heading) and block.level == 1:
                if pieces or title:
                    yield Group(title, tuple(pieces))
                title, pieces = f"<span{self.identity(block.anchor)}>{self.inlines(block.inlines)}</span>", []
            else:
                pieces.append(self._piece(block))
        if pieces or title:
            yield Group(title, tuple(pieces))

    def _piece(self, block: b.Block) -> Piece:
        if isinstance(block, b.Points) and any(item.ticked is not None for item in block.items):
            return Piece(items=tuple(self._item(item) for item in block.items))
        return Piece(self._block(block))

    def _item(self, item: b.Item) -> Item:
        first, *rest = item.blocks or (b.Paragraph(()),)
        line = self.inlines(first.inlines) if isinstance(first, b.Paragraph) else ""
        more = tuple(self._piece(block) for block in (rest if isinstance(first, b.Paragraph) else item.blocks))
        if item.ticked is None:
            return Item(line, more=more)
        return Item(line, self._key(item), item.ticked, more)

    def _key(self, item: b.Item) -> str:
        words = wording(item)
        self._seen[words] += 1
        # The same words twice are two points: the first, and the second.
        return hashlib.sha256(f"{words}\n{self._seen[words]}".encode()).hexdigest()[:16]

"""A checklist as a page: what the compiler writes into a held file, and what the capture service shows of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

FORMAT = 1


@dataclass(frozen=True)
class Item:
    """One point. `html` is its first line; `more` is what stands below it. A point without a box has an empty `key`.

    `key` follows from the words alone, so a tick stays with its point when the list around it changes. `is_ticked` is
    how the writer left it.
    """

    html: str
    key: str = ""
    is_ticked: bool = False
    more: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Piece:
    """Either text (`html`) or a list with boxes (`items`); never both."""

    html: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Group:
    """A heading (HTML, empty before the first one) and what stands under it."""

    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class TickList:
    """A whole list. Every `html` in it is safe to show: only the compiler's own elements, and no address but links."""

    title: str
    summary: str
    language: str
    groups: tuple[Group, ...]

    @property
    def boxes(self) -> tuple[Item, ...]:
        """Every point with a box, in the order of reading."""
        return tuple(item for group in self.groups for item in _boxes(group.pieces))

    def to_json(self) -> bytes:
        """The list as a file: the same list gives the same bytes."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, sort_keys=True).encode()

    @classmethod
    def from_json(cls, data: bytes) -> TickList:
        """Read what `to_json` wrote. Raises ValueError for anything else."""
        try:
            raw = json.loads(data)
            if raw["format"] != FORMAT:
                raise ValueError(f"this list has format {raw['format']}, and this version reads {FORMAT}")
            groups = tuple(Group(group["title"], _pieces(group["pieces"])) for group in raw["groups"])
            return cls(raw["title"], raw["summary"], raw["language"], groups)
        except (KeyError, TypeError) as error:
            raise ValueError(f"this is no list: {error!r}") from error


def _boxes(pieces: Iterable[Piece]) -> Iterator[Item]:
    for item in (item for piece in pieces for item in piece.items):
        if item.key:
            yield item
        yield from _boxes(item.more)


def _pieces(raw: list[dict[str, Any]]) -> tuple[Piece, ...]:
    return tuple(Piece(piece["html"], tuple(_item(item) for item in piece["items"])) for piece in raw)


def _item(raw: dict[str, Any]) -> Item:
    return Item(raw["html"], raw["key"], raw["is_ticked"], _pieces(raw["more"]))

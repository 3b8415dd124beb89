"""The cards of one build: which are wanted, which have to be drawn, and where they lie in the output.

Drawn cards are kept in the cache under a hash of all that they are made of, so only a changed title costs anything.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import time
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from gatepost_pelican.faster import children
from gatepost_pelican.machines.drawing import (
    HEIGHT,
    RECIPE,
    TEXT_FONT,
    TITLE_FONT,
    WIDTH,
    Colours,
    Drawing,
    Texts,
    draw,
)
from gatepost_pelican.machines.link_picture import LinkPicture

FOLDER = "cards"
_NAME = re.compile(r"[0-9a-f]{20}\.png")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_FONT, _MARK = "font", "mark"
# Below so many cards, another process takes longer than it saves.
_WORTH_A_PROCESS = 8
# A site in several languages is several builds with one cache, so what this one does not want may be wanted all the same.
_KEPT_SECONDS, _DAY = 30 * 86_400, 86_400


def mistakes(chosen: Any, folder: Path) -> Iterator[tuple[str, str]]:
    """What is wrong with the setting, each with its cure. `folder` is that of the settings file."""
    known = (*Colours.__dataclass_fields__, _FONT, _MARK)
    if not isinstance(chosen, Mapping):
        if chosen not in (None, True, False):
            yield f"GATEPOST_CARDS is {chosen!r}", 'Use True, False, or `{"accent": "#0b6e4f"}`'
        return
    for name, value in chosen.items():
        if name not in known:
            yield f"GATEPOST_CARDS has no {name!r}", f"Use any of: {', '.join(known)}"
        elif name == _FONT and not _is_font(folder / str(value)):
            yield f"the font of GATEPOST_CARDS, {value!r}, cannot be read", "Name a file: .ttf, .otf or .woff2"
        elif name == _MARK and not _is_mark(folder / str(value)):
            yield f"the mark of GATEPOST_CARDS, {value!r}, cannot be read", "Name an SVG, or a PNG without a ground"
        elif name not in (_FONT, _MARK) and not _COLOUR.fullmatch(str(value)):
            yield f"GATEPOST_CARDS has {value!r} for {name!r}, not a colour", "Write it as `#rrggbb`"


def _is_font(path: Path) -> bool:
    from PIL import ImageFont

    try:
        ImageFont.truetype(str(path), 10)
    except (OSError, ValueError):
        return False
    return True


def _is_mark(path: Path) -> bool:
    """Whether it can be drawn is seen when it is: most builds draw nothing."""
    return path.is_file() and path.suffix.lower() in (".svg", ".png", ".webp")


class Deck:
    """`accent` is a colour, `cache` a folder for this alone; `chosen` is the setting and `folder` that of its file."""

    def __init__(self, chosen: Any, accent: str, folder: Path, cache: Path):
        given = dict(chosen) if isinstance(chosen, Mapping) else {}
        font, mark = given.pop(_FONT, ""), given.pop(_MARK, "")
        colours = Colours(**{"accent": accent, **given})
        fonts = (folder / font, folder / font) if font else (TITLE_FONT, TEXT_FONT)
        self._pen = Drawing(colours, fonts[0], fonts[1], (folder / mark).read_bytes() if mark else b"")
        self._cache = cache
        made_of = [*(one.read_bytes() for one in fonts), self._pen.mark]
        parts = [str(RECIPE), repr(self._pen.colours), *(hashlib.sha256(one).hexdigest() for one in made_of)]
        self._recipe = hashlib.sha256("\n".join(parts).encode())
        self._wanted: dict[str, Texts] = {}
        self._drawing: list[children.Child[None]] = []

    def deal(self, texts: Texts, alt: str) -> LinkPicture:
        """The card with these texts. It is there once the build has ended."""
        made = self._recipe.copy()
        made.update(repr(texts).encode("utf-8", "surrogatepass"))
        name = f"{made.hexdigest()[:20]}.png"
        self._wanted[name] = texts
        return LinkPicture(f"{FOLDER}/{name}", WIDTH, HEIGHT, alt)

    def begin(self) -> None:
        """Draw what is not there yet, while pages are written."""
        self._cache.mkdir(parents=True, exist_ok=True)
        new = self._new()
        if not children.are_worth_it(len(new), _WORTH_A_PROCESS):
            return
        count = children.cores()
        # What draws the mark has threads, which do not come along into another process.
        self._pen.begin()
        for part in (new[number::count] for number in range(count)):
            self._drawing.append(children.start(partial(draw, part, self._pen)))

    def end(self, output: Path) -> None:
        """Put every card where its page says it is, and take away those that no page names. Raises MarkUnreadable, OSError."""
        for child in self._drawing:
            child.result()
        draw(self._new(), self._pen)
        folder = output / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        there = {entry.name for entry in os.scandir(folder)}
        for name in sorted(name for name in there - self._wanted.keys() if _NAME.fullmatch(name)):
            (folder / name).unlink()
        for name in self._wanted.keys() - there:
            _place(self._cache / name, folder / name)
        self._forget()

    def _new(self) -> list[tuple[Path, Texts]]:
        there = {entry.name for entry in os.scandir(self._cache)}
        return [(self._cache / name, texts) for name, texts in sorted(self._wanted.items()) if name not in there]

    def _forget(self) -> None:
        """Cards that no build wanted for a month go."""
        now = time.time()
        for entry in os.scandir(self._cache):
            age = now - entry.stat().st_mtime
            if entry.name in self._wanted and age > _DAY:
                os.utime(entry.path)
            elif entry.name not in self._wanted and age > _KEPT_SECONDS:
                os.unlink(entry.path)


def _place(card: Path, to: Path) -> None:
    """The same file by another name where the disk allows it: a thousand cards take no time and no room."""
    try:
        os.link(card, to)
    except OSError:
        shutil.copyfile(card, to)

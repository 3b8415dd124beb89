"""Draws the card that stands beside a shared link: 1200 by 630 pixels, in a few kilobytes, in some milliseconds."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from gatepost_pelican.machines.lines import Box, fit, is_right_to_left

if TYPE_CHECKING:
    from PIL import Image, ImageFont

# Change it with anything that changes a byte of what is drawn.
RECIPE = 2
WIDTH, HEIGHT = 1200, 630
FONTS = Path(__file__).parent / "fonts"
TITLE_FONT, TEXT_FONT = FONTS / "literata-title.woff2", FONTS / "literata-text.woff2"
_LEFT, _RIGHT = 88, 1112
_BAND = 20
# Letters may reach a little beyond where they begin and end.
_OVERHANG = 12
_SITE_Y, _FOOT_Y, _RULE_Y = 84, 564, 516
_TITLE = Box(_RIGHT - _LEFT, 360)
_MIDDLE = 312
_SIZES = (112, 104, 96, 88, 80, 72, 66, 60, 54, 48, 43, 38, 34, 30)
_SMALL, _LEAST_SMALL, _GAP, _MARK = 34, 22, 24, 46
# How many shades lie between the paper and each colour (ink, soft, accent, rule): with the paper sixteen, so that two
# points take one byte, and a card half the time and room.
_SHADES = (7, 3, 4, 1)
_MEASURED = 100
# How zlib packs long runs of one colour: quicker than its usual way, and smaller (Z_RLE).
_RUNS = 3
# No letter of any font stands here: what a font shows for it, it shows for every letter that it lacks.
_NO_LETTER = "\U0010fffd"


@dataclass(frozen=True)
class Colours:
    """Each as #rrggbb."""

    paper: str = "#fbfbf8"
    ink: str = "#1c211f"
    soft: str = "#56605b"
    rule: str = "#d7dbd3"
    accent: str = "#0b6e4f"


@dataclass(frozen=True)
class Texts:
    """What a card says, in plain text; all but the site's name may be empty."""

    title: str
    site: str
    kicker: str = ""
    author: str = ""


Inked = tuple["Image.Image", "Image.Image", int, int]


class Type:
    """One font file at any size, and which letters it has. Raises OSError for a file that is no font."""

    def __init__(self, file: Path):
        self.file = file
        self._sizes: dict[int, ImageFont.FreeTypeFont] = {}
        self._letters: dict[str, bool] = {}
        self._widths: dict[str, float] = {}

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """The font at a size in pixels."""
        from PIL import ImageFont

        if size not in self._sizes:
            self._sizes[size] = ImageFont.truetype(str(self.file), size)
        return self._sizes[size]

    def width(self, text: str) -> float:
        """How wide a text is at the size 1."""
        if text not in self._widths:
            self._widths[text] = self.at(_MEASURED).getlength(text) / _MEASURED
        return self._widths[text]

    def readable(self, text: str) -> str:
        """The text as this font can show it: without signs that it lacks; nothing of a text with letters that it lacks."""
        line = unicodedata.normalize("NFC", " ".join(text.split()))
        line = "".join(one if self._has(one) else unicodedata.normalize("NFKC", one) for one in line)
        kept = "".join(letter for letter in line if self._has(letter) or unicodedata.category(letter)[0] in "LNM")
        return " ".join(kept.split()) if all(map(self._has, kept)) else ""

    def _has(self, letter: str) -> bool:
        if letter not in self._letters:
            self._letters[letter] = letter in " \u00a0\u00ad" or self._is_drawn(letter)
        return self._letters[letter]

    def _is_drawn(self, letter: str) -> bool:
        drawn = self._look(letter)
        return any(drawn[1]) and drawn != self._missing

    @cached_property
    def _missing(self) -> tuple[tuple[int, int], bytes]:
        return self._look(_NO_LETTER)

    def _look(self, letter: str) -> tuple[tuple[int, int], bytes]:
        mask = self.at(_SMALL).getmask(letter)
        return mask.size, bytes(mask)


class Drawing:
    """Draws cards in one set of colours and fonts. `mark` is the file of the site's mark; empty for none."""

    def __init__(self, colours: Colours, title: Path = TITLE_FONT, text: Path = TEXT_FONT, mark: bytes = b""):
        self.colours = colours
        self.mark = mark
        self.title, self.text = Type(title), Type(text)
        # The name of the site stands on every card, and few authors and subjects on many.
        self._lines: dict[tuple[int, str, int], Inked] = {}

    def begin(self) -> None:
        """Have ready what every card shows. Raises MarkUnreadable."""
        _ = self._mark

    def png(self, texts: Texts) -> bytes:
        """A card as PNG. Text in letters that the fonts lack is left out: the site's name then stands in its place."""
        picture = self._paper()
        title, site = self.title.readable(texts.title), self.text.readable(texts.site)
        if not title:
            title, site = self.title.readable(texts.site), ""
        self._line(picture, site, _SITE_Y, 1, _RIGHT - self._name_from, left=self._name_from)
        self._heading(picture, title)
        self._foot(picture, self.text.readable(texts.author), self.text.readable(texts.kicker))
        written = io.BytesIO()
        picture.save(written, "PNG", bits=4, compress_type=_RUNS)
        return written.getvalue()

    def _paper(self) -> Image.Image:
        picture = self._empty.copy()
        picture.paste(self._index(2, 255), (0, 0, _BAND, HEIGHT))
        picture.paste(self._index(3, 255), (_LEFT, _RULE_Y, _RIGHT, _RULE_Y + 2))
        if self._mark is not None:
            self._stamp(picture, self._mark, _LEFT, _SITE_Y - _MARK // 2, 2)
        return picture

    @cached_property
    def _mark(self) -> Image.Image | None:
        from gatepost_pelican.machines import marks

        return marks.mask(self.mark, _MARK) if self.mark else None

    @property
    def _name_from(self) -> int:
        """Where the site's name begins: behind its mark."""
        return _LEFT + self._mark.width + _GAP * 2 // 3 if self._mark is not None else _LEFT

    def _stamp(self, picture: Image.Image, mask: Image.Image, x: int, y: int, colour: int) -> None:
        inked, covered = self._coloured(mask, colour)
        picture.paste(inked, (x, y), covered)

    def _coloured(self, mask: Image.Image, colour: int) -> tuple[Image.Image, Image.Image]:
        """A mask in the numbers of the palette, and what it covers at all."""
        from PIL import Image

        shades, covers = self._tables[colour]
        return Image.frombytes("P", mask.size, mask.tobytes().translate(shades)), mask.point(covers)

    @cached_property
    def _empty(self) -> Image.Image:
        from PIL import Image

        picture = Image.new("P", (WIDTH, HEIGHT), 0)
        picture.putpalette(self._palette())
        return picture

    def _palette(self) -> list[int]:
        """Paper, then the shades from paper to each colour."""
        paper = _rgb(self.colours.paper)
        colours = [self.colours.ink, self.colours.soft, self.colours.accent, self.colours.rule]
        found = [*paper]
        for shades, colour in zip(_SHADES, map(_rgb, colours), strict=True):
            for shade in range(1, shades + 1):
                found += [round(a + (b - a) * shade / shades) for a, b in zip(paper, colour, strict=True)]
        return found

    def _index(self, colour: int, cover: int) -> int:
        """The palette's number for a colour that covers the paper so far, from 0 to 255."""
        shade = round(cover * _SHADES[colour] / 255)
        return sum(_SHADES[:colour]) + shade if shade else 0

    def _heading(self, picture: Image.Image, title: str) -> None:
        if not title:
            return
        made = fit(title, _TITLE, _SIZES, self.title.width)
        step = made.size * _TITLE.leading
        top = _MIDDLE - len(made.lines) * step / 2
        is_right = is_right_to_left(title)
        for number, line in enumerate(made.lines):
            self._put(picture, self.title.at(made.size), line, top + (number + 0.5) * step, 0, is_right)

    def _foot(self, picture: Image.Image, author: str, kicker: str) -> None:
        """Who wrote it, and at the other end on what subject; the subject alone at the beginning."""
        room = _RIGHT - _LEFT
        taken = min(room // 2, round(self.text.width(kicker) * _SMALL) + _GAP) if author and kicker else 0
        self._line(picture, author, _FOOT_Y, 1, room - taken)
        self._line(picture, kicker, _FOOT_Y, 2, taken or room, is_right=bool(author))

    def _line(
        self,
        picture: Image.Image,
        text: str,
        y: int,
        colour: int,
        room: int,
        *,
        is_right: bool = False,
        left: int = _LEFT,
    ) -> None:
        """One line around `y`, smaller where it would not fit, and cut where even the least size is too large."""
        if not text:
            return
        size = max(_LEAST_SMALL, min(_SMALL, int(room / self.text.width(text))))
        while self.text.width(text) * size > room and len(text) > 2:
            text = f"{text[:-2].rstrip()}…"
        self._put(picture, self.text.at(size), text, y, colour, is_right, left)

    def _put(
        self,
        picture: Image.Image,
        font: ImageFont.FreeTypeFont,
        text: str,
        y: float,
        colour: int,
        is_right: bool,
        left: int = _LEFT,
    ) -> None:
        """`y` is the middle between the line's highest and lowest reach."""
        inked, covered, above, width = self._inked(font, text, colour)
        x = _RIGHT - width if is_right else left - _OVERHANG
        picture.paste(inked, (x, round(y) - above), covered)

    def _inked(self, font: ImageFont.FreeTypeFont, text: str, colour: int) -> Inked:
        """A line in the numbers of the palette, what it covers, how far it reaches above its middle, and where it ends."""
        from PIL import Image, ImageDraw

        key = (id(font), text, colour)
        if key not in self._lines:
            ascent, descent = font.getmetrics()
            width = round(font.getlength(text)) + _OVERHANG
            mask = Image.new("L", (width + _OVERHANG, ascent + descent), 0)
            ImageDraw.Draw(mask).text((_OVERHANG, 0), text, font=font, fill=255)
            self._lines[key] = *self._coloured(mask, colour), (ascent + descent) // 2, width
        return self._lines[key]

    @cached_property
    def _tables(self) -> list[tuple[bytes, list[int]]]:
        """For each colour: the palette's number for how much of a point is covered, and whether it is at all."""
        numbers = [[self._index(colour, cover) for cover in range(256)] for colour in range(4)]
        return [(bytes(one), [255 if number else 0 for number in one]) for one in numbers]


def draw(cards: Sequence[tuple[Path, Texts]], drawing: Drawing) -> None:
    """Draw each card into its file: never half of one."""
    for path, texts in cards:
        data = drawing.png(texts)
        begun = path.with_suffix(".part")
        begun.write_bytes(data)
        begun.replace(path)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)

"""Pictures for tests, drawn by rule: large enough to be worth several sizes, and the same in every run."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

Side = tuple[int, int]
MADE_BY = 0x010F
ORIENTATION = 0x0112
GPS = 0x8825


def painting(size: Side) -> Image.Image:
    """Colours that run into one another, with some grain, as on a photograph. Red on the left, blue on the right."""
    across = Image.linear_gradient("L").rotate(90).resize(size)
    down = Image.linear_gradient("L").resize(size)
    spots = Image.frombytes("L", (40, 30), bytes(index * index * 7919 % 251 for index in range(1200)))
    channels = across.point(lambda value: 255 - value), Image.blend(down, spots.resize(size), 0.4), across
    return Image.merge("RGB", channels)


def photo(size: Side = (1000, 700), *, turned: bool = False, **options: Any) -> bytes:
    """A JPEG as a telephone writes it: with where it was taken, and upright only for whoever reads its notes."""
    notes = Image.Exif()
    notes[MADE_BY] = "LANTERN 7"
    notes[ORIENTATION] = 6 if turned else 1
    notes.get_ifd(GPS)[1] = "N"
    return written(painting(size), "JPEG", quality=92, exif=notes, **options)


def written(picture: Image.Image, kind: str, **options: Any) -> bytes:
    """The bytes of a file of that kind."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def clear(size: Side = (900, 500)) -> bytes:
    """A PNG of which the left half is not there."""
    picture = painting(size).convert("RGBA")
    picture.paste((0, 0, 0, 0), (0, 0, size[0] // 2, size[1]))
    return written(picture, "PNG")


def moving() -> bytes:
    """A GIF of two pictures."""
    first, second = painting((600, 400)).quantize(64), painting((600, 400)).rotate(180).quantize(64)
    return written(first, "GIF", save_all=True, append_images=[second], duration=200)

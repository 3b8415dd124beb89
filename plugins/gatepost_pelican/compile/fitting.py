"""Makes pictures as large as a page can show and no larger: a camera's twenty megabytes become some hundred kilobytes."""

from __future__ import annotations

import io
import re
import warnings
from xml.etree import ElementTree

from PIL import Image, ImageOps

from .errors import PictureBroken, PictureTooLarge, PictureUnsafe

# The widest column is 166 mm (a checklist on A4) and a picture stands at most seven tenths of an A4 page high: in
# pixels at 220 to the inch, where print shows no more and a tablet's screen hardly any.
WIDEST, TALLEST = 1440, 1800
# Below this many bytes a picture that fits is left as it is, to the last byte.
LIGHT = 600_000
# What is still decoded: as many pixels as Pillow itself takes for a picture and not for an attack (89 million).
MOST_BYTES = 64_000_000
QUALITY = 85
# An opaque PNG heavier than this is a photograph, and half a megabyte as JPEG shows no less of it.
HEAVY_PNG = 1_000_000
SWAPPED = frozenset({5, 6, 7, 8})
ORIENTATION = 0x0112
ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
FETCHES = re.compile(r"""@import|url\(\s*+['"]?+(?!\s*(?:\#|data:image/))""", re.IGNORECASE)
LIVE = frozenset({"script", "handler", "listener", "foreignobject", "iframe", "embed", "object", "audio", "video"})


def fitted(data: bytes, kind: str, name: str, where: str) -> tuple[bytes, str]:
    """A picture as it goes into a file, and its kind, which may be another one.

    Raises PictureBroken, PictureTooLarge, or PictureUnsafe for drawings that could do something.
    """
    if len(data) > MOST_BYTES:
        raise PictureTooLarge(where, name, f"{len(data) / 1e6:.0f} MB")
    if kind == "svg":
        _check_drawing(data, name, where)
        return data, kind
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _fitted(data, kind)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise PictureTooLarge(where, name, "more than 89 million pixels") from error
        # Pillow raises whatever its readers stumble over.
        except Exception as error:
            raise PictureBroken(where, name, "it ends too early, or is damaged") from error


def _fitted(data: bytes, kind: str) -> tuple[bytes, str]:
    with Image.open(io.BytesIO(data)) as picture:
        room = (TALLEST, WIDEST) if picture.getexif().get(ORIENTATION) in SWAPPED else (WIDEST, TALLEST)
        fits = picture.width <= room[0] and picture.height <= room[1]
        if fits and len(data) <= LIGHT:
            picture.load()
            return data, kind
        made = _written(ImageOps.exif_transpose(_shrunk(picture, room)), kind)
    return made if len(made[0]) < len(data) else (data, kind)


def _shrunk(picture: Image.Image, room: tuple[int, int]) -> Image.Image:
    if picture.mode in ("P", "1"):
        # Colours of a palette cannot be mixed.
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    picture.thumbnail(room, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return picture


def _written(picture: Image.Image, kind: str) -> tuple[bytes, str]:
    if kind == "jpg":
        return _jpeg(picture), "jpg"
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    if out.tell() > HEAVY_PNG and not picture.has_transparency_data:
        return _jpeg(picture), "jpg"
    return out.getvalue(), "png"


def _jpeg(picture: Image.Image) -> bytes:
    profile = picture.info.get("icc_profile")
    if picture.mode not in ("L", "RGB"):
        # A profile for four inks says nothing about three colours.
        picture, profile = picture.convert("RGB"), None
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True, icc_profile=profile)
    return out.getvalue()


def _check_drawing(data: bytes, name: str, where: str) -> None:
    """Drawings are programs in part: those that would run, or fetch something, are refused."""
    if ENTITY.search(data):
        raise PictureUnsafe(where, name, "it declares entities of its own")
    try:
        # Without entities there is nothing in it that could grow.
        root = ElementTree.fromstring(data)  # noqa: S314
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise PictureBroken(where, name, "it is no well-formed XML") from error
    for element in root.iter():
        tag = str(element.tag).rsplit("}", 1)[-1].lower()
        if tag in LIVE:
            raise PictureUnsafe(where, name, f"it holds a <{tag}>")
        if tag == "style" and FETCHES.search("".join(element.itertext())):
            raise PictureUnsafe(where, name, "its style loads something")
        for attribute, value in element.attrib.items():
            _check_attribute(attribute.rsplit("}", 1)[-1].lower(), value, name, where)


def _check_attribute(attribute: str, value: str, name: str, where: str) -> None:
    if attribute.startswith("on"):
        raise PictureUnsafe(where, name, f"it reacts to {attribute}")
    target = value.strip().lower()
    if FETCHES.search(value):
        raise PictureUnsafe(where, name, f"its {attribute} loads something")
    if attribute in ("href", "src") and not target.startswith(("#", "data:image/")):
        raise PictureUnsafe(where, name, f"it leads to {value[:60]!r}")

"""Draws one picture in several sizes and kinds: upright, in sRGB, and without what a camera wrote into it."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gatepost_pelican.pictures.chosen import AVIF, TYPES, Chosen
from gatepost_pelican.pictures.notes import without_notes

if TYPE_CHECKING:
    from PIL import Image

# Change it with anything that changes a byte of what is made.
RECIPE = 3
# A picture that is this narrow, or this light, gains nothing from copies.
NARROW, LIGHT = 320, 8_000
# What is read at all: what is larger is an attack or a mistake.
MOST_BYTES = 64_000_000
# Pictures that a camera held upright say so here, and have width and height the other way round.
ORIENTATION, SWAPPED = 0x0112, frozenset({5, 6, 7, 8})
_STEP = 0.85
_ENDLESS = 10**6
# What no encoder takes.
TALLEST = 16_383
_FORMATS = ("AVIF", "BMP", "GIF", "JPEG", "JPEG2000", "PNG", "TIFF", "WEBP")
_SMALLER = "Save a copy 3000 pixels wide, then build again: no page shows more of it."
# As drawn: so few colours, or greys, that a photograph cannot have.
_FEW, _FEW_GREYS = 256, 48


class Unusable(Exception):
    """A file that no picture can be made of, and what its writer can do."""

    def __init__(self, what: str, cure: str = "Save it again as PNG, JPEG or WebP, then build again."):
        super().__init__(what)
        self.cure = cure


@dataclass(frozen=True)
class Size:
    """One file: its bytes, its kind and how wide it is."""

    kind: str
    width: int
    data: bytes


@dataclass(frozen=True)
class Drawn:
    """A picture's own width and height as it is seen, and its files; none for a picture that stays what it is.

    `plain` is a JPEG itself without what a camera wrote into it; empty where there is nothing of the kind.
    """

    width: int
    height: int
    files: tuple[Size, ...] = ()
    plain: bytes = b""


def drawn(data: bytes, chosen: Chosen) -> Drawn | None:
    """A picture in each of the widths that it is large enough for; None for one that moves, which stays what it is.

    The last file is for browsers that know no other kind. Raises Unusable.
    """
    import PIL
    from PIL import Image

    if len(data) > MOST_BYTES:
        raise Unusable(f"it is too large, {len(data) / 1e6:.0f} MB", _SMALLER)
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _drawn(data, chosen)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise Unusable("it has more than 89 million pixels", _SMALLER) from error
        except PIL.UnidentifiedImageError as error:
            raise Unusable("it is of no known kind" if data else "it is empty") from error
        # Pillow raises whatever its readers stumble over.
        except Exception as error:
            raise Unusable("it ends too early, or is damaged") from error


def _drawn(data: bytes, chosen: Chosen) -> Drawn | None:
    from PIL import Image

    widths = chosen.widths
    # Otherwise only the usual kinds can be named.
    Image.init()
    with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
        # A telephone's JPEG may hold a second, small picture; that makes it no film.
        if picture.format != "MPO" and getattr(picture, "is_animated", False):
            return None
        side = picture.getexif().get(ORIENTATION)
        is_turned = side in SWAPPED
        width, height = picture.size[::-1] if is_turned else picture.size
        if (width <= min(NARROW, *widths) or len(data) <= LIGHT) and not _needs_copy(picture):
            picture.load()
            return Drawn(width, height, plain=without_notes(data, 1) or b"")
        kind = picture.format or ""
        is_plain = kind in ("JPEG", "PNG", "WEBP") and not picture.getexif() and not picture.info.get("icc_profile")
        largest = min(width, widths[-1])
        limit = (largest, _ENDLESS)
        picture.thumbnail(limit[::-1] if is_turned else limit, Image.Resampling.LANCZOS, reducing_gap=3.0)
        upright = _upright(picture)
    # A step that is nearly the last one would only be another file.
    steps = [one for one in widths if one < _STEP * upright.width] + [upright.width]
    # The picture itself is a fine last resort where what is made of it is no lighter.
    most = len(data) if is_plain and upright.size == (width, height) else 0
    plain = without_notes(data, side if isinstance(side, int) else 1)
    return Drawn(width, height, tuple(_files(upright, steps, kind, chosen, most)), plain or b"")


def _needs_copy(picture: Image.Image) -> bool:
    """Would a browser show it differently, or not at all? Then even a small one is drawn again."""
    return picture.format in ("BMP", "JPEG2000", "TIFF") or bool(picture.getexif())


def _upright(picture: Image.Image) -> Image.Image:
    """The picture as it is seen, as RGB or RGBA, in sRGB."""
    from PIL import ImageOps

    picture = ImageOps.exif_transpose(_in_srgb(_eight_bits(picture)))
    if picture.mode == "RGBA" and _is_opaque(picture):
        picture = picture.convert("RGB")
    # Every encoder would take over profiles and what a camera noted.
    picture.info = {}
    return picture


def _eight_bits(picture: Image.Image) -> Image.Image:
    if picture.mode in ("I", "I;16", "I;16B", "I;16L", "F"):
        least, most = picture.convert("F").getextrema()
        scale = 1.0 if float(str(most)) <= 255 and float(str(least)) >= 0 else 255 / 65535
        exif = picture.getexif()
        picture = picture.convert("F").point(lambda value: value * scale).convert("L")
        picture.getexif().update(exif)
    return picture


def _in_srgb(picture: Image.Image) -> Image.Image:
    from PIL import ImageCms

    mode = "RGBA" if picture.has_transparency_data else "RGB"
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode in ("P", "LA", "PA", "1"):
        return picture.convert(mode)
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if mode == "RGBA" and picture.mode != "RGBA":
            return picture.convert(mode)
        target = ImageCms.createProfile("sRGB")
        made = ImageCms.profileToProfile(picture, source, target, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        # A profile that cannot be read says nothing; colours are as most browsers would guess them.
        made = None
    return made or picture.convert(mode)


def _is_opaque(picture: Image.Image) -> bool:
    least, _ = picture.getchannel("A").getextrema()
    return least == 255


def _files(picture: Image.Image, widths: Sequence[int], source: str, chosen: Chosen, most: int) -> list[Size]:
    from PIL import Image

    is_drawn = source not in ("JPEG", "MPO") and _is_drawn(picture.convert("RGB"))
    has_film = picture.mode == "RGBA"
    sizes = [_sized(picture, width, Image.Resampling.LANCZOS) for width in widths]
    last = _last(sizes[-1], is_drawn or has_film, chosen.qualities["jpg"])
    kinds = [kind for kind in TYPES if kind in chosen.formats and picture.height <= TALLEST]
    # A kind is worth its files where the largest of them is lighter than what all browsers know.
    best = min(len(last.data), most or len(last.data))
    kept: list[Size] = []
    for kind in reversed(kinds):
        files = _lighter([Size(kind, one.width, _encoded(one, kind, is_drawn, chosen)) for one in sizes])
        if len(files[-1].data) < best:
            kept, best = files + kept, len(files[-1].data)
    return kept if most and len(last.data) >= most else [*kept, last]


def _lighter(files: Sequence[Size]) -> list[Size]:
    """Without those that are as heavy as a wider one: of a drawing, the exact copy is often lighter than one between."""
    return [
        one for index, one in enumerate(files) if all(len(one.data) < len(wider.data) for wider in files[index + 1 :])
    ]


def _is_drawn(picture: Image.Image) -> bool:
    colours = picture.getcolors(_FEW)
    if colours is None:
        return False
    # A pixel of three channels is a tuple.
    is_grey = all(isinstance(one, tuple) and one[0] == one[1] == one[2] for _, one in colours)
    return not is_grey or len(colours) <= _FEW_GREYS


def _sized(picture: Image.Image, width: int, how: Image.Resampling) -> Image.Image:
    if width == picture.width:
        return picture
    return picture.resize((width, max(1, round(picture.height * width / picture.width))), how, reducing_gap=3.0)


def _encoded(picture: Image.Image, kind: str, is_drawn: bool, chosen: Chosen) -> bytes:
    out = io.BytesIO()
    quality = chosen.qualities[kind]
    if kind == AVIF:
        # Colour at half the height and width shows at the edges of what was drawn. One thread: as many make other bytes.
        chroma = "4:4:4" if is_drawn else "4:2:0"
        picture.save(
            out, "AVIF", quality=max(quality, 75 if is_drawn else 0), speed=8, subsampling=chroma, max_threads=1
        )
    else:
        picture.save(out, "WEBP", lossless=is_drawn, quality=quality, method=4)
    return out.getvalue()


def _last(picture: Image.Image, is_exact: bool, quality: int) -> Size:
    out = io.BytesIO()
    if is_exact:
        picture.save(out, "PNG", optimize=True)
    else:
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return Size("png" if is_exact else "jpg", picture.width, out.getvalue())

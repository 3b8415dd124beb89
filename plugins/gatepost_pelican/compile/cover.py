"""The cover's side of a book's description: its colours, its rings, or the picture that was given."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from .colours import letters_on
from .manuscript import Manuscript
from .parts import meta
from .pictures import read_picture
from .press import Sheet, set_png
from .setting import literal

# A5 at this density is about 1100 by 1560 pixels: sharp on a reader's shelf, and small as a file.
SHELF_DENSITY = 190.0


def cover_pictures(m: Manuscript) -> dict[Path, str]:
    """The given cover under the name that pages use. Raises PictureMissing or PictureBroken."""
    if m.cover is None:
        return {}
    return {m.cover: "cover." + read_picture(m.cover, f"{m.slug}: the cover")[1]}


def cover_values(m: Manuscript, names: Mapping[Path, str]) -> dict[str, str]:
    """What styles/cover.typ needs to know; `names` as of `cover_pictures`. Where the rings start follows from the slug."""
    digest = hashlib.sha256(m.slug.encode("utf-8", "replace")).digest()
    return {
        "cover": literal(names[m.cover]) if m.cover else "none",
        "ground": literal(m.accent),
        "cover-letters": literal(letters_on(m.accent)),
        "ring-x": str(58 + digest[0] % 34),
        "ring-y": str(60 + digest[1] % 120),
    }


def cover_picture(m: Manuscript) -> bytes:
    """The cover as PNG or JPEG bytes, drawn where none was given. Raises CompileError."""
    if m.cover is not None:
        data, kind = read_picture(m.cover, f"{m.slug}: the cover")
        if kind in {"png", "jpg"}:
            return data
    names = cover_pictures(m)
    source = f'#import "cover.typ": *\n#let m = {meta(m, cover_values(m, names))}\n#set text(font: serif)\n#cover(m)\n'
    return set_png(Sheet(source, names, m.dated, f"{m.slug}: the cover"), SHELF_DENSITY)

"""The mark of a site as a card shows it: in one colour, whatever it is drawn in."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

_PAGE = (
    b"#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
    b'#image(bytes(sys.inputs.svg), format: "svg", height: 72pt)'
)
_WIDEST = 6


class MarkUnreadable(Exception):
    """Neither a drawing nor a picture."""

    cure = "Look at the file that GATEPOST_CARDS names as `mark`, or leave it out."

    def __init__(self, reason: str):
        super().__init__(f"the mark of GATEPOST_CARDS cannot be drawn: {reason}")


def mask(data: bytes, height: int) -> Image.Image:
    """Where a mark covers its ground, from 0 to 255, so many pixels high. `data` is an SVG, or a picture with a transparent ground.

    Raises MarkUnreadable.
    """
    from PIL import Image

    try:
        with Image.open(io.BytesIO(_drawn(data) if b"<svg" in data[:4096] else data)) as opened:
            covered = opened.convert("RGBA").getchannel("A")
        covered = covered.crop(covered.getbbox())
        width = round(covered.width * height / covered.height)
    except Exception as error:
        # Pillow and typst raise whatever they stumble over.
        raise MarkUnreadable(str(error)) from error
    if not 0 < width <= height * _WIDEST:
        raise MarkUnreadable("it is far wider than high, or far higher than wide")
    return covered.resize((width, height), Image.Resampling.LANCZOS)


def _drawn(svg: bytes) -> bytes:
    """An SVG as PNG, four times as large as a card shows it."""
    import typst

    made = typst.compile(_PAGE, format="png", ppi=192, sys_inputs={"svg": svg.decode("utf-8")})
    if not isinstance(made, bytes):
        raise MarkUnreadable("it has several pages")
    return made

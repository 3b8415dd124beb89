"""Pictures in books: as large as a page can show, whole, and nothing but pictures."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from gatepost_pelican.compile import COMPILERS, Chapter, PictureBroken, PictureTooLarge, PictureUnsafe
from gatepost_pelican.compile.fitting import LIGHT, TALLEST, WIDEST, fitted

from .conftest import Make, png

GRADIENT = '<linearGradient id="g"><stop offset="0" stop-color="#000"/></linearGradient>'
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
    '{}<rect width="9" height="9"{}/></svg>'
)


def photo(width: int, height: int, kind: str, **options: object) -> bytes:
    """A picture that cannot be packed well, as a photograph cannot."""
    noise = Image.effect_noise((width, height), 60)
    out = io.BytesIO()
    Image.merge("RGB", (noise, ImageOps.mirror(noise), ImageOps.flip(noise))).save(out, kind, **options)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_a_photograph_is_brought_down_to_what_a_page_can_show() -> None:
    data = photo(5000, 3400, "JPEG", quality=97)
    made, kind = fitted(data, "jpg", "a.jpg", "A")
    assert kind == "jpg"
    assert len(made) < len(data) / 8
    assert opened(made).size == (WIDEST, round(WIDEST * 3400 / 5000))


def test_a_photograph_saved_as_png_becomes_one_that_can_be_packed() -> None:
    data = photo(2400, 2400, "PNG")
    made, kind = fitted(data, "png", "a.png", "A")
    assert kind == "jpg"
    assert len(made) < len(data) / 8


def test_a_photograph_taken_upright_stays_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    made, _ = fitted(photo(4000, 2000, "JPEG", quality=97, exif=exif), "jpg", "a.jpg", "A")
    assert opened(made).size == (TALLEST // 2, TALLEST)
    assert opened(made).getexif().get(0x0112) in (None, 1)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "1", "L", "CMYK"])
def test_pictures_of_every_kind_of_colour_can_be_brought_down(mode: str) -> None:
    out = io.BytesIO()
    kind = "TIFF" if mode == "CMYK" else "PNG"
    source = Image.new(mode, (3000, 1000))
    if mode == "CMYK":
        source.save(out, "JPEG")
        made, kind = fitted(out.getvalue() + b"\0" * LIGHT, "jpg", "a", "A")
    else:
        source.save(out, "PNG")
        made, kind = fitted(out.getvalue() + b"\0" * LIGHT, "png", "a", "A")
    assert opened(made).size == (WIDEST, WIDEST // 3)
    assert (kind, opened(made).format) in {("png", "PNG"), ("jpg", "JPEG")}


def test_what_fits_already_is_left_as_it_is() -> None:
    for data, kind in ((png(40, 30), "png"), (photo(800, 600, "JPEG", quality=60), "jpg")):
        assert fitted(data, kind, "a", "A") == (data, kind)


def test_a_book_of_twenty_megabyte_photographs_is_small(manuscript: Make, pictures: Path) -> None:
    data = photo(3000, 2000, "PNG")
    (pictures / "camera.png").write_bytes(data)
    book = manuscript(Chapter("A", '<p><img src="camera.png" alt="a window"></p>'), cover=pictures / "camera.png")
    assert len(data) > 15_000_000
    for name in ("ebook.pdf", "ebook.epub", "checklist.page"):
        assert len(COMPILERS[name].compile(book)) < 2_000_000


def test_what_would_fill_the_memory_is_refused_with_a_cure(manuscript: Make, pictures: Path) -> None:
    size = struct.pack(">II", 60_000, 60_000)
    header = b"IHDR" + size + png()[24:29]
    (pictures / "bomb.png").write_bytes(png()[:12] + header + struct.pack(">I", zlib.crc32(header)) + png()[33:])
    (pictures / "heavy.png").write_bytes(png() + b"\0" * 65_000_000)
    for name, why in (("bomb.png", "89 million pixels"), ("heavy.png", "65 MB")):
        with pytest.raises(PictureTooLarge, match=rf"A chapter.*{name}.*{why}.*3000 pixels"):
            COMPILERS["ebook.epub"].compile(manuscript(Chapter("A chapter", f'<img src="{name}">')))


@pytest.mark.parametrize("name", ["ebook.pdf", "ebook.epub", "checklist.page", "case-study.pdf"])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF"])
def test_a_picture_cut_short_is_named_in_every_format(name: str, kind: str, manuscript: Make, pictures: Path) -> None:
    whole = photo(300, 200, kind)
    (pictures / "cut.png").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(PictureBroken, match=r"cut\.png.*damaged"):
        COMPILERS[name].compile(manuscript(Chapter("A", '<p>x</p><img src="cut.png" alt="cut">')))


@pytest.mark.parametrize(
    ("inside", "attributes", "why"),
    [
        ("<script>alert(1)</script>", "", "<script>"),
        ("<foreignObject><p/></foreignObject>", "", "<foreignobject>"),
        ("", ' onload="alert(1)"', "onload"),
        ('<image href="https://elsewhere.example.net/a.png"/>', "", "elsewhere"),
        ('<image xlink:href="file:///etc/passwd"/>', "", "/etc/passwd"),
        ('<a href="javascript:alert(1)"><path/></a>', "", "javascript"),
        ("<style>@import 'https://elsewhere.example.net/a.css';</style>", "", "style"),
        ("", " style=\"fill: url( 'https://elsewhere.example.net/a#b')\"", "style"),
    ],
)
def test_a_drawing_that_could_do_something_is_refused(
    inside: str, attributes: str, why: str, manuscript: Make, pictures: Path
) -> None:
    (pictures / "live.svg").write_text(DRAWING.format(inside, attributes))
    with pytest.raises(PictureUnsafe, match=rf"live\.svg.*{why}.*plain SVG"):
        COMPILERS["ebook.epub"].compile(manuscript(Chapter("A", '<img src="live.svg" alt="x">')))


def test_a_drawing_that_would_grow_without_end_is_refused_unread(manuscript: Make, pictures: Path) -> None:
    grown = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + DRAWING.format("<text>&b;</text>", "")
    (pictures / "grown.svg").write_text(grown)
    with pytest.raises(PictureUnsafe, match="entities"):
        COMPILERS["ebook.pdf"].compile(manuscript(Chapter("A", '<img src="grown.svg">')))


@pytest.mark.parametrize("name", ["ebook.pdf", "ebook.epub", "checklist.page"])
def test_a_plain_drawing_is_printed(name: str, manuscript: Make, pictures: Path) -> None:
    drawn = DRAWING.format(GRADIENT, ' fill="url(&quot;#g&quot;)" style="stroke: url( #g )"')
    (pictures / "plain.svg").write_text(drawn)
    assert COMPILERS[name].compile(manuscript(Chapter("A", '<p>x</p><img src="plain.svg" alt="a square">')))

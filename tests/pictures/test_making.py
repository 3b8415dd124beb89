"""What is made of one picture: upright, in sRGB, as transparent as before, and without a word of where it was taken."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageCms

from gatepost_pelican.pictures import chosen
from gatepost_pelican.pictures.making import Drawn, Unusable, drawn
from tests.pictures.drawings import clear, moving, painting, photo, written

CHOSEN = chosen.read({"widths": [400, 800]})
assert CHOSEN is not None


def made(data: bytes) -> Drawn:
    found = drawn(data, CHOSEN)  # type: ignore[arg-type]
    assert found is not None
    return found


def opened(found: Drawn) -> dict[tuple[str, int], Image.Image]:
    return {(one.kind, one.width): Image.open(io.BytesIO(one.data)) for one in found.files}


def test_a_photograph_comes_in_each_width_and_kind_and_as_jpeg_for_everybody() -> None:
    found = made(photo())
    assert (found.width, found.height) == (1000, 700)
    pictures = opened(found)
    assert list(pictures) == [("avif", 400), ("avif", 800), ("webp", 400), ("webp", 800), ("jpg", 800)]
    assert {key: one.size for key, one in pictures.items()} == {key: (key[1], key[1] * 7 // 10) for key in pictures}


def test_a_picture_held_upright_is_shown_upright() -> None:
    found = made(photo(turned=True))
    assert (found.width, found.height) == (700, 1000)
    for (_, width), one in opened(found).items():
        assert one.size == (width, round(width * 10 / 7))
        # What the camera saw on its left is above.
        above, below = one.convert("RGB").getpixel((width // 2, 5)), one.convert("RGB").getpixel((width // 2, width))
        assert isinstance(above, tuple)
        assert isinstance(below, tuple)
        assert above[0] > above[2]
        assert below[0] < below[2]


def test_nobody_learns_where_it_was_taken_or_with_what() -> None:
    assert b"LANTERN" in photo()
    for (kind, _), one in opened(made(photo())).items():
        assert not one.getexif(), kind
        assert "icc_profile" not in one.info, kind


def test_colours_of_another_space_become_those_of_the_web() -> None:
    # sRGB with red and blue the other way round: whoever ignores the profile shows the wrong one.
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = profile.index(b"rXYZ"), profile.index(b"bXYZ")
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    for one in opened(made(written(painting((900, 600)), "PNG", icc_profile=bytes(profile)))).values():
        left = one.convert("RGB").getpixel((5, 200))
        assert isinstance(left, tuple)
        assert left[2] > left[0]


def test_what_is_transparent_stays_so() -> None:
    found = opened(made(clear()))
    assert {kind for kind, _ in found} >= {"webp", "png"}
    for (_, width), one in found.items():
        assert one.convert("RGBA").getpixel((3, 3))[3] == 0  # type: ignore[index]
        assert one.convert("RGBA").getpixel((width - 4, 3))[3] == 255  # type: ignore[index]


def test_no_picture_is_blown_up_and_small_ones_are_left_as_they_are() -> None:
    assert made(written(painting((120, 80)), "PNG")) == Drawn(120, 80)
    assert max(one.width for one in made(photo((500, 300))).files) == 500


def test_a_kind_that_is_no_lighter_is_not_made() -> None:
    thrifty = written(painting((700, 500)), "WEBP", quality=1)
    assert all(len(one.data) < len(thrifty) for one in made(thrifty).files if one.width == 700)


def test_no_narrow_file_is_heavier_than_a_wide_one() -> None:
    drawing = made(written(painting((900, 600)).quantize(64), "PNG"))
    for kind in {one.kind for one in drawing.files}:
        weights = [len(one.data) for one in drawing.files if one.kind == kind]
        assert weights == sorted(weights)


@pytest.mark.parametrize("mode", ["L", "LA", "CMYK", "1", "P", "RGBA", "I;16"])
def test_pictures_of_every_mode_keep_light_and_dark(mode: str) -> None:
    picture = painting((900, 600))
    if mode == "I;16":
        greys = picture.convert("L").tobytes()
        picture = Image.frombytes("I;16", picture.size, b"".join(bytes((0, grey)) for grey in greys))
    else:
        picture = picture.convert(mode)
    for one in opened(made(written(picture, "TIFF"))).values():
        left, right = (one.convert("L").resize((2, 1), Image.Resampling.BOX).getpixel((place, 0)) for place in (0, 1))
        assert isinstance(left, int)
        assert isinstance(right, int)
        assert 30 < right < left < 220


def test_a_picture_that_moves_is_left_alone() -> None:
    assert drawn(moving(), CHOSEN) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "it is empty"),
        (b"Words.", "no known kind"),
        (photo()[:9000], "damaged"),
        (written(Image.new("1", (12_000, 12_000)), "PNG"), "89 million"),
    ],
)
def test_what_cannot_be_shown_is_named_with_a_cure(data: bytes, said: str) -> None:
    with pytest.raises(Unusable, match=said) as found:
        made(data)
    assert "then build again" in found.value.cure


def test_the_same_picture_makes_the_same_bytes() -> None:
    assert made(photo()) == made(photo())

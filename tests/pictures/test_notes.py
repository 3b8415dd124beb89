"""Notes in a JPEG go, and its pixels stay."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from gatepost_pelican.pictures.notes import without_notes
from tests.pictures.drawings import ORIENTATION, painting, photo, written

PLAIN = written(painting((60, 40)), "JPEG")


@pytest.mark.parametrize("more", [{}, {"progressive": True}, {"restart_marker_rows": 1}])
def test_pixels_stay_and_notes_go(more: dict[str, int]) -> None:
    data = photo((160, 120), turned=True, comment=b"At home", **more)
    plain = without_notes(data, 6)
    assert plain is not None
    assert b"LANTERN" not in plain
    assert b"At home" not in plain
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(plain)) as after:
        assert after.tobytes() == before.tobytes()
        assert dict(after.getexif()) == {ORIENTATION: 6}
    assert without_notes(without_notes(data, 1) or b"", 1) is None


def test_a_profile_stays() -> None:
    data = photo((160, 120), icc_profile=b"a profile")
    with Image.open(io.BytesIO(without_notes(data, 1) or b"")) as after:
        assert after.info["icc_profile"] == b"a profile"


def test_what_comes_after_the_end_goes() -> None:
    assert without_notes(PLAIN + photo((90, 60)), 1) == PLAIN


def test_what_has_no_notes_is_left_alone() -> None:
    assert without_notes(PLAIN, 1) is None


@given(st.binary(max_size=60), st.integers(0, len(PLAIN)))
def test_no_bytes_make_it_stumble(noise: bytes, place: int) -> None:
    for data in (noise, b"\xff\xd8" + noise, PLAIN[:place] + noise + PLAIN[place:], PLAIN[:place]):
        made = without_notes(data, 1)
        assert made is None or made.startswith(b"\xff\xd8")

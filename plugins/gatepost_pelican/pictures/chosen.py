"""What a site says in GATEPOST_PICTURES: which widths and kinds of a picture are made, and how wide pages show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

# The folder of the output in which all sizes stand.
FOLDER = "sized"
AVIF, WEBP = "avif", "webp"
# In the order in which browsers look at them.
TYPES = {AVIF: "image/avif", WEBP: "image/webp"}
# In pixels of the file. A column of text on a telephone and on a desk, wide pictures, and each at two pixels to one.
WIDTHS = (480, 800, 1200, 1600, 2240)
QUALITIES = {AVIF: 55, WEBP: 78, "jpg": 82}
# How wide a picture is shown, by the class of it or of the element around it; as the theme of the starter lays it out.
TEXT = "text"
SIZES = {
    TEXT: "(min-width: 42rem) 38.5rem, calc(100vw - 2rem)",
    "wide": "(min-width: 74rem) 70rem, (min-width: 68rem) calc(100vw - 4rem), (min-width: 42rem) 38.5rem, calc(100vw - 2rem)",
    "cover": "(min-width: 74rem) 70rem, calc(100vw - 2rem)",
    "motif": "(min-width: 68rem) 13.75rem, (min-width: 46rem) 11rem, calc(100vw - 2rem)",
}
_SETTINGS = ("widths", "formats", "qualities", "sizes")
_LIKE = '`GATEPOST_PICTURES = {"widths": (480, 800, 1600)}`'


@dataclass(frozen=True)
class Chosen:
    """`widths` from narrow to wide, in pixels; `sizes` as browsers read them, by class."""

    widths: tuple[int, ...]
    formats: tuple[str, ...]
    qualities: Mapping[str, int]
    sizes: Mapping[str, str]

    @property
    def recipe(self) -> str:
        """All of it that a byte of a file depends on."""
        return repr((self.widths, sorted(self.formats), sorted(self.qualities.items())))


def read(setting: Any) -> Chosen | None:
    """What is to be made; None where nothing is, or where the setting has mistakes."""
    if not setting or any(True for _ in mistakes(setting)):
        return None
    given = dict(setting) if isinstance(setting, Mapping) else {}
    return Chosen(
        widths=tuple(sorted(set(given.get("widths", WIDTHS)))),
        formats=tuple(given.get("formats", TYPES)),
        qualities={**QUALITIES, **given.get("qualities", {})},
        sizes={**SIZES, **given.get("sizes", {})},
    )


def mistakes(setting: Any) -> Iterator[tuple[str, str]]:
    """What is wrong with the setting, and the cure of each."""
    if not isinstance(setting, Mapping):
        if setting not in (None, True, False):
            yield f"GATEPOST_PICTURES is {setting!r}", f"Use True, False, or {_LIKE}"
        return
    for name in (name for name in setting if name not in _SETTINGS):
        yield f"GATEPOST_PICTURES knows no {name!r}", f"Use some of: {', '.join(_SETTINGS)}"
    if not _are(setting.get("widths", WIDTHS), lambda one: _is_number(one, 1, 16_000)):
        yield "the widths of GATEPOST_PICTURES are no list of pixels", f"Write whole numbers: {_LIKE}"
    if not _are(setting.get("formats", TYPES), lambda one: one in TYPES):
        yield "the formats of GATEPOST_PICTURES are not all known", f"Use some of: {', '.join(TYPES)}"
    yield from _wrong_tables(setting)


def _wrong_tables(setting: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    qualities, sizes = setting.get("qualities", {}), setting.get("sizes", {})
    if not isinstance(qualities, Mapping) or not all(
        name in QUALITIES and _is_number(one, 1, 100) for name, one in qualities.items()
    ):
        cure = f"Write numbers from 1 to 100 for some of: {', '.join(QUALITIES)}"
        yield "the qualities of GATEPOST_PICTURES are not as they should be", cure
    if not isinstance(sizes, Mapping) or not all(isinstance(one, str) for pair in sizes.items() for one in pair):
        cure = 'Write lengths by class: `{"sizes": {"text": "(min-width: 41rem) 38.5rem, 100vw"}}`'
        yield "the sizes of GATEPOST_PICTURES are not as they should be", cure


def _are(value: Any, fits: Any) -> bool:
    """Is it a list or the like of one or more things that fit?"""
    return isinstance(value, list | tuple | set | Mapping) and bool(value) and all(fits(one) for one in value)


def _is_number(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most

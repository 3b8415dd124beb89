"""What cameras and programs write into a JPEG, taken out without a change of a single pixel."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

_SCAN, _END, _EXIF, _APP2 = 0xDA, 0xD9, 0xE1, 0xE2
# EXIF and XMP, what editors and telephones know, remarks. What says how to show it stays: APP0 (JFIF) and APP14 (Adobe).
_NOTES = frozenset({_EXIF, *range(0xE3, 0xEE), 0xEF, 0xFE})
_PROFILE = b"ICC_PROFILE\0"
# In a scan, what looks like a marker and is none: an escaped byte, or one of eight signs to begin anew.
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
# EXIF of a single entry, which side is up, in the byte order of Motorola.
_SIDE = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0%c\0\0\0\0\0\0"

# A marker, and all bytes of its part with those of the scan behind it.
Part = tuple[int, bytes]


def without_notes(data: bytes, turned: int) -> bytes | None:
    """A JPEG that says nothing but how to show it; None where there is nothing to take out, or it is no whole JPEG.

    `turned` is which side is up, 1 to 8 as EXIF counts. What a telephone adds after the end of the picture goes, too.
    """
    try:
        parts = list(_parts(data))
    except (ValueError, IndexError, struct.error):
        return None
    kept = [part for part in parts if not _is_note(part)]
    size = sum(len(part) for _, part in parts) + 4
    if len(kept) == len(parts) and size == len(data):
        return None
    side = _SIDE % turned
    said = [struct.pack(">BBH", 0xFF, _EXIF, len(side) + 2) + side] if 1 < turned < 9 else []
    # JFIF wants to be the very first.
    first = 1 if kept and kept[0][0] == 0xE0 else 0
    pieces = [part for _, part in kept]
    return b"".join((b"\xff\xd8", *pieces[:first], *said, *pieces[first:], b"\xff\xd9"))


def _parts(data: bytes) -> Iterator[Part]:
    """All parts between the beginning and the end of a picture. Raises ValueError, IndexError or struct.error."""
    if not data.startswith(b"\xff\xd8"):
        raise ValueError("no JPEG")
    place = 2
    while data[place + 1] != _END:
        marker = data[place + 1]
        if data[place] != 0xFF or marker < 0xC0:
            raise ValueError("no marker")
        if marker == 0xFF:
            place += 1
            continue
        (length,) = struct.unpack_from(">H", data, place + 2)
        end = place + 2 + length
        if marker == _SCAN:
            found = _MARKER.search(data, end)
            if found is None:
                raise ValueError("no end")
            end = found.start()
        yield marker, data[place:end]
        place = end


def _is_note(part: Part) -> bool:
    marker, data = part
    return marker in _NOTES or (marker == _APP2 and not data.startswith(_PROFILE, 4))

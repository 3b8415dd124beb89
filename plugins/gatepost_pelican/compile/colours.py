"""The accent colour, made readable where letters are set in it or on it."""

from __future__ import annotations

PAPER = "#ffffff"
INK = "#1b1b1f"
# WCAG 2.2, success criterion 1.4.3: the contrast that body text needs.
READABLE = 4.5


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two `#rrggbb` colours, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def on_paper(colour: str) -> str:
    """The colour itself, or the nearest darker one that can be read on white paper."""
    parts = _parts(colour)
    while contrast(_hex(parts), PAPER) < READABLE:
        parts = [part * 0.95 for part in parts]
    return _hex(parts)


def letters_on(colour: str) -> str:
    """White or ink: whichever is easier to read on the colour."""
    return max((PAPER, INK), key=lambda letters: contrast(colour, letters))


def _parts(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def _hex(parts: list[float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _luminance(colour: str) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

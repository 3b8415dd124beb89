"""Where the boxes and bands of a flow picture lie. Lengths are units of the drawing, WIDTH wide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gatepost.report.flow import BEGINNING, ON, OTHERS, REQUEST, Flow, Node

WIDTH, BOX, EDGE = 960, 14, 200
# Every box has room for two lines of words beside it, however little flows through.
_TALL, _ROOM, _GAP, _LETTERS = 300.0, 38.0, 8.0, 26
_X = (EDGE, (WIDTH - BOX) // 2, WIDTH - EDGE - BOX)


@dataclass(frozen=True)
class Box:
    """A box with its words; `title` is the whole of them, `y` and `height` as drawn. `slug` is "" where it is no article."""

    node: Node
    slug: str
    title: str
    words: str
    x: float
    y: float
    height: float


@dataclass(frozen=True)
class Band:
    """A band as the path of its outline. `title` says what it is in words."""

    path: str
    title: str
    is_outside: bool


@dataclass(frozen=True)
class Drawing:
    """A whole picture."""

    height: float
    boxes: tuple[Box, ...]
    bands: tuple[Band, ...]


def draw(flow: Flow, titles: Mapping[str, str]) -> Drawing | None:
    """The picture of a flow; None where nothing flowed."""
    if not flow.links:
        return None
    scale = _TALL / max(sum(node.count for node in flow.column(number)) for number in range(3))
    tops, height = _tops(flow, scale)
    boxes = tuple(_box(node, top, scale, titles) for node, top in zip(flow.nodes, tops, strict=True))
    out, into = [box.y for box in boxes], [box.y for box in boxes]
    bands = []
    # From the top down on either side, so that bands cross no more than they must.
    for link in sorted(flow.links, key=lambda one: (one.source, one.target)):
        source, target, thick = boxes[link.source], boxes[link.target], link.count * scale
        path = _band(source.x + BOX, out[link.source], target.x, into[link.target], thick)
        ends = {source.node.key, target.node.key} & {BEGINNING, REQUEST}
        bands.append(Band(path, f"{source.title} → {target.title}: {link.count:,}", bool(ends)))
        out[link.source] += thick
        into[link.target] += thick
    return Drawing(round(height, 1), boxes, tuple(bands))


def words(key: str, titles: Mapping[str, str]) -> str:
    """What a box is called."""
    found = {
        BEGINNING: "Nothing: the journey began",
        ON: "Another article",
        OTHERS: "All other articles",
        REQUEST: "They asked",
    }
    return found.get(key) or titles.get(key, key)


def _tops(flow: Flow, scale: float) -> tuple[list[float], float]:
    found: list[float] = []
    heights = [sum(max(node.count * scale, _ROOM) + _GAP for node in flow.column(number)) - _GAP for number in range(3)]
    whole = max(heights)
    for number in range(3):
        at = (whole - heights[number]) / 2
        for node in flow.column(number):
            found.append(at)
            at += max(node.count * scale, _ROOM) + _GAP
    return found, whole


def _box(node: Node, top: float, scale: float, titles: Mapping[str, str]) -> Box:
    height = node.count * scale
    title = words(node.key, titles)
    short = title if len(title) <= _LETTERS else title[: _LETTERS - 1].rstrip() + "…"
    slug = "" if node.key in (BEGINNING, ON, OTHERS, REQUEST) else node.key
    y = top + max(0.0, (_ROOM - height) / 2)
    return Box(node, slug, title, short, _X[node.column], round(y, 1), round(max(height, 1.0), 1))


def _band(x: float, y: float, to_x: float, to_y: float, thick: float) -> str:
    middle = (x + to_x) / 2
    low, to_low = y + thick, to_y + thick
    return (
        f"M{x:.0f} {y:.1f}C{middle:.0f} {y:.1f} {middle:.0f} {to_y:.1f} {to_x:.0f} {to_y:.1f}"
        f"V{to_low:.1f}C{middle:.0f} {to_low:.1f} {middle:.0f} {low:.1f} {x:.0f} {low:.1f}Z"
    )

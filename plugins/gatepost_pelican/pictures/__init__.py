"""Responsive pictures: one source in the content becomes several sizes and kinds on the page.

Pages are written as templates make them, and their pictures are put in afterwards: so theme and texts need to know
nothing, and whatever shows a picture gets all of it. Feeds keep the plain picture of the writer.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gatepost_pelican.pictures import chosen


def folders(pelican: Mapping[str, Any]) -> list[str]:
    """The folder of the output in which every file is made by each build, where the site asks for it."""
    return [chosen.FOLDER] if chosen.read(pelican.get("GATEPOST_PICTURES")) else []


def make_ready(build: Any) -> None:
    """All is read and nothing is written: draw the pictures of all texts, and give the context what pages need."""
    generator = build.work.generator
    choice = chosen.read(generator.settings.get("GATEPOST_PICTURES"))
    if choice is not None:
        from gatepost_pelican.pictures.album import gathered

        generator.context["gatepost"]["pictures"] = gathered(build, choice)


def finish(build: Any, output: Path) -> None:
    """Pages and static files are in the output: what pages show says nowhere where it was taken."""
    known = build.work.generator.context.get("gatepost", {}) if build.work else {}
    if "pictures" in known:
        known["pictures"].lay_plain(output)


def write_sizes(path: str, context: Mapping[str, Any]) -> None:
    """A page was written: put its pictures in."""
    known = context.get("gatepost")
    pictures = known.get("pictures") if isinstance(known, dict) else None
    name = str(context.get("output_file", ""))
    if pictures is None or not name.endswith((".html", ".htm")) or not str(path).endswith(name):
        return
    page = Path(path)
    data = page.read_bytes()
    if b"<img" not in data and b"<IMG" not in data:
        return
    markup = data.decode("utf-8", "surrogateescape")
    fresh = pictures.on(markup, name, Path(str(path)[: -len(name)]))
    if fresh != markup:
        page.write_bytes(fresh.encode("utf-8", "surrogateescape"))

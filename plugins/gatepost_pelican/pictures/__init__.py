"""Responsive pictures: one source in the content becomes several sizes and kinds on the page.

Pages are written as templates make them, and their pictures are put in afterwards: so theme and texts need to know
nothing, and whatever shows a picture gets all of it. Feeds keep the plain picture of the writer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

from gatepost_pelican.pictures import chosen
from gatepost_pelican.pictures.rewriting import sources
from gatepost_pelican.pictures.shelf import Kept, Shelf
from gatepost_pelican.pictures.showing import FOLDER, Page, shown

_ENDINGS = (".jpg", ".jpeg", ".jfif", ".png", ".gif", ".webp", ".avif", ".tif", ".tiff", ".bmp", ".jp2")
_JPEG = (".jpg", ".jpeg", ".jfif")
_OURS = re.compile(r".+-[0-9a-f]{12}-\d+\.(avif|webp|jpg|png)")
_LINK = re.compile(r"[{|](?P<what>static|attach|filename)[|}](?P<path>.*)", re.DOTALL)
# Where articles and pages name a picture of theirs.
_FIELDS = ("image", "cover", "featured_image")


@dataclass
class Pictures:
    """All pictures of one build. `static` are the published files of the content, each with its source."""

    shelf: Shelf
    site: str
    static: Mapping[str, str]

    def on(self, markup: str, name: str, output: Path) -> str:
        """A page with its pictures, whose files are laid into the output. `name` is the page's own below it."""

        def find(path: str) -> Kept | None:
            kept = self.shelf.get(self.static[path]) if path in self.static else None
            if kept is not None:
                self.shelf.lay(kept, output / FOLDER)
            return kept

        return shown(markup, Page(name, self.site, self.shelf.chosen.sizes), find)


def folders(pelican: Mapping[str, Any]) -> list[str]:
    """The folder of the output in which every file is made by each build, where the site asks for it."""
    return [FOLDER] if chosen.read(pelican.get("GATEPOST_PICTURES")) else []


def make_ready(build: Any) -> None:
    """All is read and nothing is written: draw the pictures of all texts, and give the context what pages need."""
    pelican, context = build.work.generator.settings, build.work.generator.context
    choice = chosen.read(pelican.get("GATEPOST_PICTURES"))
    if choice is None:
        return
    # Each build lays them there anew, and what no page shows any more must not stay.
    for old in (Path(pelican["OUTPUT_PATH"]) / FOLDER).glob("*-*.*"):
        if _OURS.fullmatch(old.name):
            old.unlink()
    static = {str(one.save_as): str(one.source_path) for one in build.contents.static}
    pictures = Pictures(
        Shelf(build.settings.cache / "pictures", choice),
        build.settings.site_url,
        {path: source for path, source in static.items() if path.lower().endswith(_ENDINGS)},
    )
    shown_by = (*build.contents.all, *build.work.teasers.values())
    pictures.shelf.fill(_wanted(shown_by, pictures.static, build.settings.content))
    pictures.shelf.tidy()
    context["gatepost"]["pictures"] = pictures


def finish(build: Any, output: Path) -> None:
    """Pages and static files are in the output: what pages show says nowhere where it was taken."""
    known = build.work.generator.context.get("gatepost", {}) if build.work else {}
    pictures: Pictures | None = known.get("pictures")
    if pictures is None:
        return
    for path, source in pictures.static.items():
        if path.lower().endswith(_JPEG):
            pictures.shelf.lay_plain(source, output / path)


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


def _wanted(contents: tuple[Any, ...], static: Mapping[str, str], content: Path) -> Iterator[str]:
    """The sources of pictures that texts show, as far as one can say before pages are made; the others are drawn then."""
    by_source = {source: source for source in static.values()}
    for one in contents:
        named = [str(one.metadata[name]) for name in _FIELDS if one.metadata.get(name)]
        for src in (*(img.src for img in sources(one._content or "")), *named):
            match = _LINK.match(src)
            path = match["path"] if match else src
            beside = dirname(str(one.relative_source_path)) if hasattr(one, "relative_source_path") else ""
            below = path.lstrip("/") if path.startswith("/") else normpath(join(beside, path))
            found = by_source.get(str(content / below)) or static.get(path.lstrip("./"))
            if found:
                yield found

"""All pictures of one build, and the pages that show them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

from gatepost_pelican.contents import attach, place_of
from gatepost_pelican.pictures.chosen import FOLDER, Chosen
from gatepost_pelican.pictures.rewriting import sources
from gatepost_pelican.pictures.shelf import Kept, Shelf
from gatepost_pelican.pictures.showing import Page, shown

_ENDINGS = (".jpg", ".jpeg", ".jfif", ".png", ".gif", ".webp", ".avif", ".tif", ".tiff", ".bmp", ".jp2")
# Where a camera's notes are.
_JPEG = _ENDINGS[:3]
_OURS = re.compile(r".+-[0-9a-f]{12}-\d+\.(avif|webp|jpg|png)")
_LINK = re.compile(r"[{|](?P<what>static|attach|filename)[|}](?P<path>.*)", re.DOTALL)
# Where articles and pages name a picture of theirs.
_FIELDS = ("image", "cover", "featured_image")


@dataclass
class Pictures:
    """`static` are the published files of the content, each with its source."""

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

    def lay_plain(self, output: Path) -> None:
        """In the place of what pages show, the same without what a camera wrote into it."""
        for path, source in self.static.items():
            if path.lower().endswith(_JPEG):
                self.shelf.lay_plain(source, output / path)


def gathered(build: Any, choice: Chosen) -> Pictures:
    """The pictures of all texts, drawn. What earlier builds left of them in the output goes."""
    pelican = build.work.generator.settings
    # Each build lays them there anew, and what no page shows any more must not stay.
    for old in (Path(pelican["OUTPUT_PATH"]) / FOLDER).glob("*-*.*"):
        if _OURS.fullmatch(old.name):
            old.unlink()
    attach(build.contents.all)
    static = {place_of(one): str(one.source_path) for one in build.contents.static}
    pictures = Pictures(
        Shelf(build.settings.cache / "pictures", choice),
        build.settings.site_url,
        {path: source for path, source in static.items() if path.lower().endswith(_ENDINGS)},
    )
    shown_by = (*build.contents.all, *build.work.teasers.values())
    pictures.shelf.fill(_wanted(shown_by, pictures.static, build.settings.content))
    pictures.shelf.tidy()
    return pictures


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

"""Gatepost's scripts and default style beside the theme's own files, and sources that nobody may be given."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from pelican.generators import SourceFileGenerator, StaticGenerator

from gatepost import site
from gatepost_pelican.contents import place_of
from gatepost_pelican.loader import theme_knows

FILE_NAME = "gatepost.js"
# Only pages with a call that is being tested ask for it.
TRIALS = "trials.js"
FORMS = "forms.js"
# Only the page that asks the search index has a use for it.
SEARCH = ("search.js", "search.css")
SCRIPTS = (FILE_NAME, TRIALS, FORMS, "reading.js")
# How cards and forms look in a theme that says nothing of them.
STYLE = "gatepost.css"
_OWN = Path(__file__).parent / "static"
log = logging.getLogger(__name__)


class Address:
    """A file's address as the page that is being written needs it: relative under RELATIVE_URLS."""

    def __init__(self, context: Mapping[str, Any], name: str = FILE_NAME):
        self._context = context
        self._name = name

    def __str__(self) -> str:
        start = self._context.get("localsiteurl") or self._context.get("SITEURL") or ""
        return f"{start}/{self._context['THEME_STATIC_DIR']}/{self._name}"

    def __html__(self) -> str:
        return str(self)


def put_beside_theme(pelican: Mapping[str, Any], has_offers: bool) -> None:
    """Scripts and style where pages ask for them, unless the theme has brought its own that differ from ours."""
    folders = [*pelican["THEME_TEMPLATES_OVERRIDES"], f"{pelican['THEME']}/templates"]
    if not has_offers and not pelican.get("GATEPOST_SEARCH") and not theme_knows(folders):
        return
    folder = Path(pelican["OUTPUT_PATH"]) / pelican["THEME_STATIC_DIR"]
    scripts = site.script().parent
    names = (*SCRIPTS, *SEARCH) if pelican.get("GATEPOST_SEARCH") else SCRIPTS
    for source in (*(scripts / name for name in names), _OWN / STYLE):
        theirs, ours = Path(pelican["THEME"]) / "static" / source.name, source.read_bytes()
        if not theirs.is_file() or theirs.read_bytes() == ours:
            _put(without_notes(ours.decode()).encode() if source.suffix == ".js" else ours, folder / source.name)


def without_notes(source: str) -> str:
    """A script as it travels: without indentation, empty lines and lines that are a comment. No text of it runs over lines."""
    lines = (line.strip() for line in source.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith(("//", "/* ")))


def _put(content: bytes, path: Path) -> None:
    """Anew, since a file from the last build may be the published one by another name."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_bytes(content)


def hide_sources(generators: Iterable[Any], gated: Collection[str]) -> set[str]:
    """Keep back the sources of gated articles, and take away those of earlier builds. Returns where static copies would be.

    They are published under OUTPUT_SOURCES, and as static files with STATIC_EXCLUDE_SOURCES = False.
    """
    gone: set[str] = set()
    for generator in generators:
        if isinstance(generator, SourceFileGenerator):
            generator._create_source = partial(_create_source, generator, generator._create_source, gated)
        elif isinstance(generator, StaticGenerator):
            gone |= _hide_copies(generator, gated)
    return gone


def _hide_copies(generator: Any, gated: Collection[str]) -> set[str]:
    hidden = [file for file in generator.context["staticfiles"] if str(file.source_path) in gated]
    generator.staticfiles[:] = [file for file in generator.staticfiles if file not in hidden]
    generator.context["staticfiles"] = generator.staticfiles
    places = {place_of(file) for file in hidden}
    for place in places:
        (Path(generator.output_path) / place).unlink(missing_ok=True)
        log.info("%s is not published: a part of it is held", place)
    return places


def _create_source(generator: Any, create: Any, gated: Collection[str], content: Any) -> None:
    if str(content.source_path) not in gated:
        create(content)
        return
    name = Path(content.save_as).with_suffix(generator.output_extension)
    (Path(generator.output_path) / name).unlink(missing_ok=True)
    log.info("The source of %s is not published: a part of it is held", content.source_path)

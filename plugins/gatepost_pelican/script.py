"""Gatepost's scripts and default style beside the theme's own files, and sources that nobody may be given."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from pelican.generators import SourceFileGenerator

from gatepost import site
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


def hide_sources(generator: Any, gated: Collection[str]) -> None:
    """Under OUTPUT_SOURCES, keep back the sources of gated articles, and take away those of earlier builds."""
    if isinstance(generator, SourceFileGenerator):
        generator._create_source = partial(_create_source, generator, generator._create_source, gated)


def _create_source(generator: Any, create: Any, gated: Collection[str], content: Any) -> None:
    if str(content.source_path) not in gated:
        create(content)
        return
    name = Path(content.save_as).with_suffix(generator.output_extension)
    (Path(generator.output_path) / name).unlink(missing_ok=True)
    log.info("The source of %s is not published: a part of it is held", content.source_path)

"""Links and pictures of a text that goes to paper: Pelican's braces become addresses on the web and files on disk."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pelican.contents import Author, Category, Tag

from gatepost_pelican.mistakes import SourceMistake
from gatepost_pelican.sources import opened

_WRAPPERS = {"category": Category, "tag": Tag, "author": Author}


@dataclass
class Paper:
    """Resolves the braces of one file after another; what leads nowhere is kept in `mistakes`."""

    context: Mapping[str, Any]
    content: Path
    site_url: str

    def __post_init__(self) -> None:
        self.mistakes: list[SourceMistake] = []
        self._braces = re.compile(
            rf"""(?P<before><[^>]+?\b(?P<attribute>href|src|poster|data|cite)\s*=\s*)(?P<quote>["'])"""
            rf"""{self.context["INTRASITE_LINK_REGEX"]}(?P<value>.*?)(?P=quote)""",
            re.DOTALL,
        )

    def resolved(self, markup: str, file: Path) -> str:
        """The markup of `file` with every address whole."""
        return self._braces.sub(lambda match: self._replaced(match, file), markup)

    def _replaced(self, match: re.Match[str], file: Path) -> str:
        path, mark, anchor = html.unescape(match["value"]).partition("#")
        address = self._address(match["what"], unquote(path), match["attribute"], file)
        if address is None:
            problem = f"the link to {match['value']!r} leads nowhere"
            cure = "Write the path from the content folder, with a slash before it, or from this file, without one"
            self.mistakes.append(opened(file).mistake(match["value"], problem, cure))
            return match[0]
        return f"{match['before']}{match['quote']}{html.escape(address + mark + anchor)}{match['quote']}"

    def _address(self, what: str, path: str, attribute: str, file: Path) -> str | None:
        if what in _WRAPPERS:
            return self._on_site(_WRAPPERS[what](path, self.context).url)
        if what == "index":
            return self._on_site(self.context["INDEX_SAVE_AS"])
        folder = self.content if path.startswith("/") else file.parent
        target = Path(os.path.normpath(folder / path.lstrip("/")))
        if not target.is_relative_to(self.content):
            return None
        name = target.relative_to(self.content).as_posix()
        if attribute == "src" and target.is_file():
            return f"/{name}"
        found = self.context["generated_content"].get(name) or self.context["static_content"].get(name)
        return self._on_site(found.url) if found is not None else None

    def _on_site(self, url: str) -> str:
        return f"{self.site_url}/{url.lstrip('/')}"

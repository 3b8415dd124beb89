"""Every address that a build will make, and what stands there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from gatepost_pelican import cards, landing
from gatepost_pelican.checking.texts import TEASER, Site, Text

# The capture service's own, on a site that shares its address with it.
_SERVED = ("my", "leave", "owner", "api", "confirm", "download", "list", "thanks", "signup", "mailbox", "healthz")
# Made once pages are written, if at all, and by whom is a matter of settings.
_MADE = ("sitemap.xml", "robots.txt", "search.html", "search/", "pagefind/", "cards/")
_PERIODS = ("YEAR", "MONTH", "DAY")


class Addresses:
    """What the site has at which path. Paths have no slash before them; folders mean their `index.html`."""

    def __init__(self, site: Site):
        self.site = site

    @cached_property
    def texts(self) -> dict[str, Text]:
        """By each path that leads to them."""
        return {path: text for text in reversed(self.site.texts) for path in _paths_of(text)}

    @cached_property
    def others(self) -> frozenset[str]:
        """Paths of lists, feeds and static files."""
        return frozenset(_plain(path) for path in self._others() if path)

    @cached_property
    def by_case(self) -> dict[str, str]:
        return {path.casefold(): path for path in (*self.texts, *self.others)}

    def at(self, path: str) -> Text | None:
        """The article, page or offer that a path leads to."""
        return next((self.texts[name] for name in _spellings(path) if name in self.texts), None)

    def has(self, path: str) -> bool:
        """Does a path lead anywhere?"""
        names = _spellings(path)
        return (
            any(name in self.texts or name in self.others for name in names)
            or path.startswith((f"{self.site.pelican['THEME_STATIC_DIR']}/", *_MADE))
            or path.split("/", maxsplit=1)[0] in _SERVED
        )

    def in_other_case(self, path: str) -> str:
        """The path that differs from this one in capitals only; empty where there is none."""
        return next((self.by_case[name.casefold()] for name in _spellings(path) if name.casefold() in self.by_case), "")

    def near(self, path: str) -> str:
        """The path that a writer may have meant; empty where none is near."""
        from difflib import get_close_matches

        return next(iter(get_close_matches(path, [*self.texts, *self.others], n=1, cutoff=0.75)), "")

    def _others(self) -> Iterator[str]:
        pelican, context = self.site.pelican, self.site.context
        yield from ("index.html", landing.INDEX, *(cards.landing_page(slug) for slug in self.site.work.teasers))
        for file in context["static_content"].values():
            yield from (file.url, file.save_as)
        for name in ("categories", "tags", "authors"):
            for wrapper, _ in context.get(name) or ():
                yield from (wrapper.url, wrapper.save_as)
        for name in pelican["DIRECT_TEMPLATES"]:
            yield str(pelican.get(f"{name.upper()}_SAVE_AS") or f"{name}.html")
        yield from map(str, (pelican.get("TEMPLATE_PAGES") or {}).values())
        yield from self._feeds(pelican)
        yield from self._periods(pelican)

    def _feeds(self, pelican: Mapping[str, Any]) -> Iterator[str]:
        lists = {"CATEGORY": "categories", "TAG": "tags", "AUTHOR": "authors"}
        for name, value in pelican.items():
            if not value or not isinstance(value, str) or "FEED" not in name or not name.endswith(("_ATOM", "_RSS")):
                continue
            wrappers = self.site.context.get(lists.get(name.split("_")[0], ""), ()) or ()
            yield from (value.format(slug=wrapper.slug) for wrapper, _ in wrappers) if wrappers else (value,)

    def _periods(self, pelican: Mapping[str, Any]) -> Iterator[str]:
        patterns = [str(pelican.get(f"{period}_ARCHIVE_SAVE_AS") or "") for period in _PERIODS]
        for article in self.site.contents.published if any(patterns) else ():
            yield from (pattern.format(date=article.date) for pattern in patterns if pattern)


def _paths_of(text: Text) -> Iterable[str]:
    if text.kind == TEASER:
        return (_plain(cards.landing_page(text.content.slug)),)
    return {_plain(text.content.url), _plain(text.content.save_as)}


def _plain(path: str) -> str:
    return unquote(str(path)).replace("\\", "/").lstrip("/")


def _spellings(path: str) -> tuple[str, ...]:
    """The files that a server looks for under an address."""
    path = re.sub(r"/{2,}", "/", path)
    if path in ("", "."):
        return ("index.html",)
    if path.endswith("/"):
        return (f"{path}index.html", path)
    return (path, f"{path}.html", f"{path}/index.html", f"{path}/")


def joined(base: str, path: str) -> str:
    """A relative path as seen from a page at `base`; empty where it climbs out of the site."""
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(base), path))
    if whole.startswith(".."):
        return ""
    return ("" if whole == "." else whole) + ("/" if path.endswith("/") and whole != "." else "")


def inside(path: Path, folder: Path) -> str:
    """A file's name below a folder, with slashes; empty where it does not lie there."""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else ""

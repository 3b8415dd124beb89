"""The pages that search engines may know: published, not asked to stay out of an index, and written."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

# The lists that Pelican makes by templates of their own; a template by another name may be anything.
LISTS = ("index", "archives", "categories", "tags", "authors")
_INDEX = re.compile(r"(^|/)index\.html?$")
# Most paths need no care.
_PLAIN = re.compile(r"[A-Za-z0-9/._-]*")
# What may stand in an address as it is; a percent sign begins what has been encoded already.
_SAFE = "/%:?#[]@!$&'()*+,;=~"


@dataclass(frozen=True)
class Public:
    """One page: its path below the site's address, when it was last changed, and (language, path) of all its versions.

    A version in no language ("x-default") is for those who read none of the others.
    """

    path: str
    changed: datetime | None = None
    versions: tuple[tuple[str, str], ...] = ()


def clean(path: str) -> str:
    """A path as readers see it: without the name of a folder's own page."""
    return _INDEX.sub(r"\1", path)


def whole(site: str, path: str) -> str:
    """The whole address of a path, in letters that every machine reads. `site` has no slash at its end."""
    return f"{_in_ascii(site)}/{path if _PLAIN.fullmatch(path) else quote(path.partition('#')[0], safe=_SAFE)}"


@cache
def _in_ascii(site: str) -> str:
    parts = urlsplit(site)
    host = parts.netloc if parts.netloc.isascii() else _punycode(parts.netloc)
    return quote(urlunsplit((parts.scheme, host, parts.path, "", "")), safe=_SAFE)


def _punycode(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def may_be_found(content: Any) -> bool:
    """Is it for everybody, and for search engines, too? `Robots: noindex` keeps an article or a page out."""
    robots = str(content.metadata.get("robots") or "").lower()
    return content.status == "published" and "noindex" not in robots and "none" not in robots and not is_error(content)


def is_error(content: Any) -> bool:
    """Is it what a server shows in the place of a page that is not there?"""
    return str(getattr(content, "save_as", "")).rsplit("/", 1)[-1] == "404.html"


def changed(content: Any) -> datetime | None:
    """When its writer says that it was changed last."""
    found = getattr(content, "modified", None) or getattr(content, "date", None)
    return found if isinstance(found, datetime) else None


def versions(content: Any, default: str) -> tuple[tuple[str, str], ...]:
    """(language, path) of an article or a page and of its translations, sorted; none where there is one version only.

    `default` is the site's own language: its version is for everybody else, too.
    """
    found = {one.lang: clean(str(one.url)) for one in (*content.translations, content) if may_be_found(one)}
    if len(found) < 2 or not may_be_found(content):
        return ()
    other = (("x-default", found[default]),) if default in found else ()
    return (*sorted(found.items()), *other)


def pages(
    settings: Mapping[str, Any], context: Mapping[str, Any], contents: Any, offers: Iterable[str]
) -> list[Public]:
    """Every public page once, sorted by path. `offers` are the pages of offers, as paths."""
    output, default = str(settings["OUTPUT_PATH"]), str(settings["DEFAULT_LANG"])
    found: dict[str, Public] = {}

    def note(save_as: Any, url: Any, when: datetime | None, others: tuple[tuple[str, str], ...] = ()) -> None:
        path = clean(str(url))
        if save_as and os.path.isfile(os.path.join(output, str(save_as))):
            found.setdefault(path, Public(path, when, others))

    for content in (*contents.published, *contents.translations, *contents.pages):
        if may_be_found(content):
            note(content.save_as, content.url, changed(content), versions(content, default))
    for save_as, url, articles in _lists(settings, context):
        note(save_as, url, _newest(articles))
    for url in offers:
        note(url, url, None)
    return sorted(found.values(), key=lambda page: page.path)


def _lists(settings: Mapping[str, Any], context: Mapping[str, Any]) -> Iterator[tuple[Any, Any, Sequence[Any]]]:
    articles = context.get("articles") or ()
    for name in LISTS:
        if name in settings["DIRECT_TEMPLATES"]:
            page, big = f"{name}.html", name.upper()
            yield settings.get(f"{big}_SAVE_AS", page), settings.get(f"{big}_URL", page), articles
    for kind in ("categories", "tags", "authors"):
        for name, written in context.get(kind) or ():
            yield name.save_as, name.url, written


def _newest(articles: Sequence[Any]) -> datetime | None:
    return max((when for when in map(changed, articles) if when is not None), default=None)

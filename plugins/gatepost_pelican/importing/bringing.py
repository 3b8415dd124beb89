"""An export as the files of a site: articles, pages, pictures, redirects, and what was left out and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pelican.contents import Article, Page
from pelican.urlwrappers import Category
from pelican.utils import SafeDatetime

from gatepost_pelican.importing import addresses, articles, naming, redirects, writing
from gatepost_pelican.importing.exports import ARTICLE, HIDDEN, PUBLISHED, Export, LeftOut, Post
from gatepost_pelican.importing.places import Media, Places, key
from gatepost_pelican.importing.shelves import Shelf

# Beside the content: nothing of it is published. Each system has a folder there.
REPORT = "import"
# What was left out, and which files were missing: there only where there is something to say.
REPORTS = ("left-out.txt", "missing-files.txt")
_FRAGMENT = re.compile(r"""\bhref\s*=\s*["'][^"'#]*#([^"']+)["']""", re.IGNORECASE)


@dataclass
class Brought:
    """`files` are by their path from the site's folder, each as bytes or as what reads them. `counts` are of articles, pages and pictures, by these names.
    `report` is the folder for redirects and for what was left out, which each import writes anew.
    """

    files: dict[str, writing.Content] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    report: str = REPORT


def bring(export: Export, shelf: Shelf, site: Mapping[str, Any], folder: Path) -> Brought:
    """What is to be written for this export into the site with these settings. Raises CannotImport."""
    content = Path(site["PATH"])
    content = content.relative_to(folder) if content.is_relative_to(folder) else Path("content")
    folders = {kind: _first(site, kind) for kind in (ARTICLE, "page")}
    pictures = str(next(iter(site["STATIC_PATHS"]), "images"))
    posts = list(export.posts)
    brought, slugs = Brought(left_out=export.left_out, report=f"{REPORT}/{export.source}"), _slugs(posts)
    brought.renamed = [
        (post.title, slug)
        for post, slug in zip(posts, slugs, strict=True)
        if post.slug and unquote(post.slug).casefold() != slug.casefold()
    ]
    sources = [f"{folders[post.kind]}/{slug}.md".lstrip("/") for post, slug in zip(posts, slugs, strict=True)]
    shown = {PUBLISHED, HIDDEN}
    stood = {
        key(address): source
        for post, source in zip(posts, sources, strict=True)
        for address in post.addresses
        if articles.status(post) in shown
    }
    places = Places(_hosts(export), stood, Media(shelf), pictures, _base(export), _named(posts))
    for post, slug, source in zip(posts, slugs, sources, strict=True):
        brought.files[(content / source).as_posix()] = articles.written(post, slug, places, brought.left_out).encode(
            "utf-8", "replace"
        )
    media = {(content / pictures / name).as_posix(): read for name, read in places.media.found.items()}
    brought.files |= media
    brought.missing = [one for one in places.media.missing if addresses.host(one)]
    moved = list(_moved(zip(posts, slugs, strict=True), site))
    brought.files |= {
        f"{brought.report}/{name}": text.encode("utf-8", "replace") for name, text in redirects.files(moved).items()
    }
    brought.files |= _reports(brought)
    brought.counts = {f"{kind}s": sum(post.kind == kind for post in posts) for kind in (ARTICLE, "page")} | {
        "pictures": len(media)
    }
    return brought


def _first(site: Mapping[str, Any], kind: str) -> str:
    return str(next(iter(site[f"{kind.upper()}_PATHS"]), f"{kind}s")).strip("/")


def _hosts(export: Export) -> frozenset[str]:
    # The same site with and without its www.
    return frozenset(
        other
        for host in export.hosts
        for other in (host, host.removeprefix("www."), f"www.{host.removeprefix('www.')}")
    )


def _base(export: Export) -> str:
    return f"https://{min(export.hosts)}" if export.hosts and export.source != "medium" else ""


def _named(posts: list[Post]) -> frozenset[str]:
    return frozenset(name for post in posts for name in _FRAGMENT.findall(post.html))


def _slugs(posts: list[Post]) -> list[str]:
    names = naming.Names()
    return [names.take(naming.slug(post.slug, post.title, post.number)) for post in posts]


def _moved(posts: Any, site: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for post, slug in posts:
        if articles.status(post) != PUBLISHED:
            continue
        new = f"/{_address(post, slug, site)}"
        yield from ((address, new) for address in post.addresses)


def _address(post: Post, slug: str, site: Mapping[str, Any]) -> str:
    metadata: dict[str, Any] = {
        "title": post.title or slug,
        "slug": slug,
        "category": Category(post.category or site["DEFAULT_CATEGORY"], site),
    }
    if post.date:
        metadata["date"] = SafeDatetime(
            *(getattr(post.date, name) for name in ("year", "month", "day", "hour", "minute")), tzinfo=post.date.tzinfo
        )
    elif post.kind == ARTICLE:
        metadata["date"] = SafeDatetime.fromtimestamp(datetime(2000, 1, 1).timestamp())  # noqa: DTZ001
    kind = Article if post.kind == ARTICLE else Page
    return str(kind("", metadata, settings=site).url)


def said(left: LeftOut) -> str:
    """What was left out and why, as one line."""
    where = f" in “{articles.plain(left.where)}”" if left.where else ""
    return f"{left.what}{where}: {left.why}."


def _reports(brought: Brought) -> dict[str, bytes]:
    lines = [said(left) for left in dict.fromkeys(brought.left_out)]
    made = dict(zip(REPORTS, (lines, brought.missing), strict=True))
    return {
        f"{brought.report}/{name}": ("\n".join(text) + "\n").encode("utf-8", "replace")
        for name, text in made.items()
        if text
    }

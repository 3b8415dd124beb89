"""The list of all pages that search engines read, and robots.txt, which tells them where it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from gatepost_pelican.machines.public import Public, whole

NAME, ROBOTS = "sitemap.xml", "robots.txt"
# By the protocol (sitemaps.org): so many addresses and bytes in one file, and so many files in an index.
MOST_PAGES, MOST_BYTES = 50_000, 50 * 1024 * 1024
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_LINKS = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
_OPEN, _CLOSE = f"{_HEAD}<urlset {_SPACE} {_LINKS}>\n", "</urlset>\n"


def write(output: Path, site: str, pages: Sequence[Public]) -> list[str]:
    """Write the list, in several files and an index of them where one would be too long; none where there is no page.

    Returns the names of the files.
    """
    parts = list(_parts(site, pages))
    files = _indexed(site, parts) if len(parts) > 1 else {NAME: parts[0][0]} if parts else {}
    for old in output.glob("sitemap-*.xml"):
        if old.name not in files and old.name.removeprefix("sitemap-").removesuffix(".xml").isdecimal():
            old.unlink()
    for name, text in files.items():
        put(output / name, text)
    return list(files)


def _indexed(site: str, parts: Sequence[tuple[str, datetime | None]]) -> dict[str, str]:
    files = {f"sitemap-{number}.xml": text for number, (text, _) in enumerate(parts, 1)}
    entries = (
        f"<sitemap><loc>{escape(whole(site, name))}</loc>{_changed(when)}</sitemap>\n"
        for name, (_, when) in zip(files, parts, strict=True)
    )
    return {NAME: f"{_HEAD}<sitemapindex {_SPACE}>\n{''.join(entries)}</sitemapindex>\n", **files}


def _parts(site: str, pages: Iterable[Public]) -> Iterator[tuple[str, datetime | None]]:
    """The files, each with when its newest page was changed."""
    entries: list[str] = []
    room, newest = MOST_BYTES, None
    for page in pages:
        entry = _entry(site, page)
        size = len(entry.encode())
        if entries and (len(entries) >= MOST_PAGES or size > room - len(_OPEN) - len(_CLOSE)):
            yield _OPEN + "".join(entries) + _CLOSE, newest
            entries, room, newest = [], MOST_BYTES, None
        entries.append(entry)
        room -= size
        newest = max(filter(None, (newest, page.changed)), default=None)
    if entries:
        yield _OPEN + "".join(entries) + _CLOSE, newest


def _entry(site: str, page: Public) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang={quoteattr(language)} href={quoteattr(whole(site, path))}/>'
        for language, path in page.versions
    )
    return f"<url><loc>{escape(whole(site, page.path))}</loc>{_changed(page.changed)}{links}</url>\n"


def _changed(when: datetime | None) -> str:
    """A moment with its zone; only the day where a date has none."""
    if when is None:
        return ""
    return f"<lastmod>{when.isoformat(timespec='seconds') if when.tzinfo else when.date().isoformat()}</lastmod>"


def write_robots(output: Path, sitemaps: Iterable[str]) -> None:
    """Everything may be read, and the sitemaps (whole addresses) are named. What is private is nowhere in here: it is not published."""
    named = "".join(f"Sitemap: {address}\n" for address in dict.fromkeys(sitemaps))
    put(output / ROBOTS, f"User-agent: *\nDisallow:\n\n{named}")


def is_at_root(site: str) -> bool:
    """Does the site have its host for itself? Only there do robots look for robots.txt."""
    return not urlsplit(site).path.strip("/")


def put(path: Path, text: str) -> None:
    """Write a file anew where it differs: the one that is there may be the published one by another name."""
    data = text.encode("utf-8")
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_bytes(data)

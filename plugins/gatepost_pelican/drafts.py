"""Drafts held back from the output: built as whole pages, and kept where only a signed link finds them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit
from uuid import UUID

from gatepost import catalogue
from gatepost import drafts as held
from gatepost.drafts import Draft

if TYPE_CHECKING:
    from gatepost_pelican.moments import Build
    from gatepost_pelican.settings import SiteSettings

SETTING, PRIVATE = "GATEPOST_DRAFTS", "private"
_ADDRESS = re.compile(r"""(\s(?:href|src|action|data-gp-s(?:earch|ite))=")(\.{1,2}(?:/[^"]*)?)(?=")""")
_PICTURES = re.compile(r"""\s(?:image)?srcset="[^"]*["]""")
_PICTURE = re.compile(r"""((?:"|,)\s*)(\.{1,2}/[^\s,"]*)""")


def is_private(pelican: Mapping[str, Any]) -> bool:
    """Are drafts held back?"""
    return bool(pelican.get(SETTING) == PRIVATE)


def mistakes(chosen: Any) -> Iterator[tuple[str, str]]:
    """What is wrong with the setting, and its cure."""
    if chosen not in (None, "", PRIVATE, "public"):
        yield f"{SETTING} is {chosen!r}", "Use one of: private, public"


def hold(pelican: Mapping[str, Any], build: Build) -> None:
    """Once every page is written: hold those of the drafts, and let go of what is no draft any more."""
    outer = build.outermost
    found = _found(build.contents.all, pelican, outer.settings.language)
    build.held_drafts = {address: draft.subject for address, draft in found.items()}
    take(Path(pelican["OUTPUT_PATH"]), build.held_drafts, pelican, build.settings)
    outer.drafts += found.values()
    held.keep(build.settings.data, dict.fromkeys(outer.drafts))
    build.speed.holds({address: subject.hex for address, subject in build.held_drafts.items()})


def _found(contents: Iterable[Any], pelican: Mapping[str, Any], own: str) -> dict[str, Draft]:
    """The drafts among these by where they are written; none where they are public. `own` is the outermost site's language."""
    if not is_private(pelican):
        return {}
    return {str(one.save_as): _draft(one, pelican, own) for one in contents if one.status == "draft" and one.save_as}


def take(output: Path, subjects: Mapping[str, UUID], pelican: Mapping[str, Any], settings: SiteSettings) -> set[str]:
    """Move the pages at these addresses that lie in `output` to where they are held. Returns those that lay there."""
    taken, root = set(), _root(settings) if pelican["RELATIVE_URLS"] else None
    for address, subject in subjects.items():
        path = output / address
        if path.is_file():
            page = path.read_bytes() if root is None else _standing_alone(path, f"{root}/{address}")
            catalogue.write_atomically(held.page(settings.data, subject), page)
            path.unlink()
            taken.add(address)
            _remove_empty(path.parent, output)
    return taken


def _draft(content: Any, pelican: Mapping[str, Any], own: str) -> Draft:
    language = "" if content.lang == own else str(content.lang)
    source = Path(content.source_path)
    inside = source.is_relative_to(pelican["PATH"])
    name = source.relative_to(pelican["PATH"]).as_posix() if inside else source.name
    return Draft(str(content.slug), str(content.title), str(content.save_as), name, language)


def is_elsewhere(site_url: str, capture_url: str) -> bool:
    """Are drafts shown under another origin than that of the site?"""
    site, capture = urlsplit(site_url), urlsplit(capture_url)
    return bool(site.netloc and capture.netloc) and (site.scheme, site.netloc) != (capture.scheme, capture.netloc)


def _root(settings: SiteSettings) -> str:
    """What an address of the site begins with where a draft is shown: the site's path, or its whole address elsewhere."""
    if is_elsewhere(settings.site_url, settings.capture_url):
        return settings.site_url
    return urlsplit(settings.site_url).path


def _standing_alone(path: Path, own: str) -> bytes:
    """The page as it reads under any other address; `own` is the one that its relative links begin at."""

    def whole(link: re.Match[str]) -> str:
        return f"{link[1]}{urljoin(own, link[2])}"

    text = _ADDRESS.sub(whole, path.read_text(encoding="utf-8"))
    return _PICTURES.sub(lambda several: _PICTURE.sub(whole, several[0]), text).encode()


def _remove_empty(folder: Path, output: Path) -> None:
    while folder != output and folder.is_relative_to(output) and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent

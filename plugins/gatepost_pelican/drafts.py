"""Drafts held back from the output: built as whole pages, and kept where only a signed link finds them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from gatepost import catalogue
from gatepost import drafts as held
from gatepost.drafts import Draft

SETTING, PRIVATE = "GATEPOST_DRAFTS", "private"
_ADDRESS = re.compile(r"""(\s(?:href|src|action|srcset|data-gp-s(?:earch|ite))=")(\.{1,2}(?:/[^"]*)?)(?=")""")


def is_private(pelican: Mapping[str, Any]) -> bool:
    """Are drafts held back?"""
    return bool(pelican.get(SETTING) == PRIVATE)


def mistakes(chosen: Any) -> Iterator[tuple[str, str]]:
    """What is wrong with the setting, and its cure."""
    if chosen not in (None, "", PRIVATE, "public"):
        yield f"{SETTING} is {chosen!r}", "Use one of: private, public"


def found(contents: Iterable[Any], pelican: Mapping[str, Any]) -> dict[str, Draft]:
    """The drafts among these by where they are written; none where they are public."""
    if not is_private(pelican):
        return {}
    return {str(one.save_as): _draft(one, pelican) for one in contents if one.status == "draft" and one.save_as}


def take(output: Path, subjects: Mapping[str, UUID], pelican: Mapping[str, Any], data: Path) -> set[str]:
    """Move the pages at these addresses that lie in `output` to where they are held. Returns those that lay there."""
    taken = set()
    for address, subject in subjects.items():
        path = output / address
        if path.is_file():
            catalogue.write_atomically(held.page(data, subject), _standing_alone(path, address, pelican))
            path.unlink()
            taken.add(address)
            _remove_empty(path.parent, output)
    return taken


def _draft(content: Any, pelican: Mapping[str, Any]) -> Draft:
    language = "" if content.lang == pelican["DEFAULT_LANG"] else str(content.lang)
    source = Path(content.source_path)
    inside = source.is_relative_to(pelican["PATH"])
    name = source.relative_to(pelican["PATH"]).as_posix() if inside else source.name
    return Draft(str(content.slug), str(content.title), str(content.save_as), name, language)


def _standing_alone(path: Path, address: str, pelican: Mapping[str, Any]) -> bytes:
    """The page as it reads under any other address of the site."""
    if not pelican["RELATIVE_URLS"]:
        return path.read_bytes()
    text = path.read_text(encoding="utf-8")
    return _ADDRESS.sub(lambda one: one[1] + urljoin(f"/{address}", one[2]), text).encode()


def _remove_empty(folder: Path, output: Path) -> None:
    while folder != output and folder.is_relative_to(output) and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent

"""Slugs and file names that are safe on every disk, each given away once."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from pelican.utils import slugify

_LONGEST = 100
_FINE = re.compile(r"\w[\w-]*(?:\.[\w-]+)*")
# What Windows does not allow as a name, whatever follows its dot.
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_SUBSTITUTIONS = [(r"[^\w\s-]", ""), (r"(?u)\A\s*", ""), (r"(?u)\s*\Z", ""), (r"[-\s]+", "-")]


class Names:
    """Names that are taken already; small and capital letters are the same on some disks."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, wanted: str, ending: str = "") -> str:
        """The name, with a number behind it where it is taken."""
        name, number = wanted, 1
        while f"{name}{ending}".casefold() in self._taken:
            number += 1
            name = f"{wanted}-{number}"
        self._taken.add(f"{name}{ending}".casefold())
        return name


def slug(*candidates: str) -> str:
    """The first of these that gives a slug, as it is where it is one."""
    for candidate in candidates:
        found = unquote(candidate).strip().strip("/")
        if _FINE.fullmatch(found) and not _RESERVED.match(found) and len(found) <= _LONGEST:
            return found
        made = str(slugify(found, regex_subs=_SUBSTITUTIONS, preserve_case=False, use_unicode=True))[:_LONGEST].strip(
            "-_."
        )
        if made and not _RESERVED.match(made):
            return made
    return "untitled"


def file(address: str) -> tuple[str, str]:
    """The name and ending of a file, from any address or path, with nothing of its folders."""
    path = PurePosixPath(unquote(address).replace("\\", "/").partition("?")[0].partition("#")[0])
    ending = path.suffix.lower() if re.fullmatch(r"\.[a-z0-9]{1,8}", path.suffix.lower()) else ""
    return slug(path.name[: len(path.name) - len(path.suffix)] if ending else path.name), ending

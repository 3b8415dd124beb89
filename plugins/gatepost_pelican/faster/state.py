"""What the last whole build left: its inputs, its pages, and what each page was made of. One file, written last."""

from __future__ import annotations

import marshal
import os
import secrets
import shutil
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gatepost_pelican.faster.inputs import Stamp
from gatepost_pelican.faster.world import Places

VERSION = 1
_FILE = "state"
_PAGES = "pages"
# Size and time of a page that was written.
Written = tuple[int, int]


@dataclass(frozen=True)
class State:
    """`name` is that of the world's files, `checksum` that of the world. `alone` are the articles and pages whose text may change alone; `until` is when pages age, 0 for never.

    `drafts` are the pages that are held, each with the id that a link to it is signed for.
    `searched` are the pages that can be searched, and the index knows them as they are if `is_searched`.
    `begun` is when the inputs were looked at, in nanoseconds. `reads` says for each page which texts it was made of, and `makers` which call made it.
    """

    name: str
    settings: bytes
    environment: bytes
    inputs: Mapping[str, Stamp]
    folders: tuple[str, ...]
    without: tuple[str, ...]
    alone: frozenset[str]
    pages: Mapping[str, Written]
    makers: Mapping[str, int]
    reads: Mapping[str, tuple[str, ...]]
    places: Places
    checksum: int
    catalogue: Stamp | None
    begun: int
    until: float = 0
    searched: tuple[str, ...] = ()
    is_searched: bool = True
    drafts: Mapping[str, str] = field(default_factory=dict)
    version: int = field(default=VERSION)

    def readers_of(self, sources: set[str]) -> set[str]:
        """The pages that are made of any of these texts."""
        return {page for page, read in self.reads.items() if not sources.isdisjoint(read)}

    def changed(self, **fields: Any) -> State:
        """The same with other fields."""
        return replace(self, **fields)


class Keeping:
    """The folder in which a state, its world and the last pages are kept."""

    def __init__(self, cache: Path):
        self.folder = cache / "last"
        self.pages = self.folder / _PAGES

    def read(self) -> State | None:
        """The last state, if there is one that can be read."""
        try:
            data = (self.folder / _FILE).read_bytes()
            if zlib.crc32(data[4:]) != int.from_bytes(data[:4], "big"):
                return None
            found = marshal.loads(data[4:])  # noqa: S302 - a file of this machine's own
            return State(**found) if found.get("version") == VERSION else None
        except (OSError, ValueError, EOFError, TypeError, AttributeError):
            return None

    def forget(self) -> None:
        """From now on there is no last build; its pages and files go with the next one that is kept."""
        (self.folder / _FILE).unlink(missing_ok=True)

    def begin(self) -> str:
        """A new name for a world."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return secrets.token_hex(8)

    def write(self, state: State) -> None:
        """Keep the state; whatever belongs to another one goes."""
        fresh = self.folder / f"{_FILE}.next"
        data = marshal.dumps(_plain(state))
        fresh.write_bytes(zlib.crc32(data).to_bytes(4, "big") + data)
        os.replace(fresh, self.folder / _FILE)
        for path in self.folder.iterdir():
            if path.name.split(".", maxsplit=1)[0] not in (state.name, _FILE, _PAGES):
                path.unlink(missing_ok=True)

    def keep_pages(self, fresh: Path) -> dict[str, Written]:
        """Keep all files of a finished build by links. Returns their sizes and times; none where links cannot be made."""
        shutil.rmtree(self.pages, ignore_errors=True)
        written: dict[str, Written] = {}
        for folder, _, files in os.walk(fresh):
            here = os.path.relpath(folder, fresh)
            (self.pages / here).mkdir(parents=True, exist_ok=True)
            for name in files:
                path = name if here == "." else f"{here}/{name}"
                os.link(os.path.join(folder, name), self.pages / path, follow_symlinks=False)
                written[path] = told(os.path.join(folder, name)) or (0, 0)
        return written

    def keep_page(self, path: str, page: Path) -> None:
        """Keep one page that was written again."""
        to = self.pages / path
        to.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            to.unlink()
        os.link(page, to, follow_symlinks=False)


def told(path: str | Path) -> Written | None:
    """Size and time of a page; None where there is none."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _plain(state: State) -> dict[str, Any]:
    # asdict would copy each of a hundred thousand values.
    return {name: getattr(state, name) for name in State.__dataclass_fields__}

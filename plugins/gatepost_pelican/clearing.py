"""DELETE_OUTPUT_DIRECTORY, later than Pelican does it: old pages outlive a build that fails, and new files stay."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

_State = tuple[int, int, int]


@dataclass(frozen=True)
class Old:
    """What lay in a folder at one moment, by what it was then."""

    folder: Path
    files: tuple[tuple[Path, _State], ...]

    @classmethod
    def of(cls, folder: Path) -> Old:
        """All files of a folder, which need not be there; links are not followed."""
        return cls(folder, tuple((path, _state(path)) for path in _files(folder)))

    def clear(self, retained: Collection[str]) -> None:
        """Take away what is as it was then. Other plugins may have written anew since; entries named in `retained` stay, too."""
        for path, state in self.files:
            is_there = path.relative_to(self.folder).parts[0] not in retained and os.path.lexists(path)
            if is_there and _state(path) == state:
                path.unlink()
        for where, _, _ in os.walk(self.folder, topdown=False):
            inside = Path(where).relative_to(self.folder).parts
            if inside and inside[0] not in retained and not os.listdir(where):
                os.rmdir(where)


def _files(folder: Path) -> Iterator[Path]:
    for where, names, files in os.walk(folder):
        yield from (Path(where, name) for name in files)
        yield from (path for name in names if (path := Path(where, name)).is_symlink())


def _state(path: Path) -> _State:
    found = path.lstat()
    return found.st_ino, found.st_mtime_ns, found.st_size

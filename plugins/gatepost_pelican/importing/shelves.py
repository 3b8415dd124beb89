"""Where an export's files lie, a folder or a zip: found by the end of their address, read within limits, never unpacked."""

from __future__ import annotations

import contextlib
import zipfile
import zlib
from collections import defaultdict
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from gatepost_pelican.importing import addresses
from gatepost_pelican.importing.exports import CannotImport

MOST_FILES = 200_000
# What a file may be at most, and how much smaller a zip may have made it.
LARGEST = 256 * 1024 * 1024
MOST_PACKED = 400
_SMALL = 1024 * 1024


class Shelf:
    """Files by name, the parts of a name with slashes between. `title` is how its owner calls it."""

    def __init__(self, title: str):
        self.title = title
        self.names: list[str] = []
        self._ending: dict[str, list[str]] = defaultdict(list)

    def put(self, names: list[str]) -> None:
        """Make these known."""
        if len(names) > MOST_FILES:
            raise CannotImport(
                f"{self.title} holds more than {MOST_FILES} files", "Name the folder of the pictures alone"
            )
        self.names = names
        for name in names:
            self._ending[PurePosixPath(name).name.casefold()].append(name)

    def find(self, address: str) -> str | None:
        """The file that an address most likely meant: of those with its name the one with most folders in common."""
        parts = PurePosixPath(unquote(addresses.split(address).path)).parts
        if not parts:
            return None
        near = self._ending.get(parts[-1].casefold(), ())
        return max(near, key=lambda name: (_common(PurePosixPath(name).parts, parts), name), default=None)

    def read(self, name: str, limit: int = LARGEST) -> bytes | None:
        """The file, or nothing where it is larger than `limit` or cannot be read."""
        raise NotImplementedError

    def read_again(self, name: str) -> bytes:
        """A file that could be read before. Raises CannotImport."""
        content = self.read(name)
        if content is None:
            raise CannotImport(f"{name} of {self.title} cannot be read any more", "Import again")
        return content


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    same = 0
    for mine, yours in zip(reversed(one), reversed(other), strict=False):
        if mine.casefold() != yours.casefold():
            break
        same += 1
    return same


class Folder(Shelf):
    """A folder. Links that lead out of it are not followed."""

    def __init__(self, path: Path):
        super().__init__(path.name)
        self.root = path.resolve()
        files = (
            file for file in sorted(path.rglob("*")) if file.is_file() and file.resolve().is_relative_to(self.root)
        )
        self.put([file.relative_to(path).as_posix() for file in files])

    def read(self, name: str, limit: int = LARGEST) -> bytes | None:
        """The file, or nothing where it is larger than `limit` or cannot be read."""
        with contextlib.suppress(OSError), (self.root / name).open("rb") as file:
            content = file.read(limit + 1)
            return content if len(content) <= limit else None
        return None


class Zip(Shelf):
    """A zip. Names are only compared, never used as paths; what unpacks to far more than it says is not read."""

    def __init__(self, path: Path):
        super().__init__(path.name)
        try:
            self.file = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError) as error:
            raise CannotImport(f"{path.name} is no whole zip: {error}", "Download it again") from error
        self.put([one.filename for one in self.file.infolist() if not one.is_dir()])

    def read(self, name: str, limit: int = LARGEST) -> bytes | None:
        """The file, or nothing where it is larger than `limit`, was packed beyond belief, or cannot be read."""
        try:
            entry = self.file.getinfo(name)
            if entry.file_size > max(_SMALL, entry.compress_size * MOST_PACKED):
                return None
            with self.file.open(entry) as file:
                content = file.read(limit + 1)
        except (KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, zlib.error):
            return None
        return content if len(content) <= limit else None


class Shelves(Shelf):
    """Several shelves as one, or none: the first that has a file gives it."""

    def __init__(self, shelves: list[Shelf]):
        super().__init__(" and ".join(shelf.title for shelf in shelves))
        self.shelves = shelves

    def find(self, address: str) -> str | None:
        """The file on the first shelf that has one of that name."""
        found = ((number, shelf.find(address)) for number, shelf in enumerate(self.shelves))
        return next((f"{number}/{name}" for number, name in found if name), None)

    def read(self, name: str, limit: int = LARGEST) -> bytes | None:
        """The file, or nothing where it is larger than `limit` or cannot be read."""
        number, _, rest = name.partition("/")
        return self.shelves[int(number)].read(rest, limit)


def opened(path: Path) -> Shelf:
    """The shelf at that path. Raises CannotImport."""
    if path.is_dir():
        return Folder(path)
    if not path.is_file():
        raise CannotImport(f"there is no file or folder {path}", "Check the path")
    return Zip(path)

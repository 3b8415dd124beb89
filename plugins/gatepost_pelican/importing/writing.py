"""What an import writes, all of it or nothing, and never over a file that says something else."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from gatepost_pelican.importing.exports import CannotImport

Content = bytes | Callable[[], bytes]


def differing(files: Mapping[str, Content], folder: Path) -> list[str]:
    """The files that are there already, and with other bytes."""
    return sorted(name for name, content in files.items() if _differs(folder / name, content))


def _differs(path: Path, content: Content) -> bool:
    try:
        return path.read_bytes() != _bytes(content)
    except FileNotFoundError:
        return False
    except OSError:
        return True


def _bytes(content: Content) -> bytes:
    return content if isinstance(content, bytes) else content()


def write(files: Mapping[str, Content], folder: Path) -> None:
    """Write beside the site first, and then put every file in its place. Raises CannotImport, and then all is as it was."""
    try:
        staged = Path(tempfile.mkdtemp(prefix=".gatepost-import-", dir=folder))
        try:
            for name, content in files.items():
                (staged / "new" / name).parent.mkdir(parents=True, exist_ok=True)
                (staged / "new" / name).write_bytes(_bytes(content))
            _place(list(files), staged, folder)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
    except OSError as error:
        raise CannotImport(
            f"{error.filename} cannot be written: {error.strerror}", "Mend that, and import again"
        ) from error


def _place(names: list[str], staged: Path, folder: Path) -> None:
    """Let the new files take the places of the old ones; whatever stops it, each old one goes back to its place."""
    begun: list[str] = []
    try:
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            begun.append(name)
            if (folder / name).exists():
                (staged / "old" / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(folder / name, staged / "old" / name)
            os.replace(staged / "new" / name, folder / name)
    except BaseException:
        for name in begun:
            if (staged / "old" / name).exists():
                os.replace(staged / "old" / name, folder / name)
            elif not (staged / "new" / name).exists():
                (folder / name).unlink(missing_ok=True)
        raise

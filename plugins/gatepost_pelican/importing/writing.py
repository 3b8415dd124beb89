"""What an import writes, all of it or nothing, and never over a file that says something else."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from gatepost_pelican.importing.exports import CannotImport


def differing(files: Mapping[str, bytes], folder: Path) -> list[str]:
    """The files that are there already, and with other bytes."""
    return sorted(name for name, content in files.items() if _differs(folder / name, content))


def _differs(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() != content
    except FileNotFoundError:
        return False
    except OSError:
        return True


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Write beside the site first, and then put every file in its place. Raises CannotImport, and then all is as it was."""
    staged = Path(tempfile.mkdtemp(prefix=".gatepost-import-", dir=folder))
    placed: list[Path] = []
    try:
        for name, content in files.items():
            (staged / name).parent.mkdir(parents=True, exist_ok=True)
            (staged / name).write_bytes(content)
        for name in files:
            to = folder / name
            to.parent.mkdir(parents=True, exist_ok=True)
            is_new = not to.exists()
            os.replace(staged / name, to)
            placed += [to] if is_new else []
    except OSError as error:
        for path in placed:
            path.unlink(missing_ok=True)
        raise CannotImport(
            f"{error.filename} cannot be written: {error.strerror}", "Mend that, and import again"
        ) from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)

"""Putting a finished build in the place of the last one: whole, or not at all, and finished later where it was cut short.

What is swapped is written down first. A process that is killed leaves either nothing to do, or a note from which the
next one finishes the swap.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import json
import os
import shutil
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gatepost.catalogue import FILE_NAME

# What the kernel calls the exchange of two names (renameat2, RENAME_EXCHANGE).
_HERE, _EXCHANGE = -100, 2
_NOTE = "swap.json"


@dataclass(frozen=True)
class Swap:
    """`fresh` is to stand at `place`, and the catalogue's new text, `catalogue`, at `known`."""

    fresh: Path
    place: Path
    catalogue: Path
    known: Path


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """One build of a site at a time; the second says that it waits. The lock ends with the process, however it ends."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "build.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another build of this site is running; waiting for it to end.", file=sys.stderr, flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def swap(chosen: Swap, data: Path) -> None:
    """Publish pages and catalogue together. Raises OSError, and then the last good site and catalogue are as before."""
    note = data / _NOTE
    note.write_text(json.dumps({name: str(path) for name, path in vars(chosen).items()}), encoding="utf-8")
    # After a power cut, pages that were renamed and not written would be empty.
    os.sync()
    try:
        _exchange(chosen.fresh, chosen.place)
    except OSError:
        note.unlink(missing_ok=True)
        raise
    os.replace(chosen.catalogue, chosen.known)
    note.unlink(missing_ok=True)


def finish(data: Path, staged: Path) -> None:
    """Finish a swap that was cut short, and clear away what builds left that were killed."""
    note = data / _NOTE
    try:
        left = Swap(**{name: Path(path) for name, path in json.loads(note.read_text(encoding="utf-8")).items()})
    except (OSError, ValueError, TypeError):
        left = None
    if left is not None and left.catalogue.is_file():
        # Which of the two folders is the new one? The new one carries the name of its catalogue.
        if (left.fresh / MARK).is_file():
            _exchange(left.fresh, left.place)
        os.replace(left.catalogue, left.known)
    note.unlink(missing_ok=True)
    if left is not None:
        (left.place / MARK).unlink(missing_ok=True)
    (data / f"{FILE_NAME}.next").unlink(missing_ok=True)
    shutil.rmtree(staged, ignore_errors=True)


# A file in a folder that is about to be published.
MARK = ".gatepost-fresh"


def keep_others(
    old: Path, fresh: Path, retention: Sequence[str] | None, ours: Sequence[str] = (), gone: Collection[str] = ()
) -> None:
    """Take along what the last build or somebody else put there and this build did not make, by hard links.

    `retention` are the only names kept at the top; None keeps everything, as Pelican does unless told to clear.
    `ours` are folders at the top in which only this build has a say: what it did not make there is gone.
    `gone` are files that may not stay, wherever they come from.
    """
    begin = len(os.fspath(old)) + 1
    for folder, folders, files in os.walk(old):
        here = folder[begin:].replace(os.sep, "/")
        if not here:
            folders[:] = [name for name in folders if name not in ours and (retention is None or name in retention)]
            files[:] = [name for name in files if retention is None or name in retention]
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        folders[:] = [name for name in folders if name not in links]
        to = os.path.join(fresh, here)
        # Most of a site is there already: a folder's names are read once, not asked for one by one.
        there = set(os.listdir(to)) if os.path.isdir(to) else set()
        for name in (*files, *links):
            if name not in there and name != MARK and f"{here}/{name}".lstrip("/") not in gone:
                _take(os.path.join(folder, name), os.path.join(to, name))


def _take(path: str, to: str) -> None:
    os.makedirs(os.path.dirname(to), exist_ok=True)
    try:
        os.link(path, to, follow_symlinks=False)
    except OSError:
        shutil.copy2(path, to, follow_symlinks=False)


def _exchange(fresh: Path, place: Path) -> None:
    """Let the two folders change names, in one step where the system can."""
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh.rename(place)
        return
    if _exchanged_at_once(fresh, place):
        return
    aside = fresh.with_name(f"{fresh.name}.old")
    place.rename(aside)
    try:
        fresh.rename(place)
    except OSError:
        aside.rename(place)
        raise
    aside.rename(fresh)


def _exchanged_at_once(fresh: Path, place: Path) -> bool:
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    if rename(_HERE, os.fsencode(fresh), _HERE, os.fsencode(place), _EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code), str(place))

"""All that a build depends on, told so that the next build can see what changed: files, settings, and the environment."""

from __future__ import annotations

import hashlib
import marshal
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time, tzinfo
from functools import partial
from pathlib import PurePath
from types import FunctionType, ModuleType
from typing import Any

# Size, times of content and of the entry, number: an edit that keeps one of them changes another.
Stamp = tuple[int, int, int, int]

# So far behind the clock may the time of a file be, in nanoseconds.
BLUR = 50_000_000

# They differ from one call to the next and say nothing about a site.
_PASSING = {"PWD", "OLDPWD", "SHLVL", "_", "COLUMNS", "LINES", "TERM", "WINDOWID", "TERM_SESSION_ID", "XDG_SESSION_ID"}
_PASSING_SETTINGS = {"OUTPUT_PATH", "PLUGINS", "DEBUG"}
_PLAIN = (str, bytes, int, float, bool, type(None), complex, date, time, tzinfo, PurePath, re.Pattern)


class _Untold(Exception):
    """A setting that no two builds can be compared by."""


def stamp(path: str) -> Stamp | None:
    """What tells whether a file changed; None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def stamps(folders: Iterable[str], without: Iterable[str] = ()) -> dict[str, Stamp]:
    """The stamps of all files under `folders`; folders in `without` are not looked into."""
    found: dict[str, Stamp] = {}
    left, skipped, seen = (
        [os.path.abspath(folder) for folder in folders],
        {os.path.abspath(one) for one in without},
        set(),
    )
    while left:
        folder = left.pop()
        real = os.path.realpath(folder)
        if folder in skipped or real in seen or os.path.basename(folder) in (".git", "__pycache__"):
            continue
        seen.add(real)
        for entry in _entries(folder):
            if entry.is_dir():
                left.append(entry.path)
            elif (told := stamp(entry.path)) is not None:
                found[entry.path] = told
    return found


def modules() -> dict[str, Stamp]:
    """The stamps of the files of all modules that are loaded, and so of Pelican, plugins and settings."""
    files = {str(file) for module in list(sys.modules.values()) if (file := getattr(module, "__file__", None))}
    return {file: told for file in files if (told := stamp(file)) is not None}


def environment(environ: Mapping[str, str]) -> bytes:
    """A hash of the environment variables that settings may read."""
    told = sorted(one for one in environ.items() if one[0] not in _PASSING and not one[0].endswith("_NUM_THREADS"))
    return hashlib.blake2b(repr((told, sys.version, sys.flags)).encode()).digest()


def settings(chosen: Mapping[str, Any]) -> bytes:
    """A hash of all settings, functions by their code; empty where one of them cannot be compared."""
    found = hashlib.blake2b()
    try:
        for name in sorted(chosen):
            if name not in _PASSING_SETTINGS:
                for part in _told(chosen[name], 0):
                    found.update(name.encode() + b"=" + part + b"\0")
    except _Untold:
        return b""
    return found.digest()


def _told(value: Any, depth: int) -> Iterator[bytes]:
    if depth > 20:
        raise _Untold(type(value).__name__)
    if isinstance(value, _PLAIN):
        yield f"{type(value).__name__}:{value!r}".encode(errors="surrogatepass")
    elif isinstance(value, Mapping):
        yield b"{"
        for key in sorted(value, key=repr):
            yield from _told(key, depth + 1)
            yield from _told(value[key], depth + 1)
    elif isinstance(value, set | frozenset):
        yield repr(sorted(map(repr, value))).encode()
    elif isinstance(value, list | tuple):
        yield f"{type(value).__name__}:{len(value)}".encode()
        for one in value:
            yield from _told(one, depth + 1)
    else:
        yield from _told_object(value, depth)


def _told_object(value: Any, depth: int) -> Iterator[bytes]:
    if isinstance(value, FunctionType):
        cells = [cell.cell_contents for cell in value.__closure__ or ()]
        yield marshal.dumps(value.__code__)
        yield from _told([value.__defaults__, value.__kwdefaults__, cells], depth + 1)
    elif isinstance(value, partial):
        yield from _told([value.func, value.args, value.keywords], depth + 1)
    elif isinstance(value, type | ModuleType):
        yield f"{getattr(value, '__module__', '')}.{value.__name__}".encode()
    elif callable(value) and getattr(value, "__self__", None) is None and hasattr(value, "__qualname__"):
        yield str(value.__qualname__).encode()
    elif hasattr(value, "__dict__"):
        yield f"{type(value).__module__}.{type(value).__qualname__}".encode()
        yield from _told(vars(value), depth + 1)
    else:
        raise _Untold(type(value).__name__)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []

"""What Markdown files convert to, kept between builds under the hash of everything that the conversion depends on.

A cache only: a file that is lost, damaged or from another version is made anew, and a build without one is only slower.
"""

from __future__ import annotations

import logging
import marshal
import sqlite3
import zlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

FILE_NAME = "conversions.sqlite"
# So many rows that no article has any more may stay, for whoever switches between two branches.
_SPARE = 3
_ASKED_AT_ONCE = 500
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Conversion:
    """`meta` is Python-Markdown's own; `formatted` are the fields that Pelican converts as well, source to HTML."""

    html: str
    meta: dict[str, list[str]]
    formatted: dict[str, str]

    def packed(self) -> bytes:
        """As bytes that tell when they were damaged."""
        return zlib.compress(marshal.dumps((self.html, self.meta, self.formatted)), 1)

    @classmethod
    def unpacked(cls, data: bytes) -> Conversion:
        """Raises ValueError, EOFError, TypeError or zlib.error for what is no conversion."""
        html, meta, formatted = marshal.loads(zlib.decompress(data))  # noqa: S302 - a file of this machine's own
        return cls(html, meta, formatted)


class Known:
    """The conversions of one site. Every failure of the file is a conversion that is not known."""

    def __init__(self, folder: Path):
        self.path = folder / FILE_NAME
        self._file: sqlite3.Connection | None = None
        self._new: dict[bytes, bytes] = {}
        self._used: set[bytes] = set()

    def get(self, key: bytes) -> Conversion | None:
        """What is known under `key`."""
        self._used.add(key)
        data = self._new.get(key) or self._found(key)
        if data is None:
            return None
        try:
            return Conversion.unpacked(data)
        except (ValueError, EOFError, TypeError, zlib.error):
            return None

    def missing(self, keys: Iterable[bytes]) -> set[bytes]:
        """Those of `keys` that nothing is known under."""
        left = {key for key in keys if key not in self._new}
        asked = list(left)
        for start in range(0, len(asked), _ASKED_AT_ONCE):
            part = asked[start : start + _ASKED_AT_ONCE]
            left.difference_update(key for (key,) in self._ask(_IN.format(",".join("?" * len(part))), part))
        return left

    def put(self, key: bytes, packed: bytes) -> None:
        """Keep a conversion; it is in the file once `close` is called."""
        self._new[key] = packed
        self._used.add(key)

    def close(self) -> None:
        """Write what is new, and drop what has long not been asked for."""
        if self._new:
            with suppress(sqlite3.Error, OSError):
                self._write()
        if self._file is not None:
            self._file.close()
        self._file, self._new, self._used = None, {}, set()

    def _write(self) -> None:
        file = self._opened(create=True)
        if file is None:
            return
        with file:
            file.executemany("INSERT OR REPLACE INTO conversion VALUES (?, ?)", self._new.items())
            (rows,) = file.execute("SELECT count(*) FROM conversion").fetchone()
            if rows > _SPARE * len(self._used) + 100:
                file.execute("CREATE TEMP TABLE used (key BLOB PRIMARY KEY)")
                file.executemany("INSERT INTO used VALUES (?)", ((key,) for key in self._used))
                file.execute("DELETE FROM conversion WHERE key NOT IN (SELECT key FROM used)")

    def _found(self, key: bytes) -> bytes | None:
        row = next(iter(self._ask("SELECT data FROM conversion WHERE key = ?", [key])), None)
        return bytes(row[0]) if row else None

    def _ask(self, question: str, values: list[bytes]) -> list[tuple[bytes]]:
        file = self._opened(create=False)
        if file is None:
            return []
        try:
            return file.execute(question, values).fetchall()
        except sqlite3.Error as error:
            self._give_up(error)
            return []

    def _opened(self, create: bool) -> sqlite3.Connection | None:
        if self._file is None and (create or self.path.is_file()):
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._file = sqlite3.connect(self.path, timeout=5)
                # A power cut may cost the cache, which the next build makes again.
                self._file.execute("PRAGMA synchronous=OFF")
                self._file.execute(
                    "CREATE TABLE IF NOT EXISTS conversion (key BLOB PRIMARY KEY, data BLOB) WITHOUT ROWID"
                )
            except (sqlite3.Error, OSError) as error:
                self._give_up(error)
        return self._file

    def _give_up(self, error: Exception) -> None:
        """A damaged file is put out of the way: the next one to be opened is new."""
        log.info("%s cannot be read (%s) and is made anew", self.path.name, error)
        if self._file is not None:
            self._file.close()
            self._file = None
        if not isinstance(error, sqlite3.OperationalError):
            with suppress(OSError):
                self.path.unlink(missing_ok=True)


_IN = "SELECT key FROM conversion WHERE key IN ({})"

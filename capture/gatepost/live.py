"""What `gatepost up` tells the pages it serves: that the site was built again, or why it was not."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_FILE = "live.txt"


@dataclass(frozen=True)
class Live:
    """`data` is where the file lies that says it, `output` the built site, which changes its number with every build."""

    data: Path
    output: Path

    def tell(self, mistakes: str) -> None:
        """A build has ended: `mistakes` are its words where it failed, and nothing where all is well."""
        fresh = self._file.with_suffix(".next")
        fresh.write_text(mistakes, encoding="utf-8")
        os.replace(fresh, self._file)

    def mistakes(self) -> str:
        """Why the last build failed, or nothing."""
        try:
            return self._file.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""

    def end(self) -> None:
        """Nobody builds any more."""
        self._file.unlink(missing_ok=True)

    def build(self) -> str:
        """A name that is another one after each build, whoever built, and whether it failed or not."""
        return "-".join(map(_stamp, (self.output, self._file)))

    @property
    def _file(self) -> Path:
        return self.data / _FILE


def _stamp(path: Path) -> str:
    try:
        found = path.stat()
    except OSError:
        return "0"
    return f"{found.st_ino:x}.{found.st_mtime_ns:x}"

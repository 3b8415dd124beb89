"""What a writer got wrong, where it stands and how to cure it; all of it together, and nothing published."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pelican


@dataclass(frozen=True, order=True)
class SourceMistake:
    """One mistake in one file. `line` counts from 1; `problem` and `cure` have no full stop of their own."""

    path: Path
    line: int
    problem: str
    cure: str

    def __str__(self) -> str:
        return f"{shown(self.path)}:{self.line}: {self.problem.rstrip('.')}. Cure: {self.cure.rstrip('.')}."


class SiteMistaken(Exception):
    """The build stops before a page is written. `mistakes` are sorted by file and line."""

    exitcode = 1

    def __init__(self, mistakes: Iterable[SourceMistake]):
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__("\n".join([self.summary, *map(str, self.mistakes)]))

    @property
    def summary(self) -> str:
        """One line for a log that shows the mistakes themselves elsewhere."""
        count = len(self.mistakes)
        return f"{count} mistake{'' if count == 1 else 's'}; nothing new was published."


def shown(path: Path) -> str:
    """A path as the writer would type it: from here if it lies below, whole otherwise."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def tell(mistaken: SiteMistaken) -> None:
    """Print each mistake on a line of its own: Pelican's log would break them into columns."""
    logging.getLogger("pelican").addFilter(_without_traceback)
    for mistake in mistaken.mistakes:
        print(mistake, file=sys.stderr)
    print(mistaken.summary, file=sys.stderr, flush=True)


def watcher_is_running() -> bool:
    """Is this build one of `pelican --autoreload`, which would build again at once, without end, after an error?"""
    frame = sys._getframe()
    while frame.f_back is not None:
        frame = frame.f_back
        if frame.f_code is pelican.autoreload.__code__:
            return True
    return False


def _without_traceback(record: logging.LogRecord) -> bool:
    # A traceback is of no use to somebody who mistyped a slug.
    if record.exc_info and isinstance(record.exc_info[1], SiteMistaken):
        record.msg, record.args = record.exc_info[1].summary, ()
        record.exc_info = record.exc_text = None
    return True

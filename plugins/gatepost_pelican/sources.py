"""A writer's file as text, to say on which line something stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from gatepost_pelican.mistakes import SourceMistake

_FIELD = re.compile(r"[ ]{0,3}(?P<key>[\w-]+):")


@dataclass(frozen=True)
class Source:
    """A file's path and text. Lines count from 1."""

    path: Path
    text: str

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def fields(self) -> dict[str, list[int]]:
        """The lines on which each metadata field begins, by its name in lower case."""
        found: dict[str, list[int]] = {}
        for number, line in enumerate(self.lines, 1):
            if not line.strip() or (number > 1 and line.startswith("---")):
                break
            match = _FIELD.match(line)
            if match:
                found.setdefault(match["key"].lower(), []).append(number)
        return found

    def line_of(self, what: str) -> int:
        """Where a field begins, or where a text first stands; 1 where there is neither."""
        if what.lower() in self.fields:
            return self.fields[what.lower()][0]
        return next((number for number, line in enumerate(self.lines, 1) if what in line), 1)

    def line_below(self, field: str, what: str) -> int:
        """Where a text first stands in a field that has several lines; the field's own line where it does not."""
        begins = self.line_of(field)
        return next((n for n, line in enumerate(self.lines[begins - 1 :], begins) if what in line), begins)

    def line_like(self, pattern: re.Pattern[str], nth: int = 0) -> int:
        """The line of the nth match, or of the last there is; 1 where there is none."""
        found = [number for number, line in enumerate(self.lines, 1) if pattern.search(line)]
        return found[min(nth, len(found) - 1)] if found else 1

    def mistake(self, where: str | int, problem: str, cure: str) -> SourceMistake:
        """A mistake at a line, a field or a text of this file."""
        line = where if isinstance(where, int) else self.line_of(where)
        return SourceMistake(self.path, line, problem, cure)


def read(path: Path) -> Source | SourceMistake:
    """The file's text, without a byte order mark; a mistake where it cannot be read as UTF-8."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return SourceMistake(path, 1, f"the file cannot be read: {error.strerror}", "Put it there and make it readable")
    try:
        text = data.decode("utf-8-sig")
        if "\0" in text:
            line = text.partition("\0")[0].count("\n") + 1
            return SourceMistake(path, line, "the text holds a NUL character", "Save the file as plain text in UTF-8")
        return Source(path, text)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return SourceMistake(path, line, "the text is not UTF-8", "Save the file as UTF-8")


def opened(path: str | Path) -> Source:
    """A file that Pelican itself has read before; never fails, since it is read to name a line of it."""
    found = read(Path(path))
    if isinstance(found, Source):
        return found
    try:
        return Source(Path(path), Path(path).read_bytes().decode("utf-8-sig", "replace"))
    except OSError:
        return Source(Path(path), "")

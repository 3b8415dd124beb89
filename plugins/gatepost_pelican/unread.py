"""What Pelican could not read: it would leave the article out and go on. Here each is a mistake like any other."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from gatepost_pelican import sources
from gatepost_pelican.mistakes import SourceMistake
from gatepost_pelican.sources import Source

# No page and no feed may hold these; Pelican writes the page and breaks at the feed.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MISSING = re.compile(r"could not find information about '(?P<field>\w+)'")
_TWICE = re.compile(r"^Duplicate definition of")
_STATUS = re.compile(r"Unknown status '(?P<status>.*?)' for file")
_DATE = re.compile(r"is not a valid date|year .* is out of range|day is out of range", re.IGNORECASE)
_ONCE = ("title", "summary", "lang", "template", "translation")
_LIKE = {
    "title": "Add a line `Title: ...` at the top of the file",
    "date": "Add a line `Date: 2026-11-23` at the top of the file",
}


class Unread(logging.Handler):
    """Collects Pelican's errors of one build, with the exception behind each."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[tuple[logging.LogRecord, BaseException | None]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep an error, and the one warning that is a mistake; Pelican hands the exception over only when asked to debug."""
        if record.levelno >= logging.ERROR or _TWICE.search(str(record.msg)):
            self.found.append((record, sys.exc_info()[1]))

    @property
    def said(self) -> str:
        """All errors so far as one text."""
        return " ".join(" ".join(record.getMessage().split()) for record, _ in self.found)

    def taken(self, content: Path, settings_file: Path) -> list[SourceMistake]:
        """The errors so far as mistakes, each at its file; none of them is kept."""
        found, self.found = self.found, []
        return [_mistake(record, reason, content, settings_file) for record, reason in found]


def clashing(contents: Iterable[Any]) -> Iterator[SourceMistake]:
    """Articles and pages that would be written to one address."""
    first: dict[str, Any] = {}
    for content in sorted(contents, key=lambda one: str(one.source_path)):
        other = first.setdefault(content.save_as, content)
        if other is not content and other.source_path != content.source_path:
            problem = f"its address, {content.save_as}, is that of {Path(other.source_path).name} already"
            source = sources.opened(content.source_path)
            yield source.mistake("Slug", problem, "Give each a `Slug:` of its own")


def controls(contents: Iterable[Any]) -> Iterator[SourceMistake]:
    """Characters that nobody sees, in titles and texts."""
    for content in contents:
        if CONTROLS.search(f"{content.title}\n{content._content or ''}"):
            source = sources.opened(content.source_path)
            problem = "the text holds a control character, which no page and no feed may hold"
            yield source.mistake(source.line_like(CONTROLS), problem, "Take it out; an editor can show it")


def twice(contents: Iterable[Any]) -> Iterator[SourceMistake]:
    """Titles and the like that stand there twice: Pelican would show both, with brackets around them."""
    for content in contents:
        for field in (name for name in _ONCE if isinstance(content.metadata.get(name), list)):
            yield _doubled(sources.opened(content.source_path), field)


def _doubled(source: Source, field: str) -> SourceMistake:
    name, line = field.title(), source.fields.get(field, [1])[-1]
    return source.mistake(line, f"`{name}` stands in the metadata twice", f"Keep one of the `{name}:` lines")


def _mistake(
    record: logging.LogRecord, reason: BaseException | None, content: Path, settings_file: Path
) -> SourceMistake:
    said = " ".join(record.getMessage().split())
    path = _path(record, content)
    if path is None:
        return SourceMistake(settings_file, 1, said, "Mend what it names; the site is built when nothing is wrong")
    source = sources.read(path)
    if isinstance(source, SourceMistake):
        return source
    if _TWICE.search(said):
        return _doubled(source, str(record.args[0]) if isinstance(record.args, tuple) else "")
    if missing := _MISSING.search(said):
        field = missing["field"]
        return source.mistake(1, f"the file has no {field}", _LIKE.get(field, f"Add a line `{field.title()}: ...`"))
    if status := _STATUS.search(said):
        return source.mistake(
            "Status", f"there is no status {status['status']!r}", "Use published, draft, hidden or skip"
        )
    return _of_reason(source, str(reason or said))


def _of_reason(source: Source, reason: str) -> SourceMistake:
    if _DATE.search(reason):
        field = next((name for name in ("date", "modified") if _value(source, name) in reason), "date")
        return source.mistake(field, reason, "Write a day that exists: `Date: 2026-11-23`, or `Date: 2026-11-23 18:00`")
    return source.mistake(1, f"it cannot be read: {reason}", "Mend what it names")


def _value(source: Source, field: str) -> str:
    lines = source.fields.get(field)
    return source.lines[lines[0] - 1].partition(":")[2].strip() if lines else "\0"


def _path(record: logging.LogRecord, content: Path) -> Path | None:
    """The file that an error names: whole, or from the content folder."""
    named = record.args if isinstance(record.args, tuple) else ()
    for one in named:
        # A content among them says its file.
        path = content / str(one)
        if path.is_file() or path.is_symlink():
            return path
    return None

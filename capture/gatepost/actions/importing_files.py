"""A spreadsheet's CSV file as lines of named cells, whatever its separator; what is wrong with it is named by line."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

# European spreadsheets separate with semicolons, since their numbers hold commas.
_SEPARATORS = (",", ";", "\t")


class FileUnreadable(Exception):
    """A file of which not one line can be read: wrong use, not a mistake in a line. Carries its cure."""

    def __init__(self, found: str, cure: str):
        super().__init__(found)
        self.cure = cure


class LineRefused(Exception):
    """A line that cannot be what it should be. Carries its cure; its number is added where it is known."""

    def __init__(self, problem: str, cure: str):
        super().__init__(problem)
        self.cure = cure


@dataclass(frozen=True)
class Finding:
    """What is the matter with one line of the file; lines are counted from 1."""

    line: int
    problem: str
    cure: str


@dataclass(frozen=True)
class Line:
    """One record. `cells` are by column in small letters, stripped; a column that the file lacks is ""."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """A file's records, the lines that are none, and the columns that mean nothing here."""

    lines: Sequence[Line]
    findings: Sequence[Finding]
    passed_over: Sequence[str]


def read(content: bytes, columns: Sequence[str], needed: Sequence[Collection[str]]) -> Sheet:
    """Read a file whose first line names its columns, in any order and case.

    `needed` are ways to be complete: sets of columns, one of which has to be there. Raises FileUnreadable.
    """
    text = _text(content)
    separator = _separator(text, columns)
    names: list[str] = []
    lines: list[Line] = []
    findings: list[Finding] = []
    for number, cells, mistake in _records(text, separator):
        if not names and cells:
            names = [cell.lower() for cell in cells]
            _must_be_complete(names, columns, needed)
        elif mistake or len(cells) != len(names):
            findings.append(_finding(number, cells, names, mistake))
        else:
            lines.append(Line(number, {**dict.fromkeys(columns, ""), **dict(zip(names, cells, strict=True))}))
    if not names:
        raise FileUnreadable("The file is empty.", f"Begin it with a line that names the columns: {','.join(columns)}.")
    return Sheet(lines, findings, [name for name in names if name and name not in columns])


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise FileUnreadable("The file is no text in UTF-8.", "In the spreadsheet choose: save as CSV, UTF-8.")
    return text


def _separator(text: str, columns: Collection[str]) -> str:
    """The one that finds the most of our columns in the header."""
    header = next((line for line in text.splitlines() if line.strip()), "")

    def found(separator: str) -> int:
        return sum(cell.strip(' "').lower() in columns for cell in header.split(separator))

    return max(_SEPARATORS, key=found)


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str], str]]:
    """The number of its first line, its cells and what is wrong with it; blank ones left out."""
    rows = csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True)
    while True:
        number = rows.line_num + 1
        try:
            cells = [cell.strip() for cell in next(rows)]
        except StopIteration:
            return
        except csv.Error as mistake:
            yield number, [], str(mistake)
            continue
        if any(cells):
            yield number, cells, ""


def _must_be_complete(names: list[str], columns: Sequence[str], needed: Sequence[Collection[str]]) -> None:
    twice = next((name for name in columns if names.count(name) > 1), "")
    if twice:
        raise FileUnreadable(f"The header has the column {twice} twice.", "Leave one of the two out.")
    if any(set(names) >= set(way) for way in needed):
        return
    missing = min((sorted(set(way) - set(names)) for way in needed), key=len)
    these = " or ".join(",".join(name for name in columns if name in way) for way in needed)
    others = [name for name in columns if not any(name in way for way in needed)]
    raise FileUnreadable(
        f"The header lacks: {', '.join(missing)}.",
        f"Begin the file with a line that names its columns: {these}; {','.join(others)} may be left out.",
    )


def _finding(number: int, cells: Sequence[str], names: Sequence[str], mistake: str) -> Finding:
    if mistake:
        cure = "Check its quotes: a quoted cell is closed, and a quote within it is written twice."
        return Finding(number, f"this is not CSV ({mistake})", cure)
    if not names:
        return Finding(number, "this stands before the header", "Begin the file with the names of the columns.")
    found = f"there are {len(cells)} cells under {len(names)} columns"
    return Finding(number, found, "Write one cell for each column; put one that holds the separator between quotes.")

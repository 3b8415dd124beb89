"""Journeys as paths: a CSV file of `path,total_conversions,total_null[,total_conversion_value]`, as attribution tools use it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from gatepost.attribution.given import Given, LineUnreadable, amount
from gatepost.journey import Touch

PATH, CONVERSIONS, NULLS, VALUE = "path", "total_conversions", "total_null", "total_conversion_value"
_HEADER = f"{PATH},{CONVERSIONS},{NULLS}[,{VALUE}]"
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
# A path has no times: all its touches are of one moment, and so is its conversion.
_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)


def read(lines: Iterable[str]) -> Iterator[Given]:
    """One Given a row, blank rows left out. Columns may stand in any order, and others are passed over. Raises LineUnreadable.

    Paths of channels instead of articles are as common: so each touch is its own channel, and one named `direct` is direct.
    """
    rows = csv.reader(lines, strict=True)
    columns: Mapping[str, int] | None = None
    try:
        for cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            if columns is None:
                columns = _columns([cell.strip() for cell in cells], rows.line_num)
            else:
                yield _given(cells, columns, rows.line_num)
    except csv.Error as mistake:
        cure = "Check its quotes: a quoted cell is closed, and a quote within it is written twice."
        raise LineUnreadable(rows.line_num, f"this is not CSV ({mistake}).", cure) from None
    if columns is None:
        raise LineUnreadable(1, "there is no header.", f"Begin the file with {_HEADER}.")


def _columns(names: list[str], line: int) -> Mapping[str, int]:
    for name in (PATH, CONVERSIONS):
        if name not in names:
            raise LineUnreadable(line, f"the header has no column {name}.", f"Begin the file with {_HEADER}.")
    twice = [name for name in (PATH, CONVERSIONS, NULLS, VALUE) if names.count(name) > 1]
    if twice:
        raise LineUnreadable(line, f"the header has {twice[0]} twice.", "Leave one of the two columns out.")
    return {**{name: place for place, name in enumerate(names)}, "": len(names)}


def _given(cells: list[str], columns: Mapping[str, int], line: int) -> Given:
    if len(cells) != columns[""]:
        found = f"there are {len(cells)} cells under {columns['']} columns."
        raise LineUnreadable(line, found, "Write one cell a column; put one that holds a comma between quotes.")
    conversions = _number(cells, columns, CONVERSIONS, line)
    nulls = _number(cells, columns, NULLS, line) if NULLS in columns else 0.0
    value = _number(cells, columns, VALUE, line) if VALUE in columns else None
    if value and not conversions:
        cure = f"Write the value beside the conversions that brought it, or 0 for {VALUE}."
        raise LineUnreadable(line, f"{VALUE} is {value:g} without a conversion.", cure)
    return Given(_touches(cells[columns[PATH]], line), _MOMENT if conversions else None, conversions, nulls, value)


def _touches(path: str, line: int) -> tuple[Touch, ...]:
    if not path.strip():
        return ()
    names = [name.strip() for name in path.split(">")]
    if "" in names:
        raise LineUnreadable(line, f"the path {path!r} has an empty touch.", "Write a name between every two >.")
    return tuple(Touch(_MOMENT, name, channel=name) for name in names)


def _number(cells: list[str], columns: Mapping[str, int], name: str, line: int) -> float:
    cell = cells[columns[name]].strip()
    if not cell and name != CONVERSIONS:
        return 0.0
    if not _NUMBER.fullmatch(cell):
        cure = "Write a plain number such as 3 or 2.5, with a point and nothing between the thousands."
        raise LineUnreadable(line, f"{name} is {cell!r}.", cure)
    return amount(float(cell), line, name)

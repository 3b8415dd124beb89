"""Crediting journeys from elsewhere: a file of them in, the credit of every model out. Needs no database and no site."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain

from gatepost.attribution import MODELS, leads_jsonl, paths_csv
from gatepost.attribution.given import Given, LineUnreadable, text
from gatepost.attribution.reckoning import Reckoning, Row
from gatepost.report import csv_text

READERS: dict[str, Callable[[Iterable[str]], Iterator[Given]]] = {"csv": paths_csv.read, "jsonl": leads_jsonl.read}
_ENDINGS = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl"}
_COLUMNS = ("model", "article", "credit", "value")


def credit(lines: Iterable[bytes], *, models: Collection[str] = (), kind: str = "", ending: str = "") -> list[Row]:
    """The rows of the models asked for (all where none is). Lines are read one at a time, and not kept.

    `kind` is one of READERS; without it the file's `ending` tells, and without that its first character. Raises LineUnreadable.
    """
    written, first = _look(text(lines))
    reckoning = Reckoning(models or MODELS)
    for given in READERS[kind or _ENDINGS.get(ending.lower()) or ("jsonl" if first in ("{", "[") else "csv")](written):
        reckoning.add(given)
    return reckoning.rows()


def as_csv(rows: Iterable[Row]) -> str:
    """CSV, safe to open in a spreadsheet. Numbers are as exact as a float is; a cell without one is empty."""
    columns = (*_COLUMNS, "removal_effect")
    return csv_text(columns, ([getattr(row, column) for column in columns] for row in rows))


def as_json(rows: Iterable[Row]) -> str:
    """A JSON list, one object a line; `removal_effect` only where the model has it."""
    lines = (
        json.dumps({k: v for k, v in vars(row).items() if k in _COLUMNS or v is not None}, ensure_ascii=False)
        for row in rows
    )
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _look(lines: Iterator[str]) -> tuple[Iterator[str], str]:
    """All lines, and the first character that is no blank."""
    seen: list[str] = []
    for line in lines:
        seen.append(line)
        if line.strip():
            return chain(seen, lines), line.strip()[0]
    return iter(seen), ""


__all__ = ["READERS", "LineUnreadable", "as_csv", "as_json", "credit"]

"""Sheets: the tables of a panel as files for other programs. Columns have stable keys, cells plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gatepost.offers import Money
from gatepost.report import Interval, csv_text


@dataclass(frozen=True)
class Sheet:
    """One table. Cells are text, numbers, None, days, `Money` or tuples of it; see `interval` for shares.

    `key` is letters and hyphens: it stands in the name of the file.
    """

    key: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


def as_csv(sheet: Sheet) -> str:
    """The sheet as CSV, safe to open in a spreadsheet; money as `40.00 EUR`, several currencies joined by a semicolon."""
    return csv_text(sheet.columns, ([_cell(cell) for cell in row] for row in sheet.rows))


def as_dict(sheet: Sheet) -> dict[str, Any]:
    """`{title, rows}` with one object a row, keyed by column; money in minor units by currency."""
    rows = [dict(zip(sheet.columns, (_plain(cell) for cell in row), strict=True)) for row in sheet.rows]
    return {"title": sheet.title, "rows": rows}


def interval(found: Interval | None) -> tuple[float | None, float | None, float | None]:
    """Three cells: the share and the ends of its interval."""
    return (found.mean, found.low, found.high) if found else (None, None, None)


def _cell(value: Any) -> Any:
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return f"{value:.6f}" if isinstance(value, float) else value


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return {value.currency: value.amount}
    if isinstance(value, tuple):
        return {money.currency: money.amount for money in value}
    return value.isoformat() if isinstance(value, date) else value

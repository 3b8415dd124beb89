"""Cells of a CSV file that no spreadsheet takes for a formula (OWASP, CSV injection)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# A number is no formula; everything else behind a sign may be one.
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?", re.ASCII)


def csv_cell(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would begin to calculate."""
    text = text.replace("\x00", "")
    # Some programs skip leading blanks, and a quoted cell's apostrophe hides nothing in them.
    if text.lstrip(" \xa0\ufeff\u200b").startswith(_DANGEROUS) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


class _Lines(list[str]):
    def write(self, line: str) -> int:
        self.append(line)
        return len(line)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A whole CSV file (RFC 4180), header first, every cell made safe."""
    lines = _Lines()
    writer = csv.writer(lines)
    writer.writerow(columns)
    writer.writerows([csv_cell("" if cell is None else str(cell)) for cell in row] for row in rows)
    return "".join(lines)

"""What a build says of its figures: a table in the terminal, or one line."""

from __future__ import annotations

import json as plain_json
import logging
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gatepost.report.words import between, many, percent
from gatepost_pelican.report.figures import Figures

if TYPE_CHECKING:
    from rich.table import Table

# So many articles, in as many columns as the terminal has, within these bounds.
MOST = 5
NARROW, WIDE = 80, 120


def show(figures: Figures, page: Path | None) -> None:
    """Print the first articles, and where the whole report is."""
    if is_quiet():
        return
    draw(_table(figures, width()))
    if page is not None:
        from rich.console import Console

        Console().print(f"The whole report: {os.path.relpath(page)}", highlight=False, soft_wrap=True)


def draw(table: Table) -> None:
    """Print a table."""
    from rich.console import Console

    Console(soft_wrap=False).print(table)


def width() -> int:
    """How wide a table may be here."""
    from rich.console import Console

    return min(max(Console().width, NARROW), WIDE)


def say(line: str) -> None:
    """Print one line, whatever it holds."""
    if not is_quiet():
        from rich.console import Console

        Console().print(clean(" ".join(line.split())), highlight=False, markup=False, soft_wrap=True)


def source(figures: Figures, reasons: Sequence[str], now: datetime) -> str:
    """How old figures are that are not of this moment, and why; or where they come from instead."""
    why = " ".join(reasons)
    if not figures.is_kept:
        return f"Gatepost: these figures come from the database. {why}"
    days = figures.age_in_days(now)
    age = f"{many(days, 'day')} old" if days else "less than a day old"
    return f"Gatepost: these figures are {age} (made on {figures.made_at:%Y-%m-%d}). {why}"


def json(plain: Mapping[str, Any]) -> str:
    """A report as a file."""
    return plain_json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def _table(figures: Figures, width: int) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.markup import escape
    from rich.table import Table

    names = ("Readers", "Helped", "Rate", "90 % interval", "")
    rows = [_cells(row, figures) for row in figures.plain["articles"][:MOST]]
    shown = Table(
        title="Articles and leads", title_justify="left", box=SIMPLE_HEAD,
        caption=escape("\n".join(_caption(figures.plain))), caption_justify="left",
    )  # fmt: skip
    # A number that lost its end would be another number: only titles give way.
    widest = [max([len(name), *(len(row[place]) for row in rows)]) for place, name in enumerate(names, 1)]
    left = width - sum(widest) - 3 * len(widest) - 4
    shown.add_column("Article", overflow="ellipsis", no_wrap=True, max_width=max(12, left))
    for name, cells in zip(names, widest, strict=True):
        shown.add_column(name, justify="right", no_wrap=True, min_width=cells)
    for title, *numbers in rows:
        # Rich reads [brackets] as styles; a title means them as they are.
        shown.add_row(escape(title), *numbers)
    return shown


def _cells(row: Mapping[str, Any], figures: Figures) -> list[str]:
    known = figures.articles[str(row.get("slug"))]
    sure = [percent(known.rate.mean), between(known.rate), clean(known.verdict)] if known.rate else ["-", "", ""]
    title = clean(str(row.get("title") or row.get("slug")))
    return [title, str(known.readers), str(known.helped), *sure]


def _caption(plain: Mapping[str, Any]) -> list[str]:
    totals, notes = plain.get("totals") or {}, plain.get("notes") or []
    leads = f"Leads: {totals.get('requested', 0)} asked, {totals.get('confirmed', 0)} confirmed."
    return [leads, *(clean(str(note)) for note in notes[:1])]


def clean(text: str) -> str:
    """Text from elsewhere, for a terminal."""
    # What comes from elsewhere must not move the terminal's cursor.
    return "".join(sign if sign.isprintable() else " " for sign in text)


def is_quiet() -> bool:
    """Was the build told to say nothing?"""
    # `pelican --quiet` and `--fatal` raise the level of the root logger.
    return logging.getLogger().getEffectiveLevel() > logging.WARNING

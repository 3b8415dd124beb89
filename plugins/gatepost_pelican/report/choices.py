"""What a build that learned says of its choices: `auto.json`, and a table in the terminal."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gatepost import catalogue
from gatepost.offers.learning import Drawn
from gatepost.report import Interval
from gatepost.report.placements import intervals
from gatepost.report.words import between, many, percent
from gatepost_pelican.choosing import Choice, Known, Learning
from gatepost_pelican.mistakes import shown as source_shown
from gatepost_pelican.report import shown
from gatepost_pelican.sources import opened

if TYPE_CHECKING:
    from rich.table import Table

FILE_NAME = "auto.json"
FORMAT = 1
# So many offers of an article are written down, and so many articles shown after a build and by a check.
MOST_OFFERS, MOST_SHOWN, MOST_NOTED = 5, 8, 20
# Columns of a terminal that has room for the next best as well.
_ROOMY = 110


def tell(made: Learning, folder: Path, now: datetime) -> None:
    """Write the file and show its head. Raises OSError."""
    rates = _rates(made.choices)
    path = folder / FILE_NAME
    text = json.dumps(_plain(made, rates), ensure_ascii=False, indent=1) + "\n"
    catalogue.write_atomically(path, text.encode())
    line = _line(made.known, now)
    if made.known.evidence is not None and not shown.is_quiet():
        shown.draw(_table(made, rates, shown.width()))
        shown.say(f"All choices of `Offer: auto`, and why: {os.path.relpath(path)}")
    if line:
        shown.say(line)


def notes(made: Learning, now: datetime) -> list[str]:
    """What a build would choose, one line an article, for somebody who asks before it; no mistake, and no hint."""
    line = _line(made.known, now)
    return [
        *(_note(choice) for choice in made.choices[:MOST_NOTED]),
        *_more(len(made.choices)),
        *([line] if line else []),
    ]


def _note(choice: Choice) -> str:
    source = opened(choice.source)
    why = "the closest by subject"
    if choice.drawn:
        first, *others = choice.drawn
        counts = f"{first.counts.confirmed:,} of {first.counts.seen:,} views"
        why = f"it drew {percent(first.draw)}; {counts} here, expected {percent(first.belief.mean)}"
        why += f"; next {others[0].offer!r} with {percent(others[0].draw)}" if others else ""
    where = f"{source_shown(choice.source)}:{source.line_of('Offer')}"
    return f"{where}: note: `Offer: auto` would show {choice.offer!r} ({why})"


def _more(count: int) -> list[str]:
    return [f"And so on for {many(count - MOST_NOTED, 'article')} more."] if count > MOST_NOTED else []


def _line(known: Known, now: datetime) -> str:
    """Why the choices are not learned, or how old what they go by is; "" where they are learned from this moment."""
    why = " ".join(known.reasons)
    if known.evidence is None:
        return f"Gatepost: `Offer: auto` took the closest offers, because nothing could be learned. {why}"
    if known.kept_at is None:
        return f"Gatepost: {why}" if why else ""
    days = max((now - known.kept_at).days, 0)
    age = f"{many(days, 'day')} old" if days else "less than a day old"
    return f"Gatepost: what `Offer: auto` learned from is {age}. {why}"


def _rates(choices: Sequence[Choice]) -> dict[int, Interval]:
    """The rate of each offer that is told of, by the identity of its draw: all intervals at once take no time."""
    told = list(chain.from_iterable(choice.drawn[:MOST_OFFERS] for choice in choices))
    return dict(zip(map(id, told), intervals([one.belief for one in told]), strict=True))


def _plain(made: Learning, rates: dict[int, Interval]) -> dict[str, Any]:
    """Nothing of the day stands in it: the same evidence and seed give the same bytes."""
    articles = sorted(made.choices, key=lambda choice: (choice.article, choice.language))
    return {
        "format": FORMAT,
        "by": "subject" if made.known.evidence is None else "learning",
        "seed": made.seed,
        "articles": [
            {
                "article": choice.article,
                "title": choice.title,
                "offer": choice.offer,
                "offers": [_offer(one, rates[id(one)]) for one in choice.drawn[:MOST_OFFERS]],
                "more_offers": max(len(choice.drawn) - MOST_OFFERS, 0),
            }
            for choice in articles
        ],
    }


def _offer(one: Drawn, rate: Interval) -> dict[str, Any]:
    return {
        "offer": one.offer,
        "draw": round(one.draw, 6),
        "rate": {"mean": round(rate.mean, 6), "low": round(rate.low, 6), "high": round(rate.high, 6)},
        "seen": one.counts.seen,
        "requested": one.counts.requested,
        "confirmed": one.counts.confirmed,
    }


def _table(made: Learning, rates: dict[int, Interval], width: int) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.markup import escape
    from rich.table import Table

    seen = made.known.evidence.articles if made.known.evidence else {}
    ranked = sorted(
        made.choices, key=lambda one: (-(seen[one.article].seen if one.article in seen else 0), one.article)
    )
    table = Table(
        title="Offer: auto, learned from readers", title_justify="left", box=SIMPLE_HEAD, caption_justify="left",
        caption="The highest draw is shown. Expected: confirmed leads per view, with the 90 % interval.",
    )  # fmt: skip
    names = ("Draw", "Expected", "90 % interval", "Leads of views")
    rows = [_cells(choice, rates) for choice in ranked[:MOST_SHOWN]]
    # A number that lost its end would be another number: only names give way.
    widest = [max([len(name), *(len(row[place]) for row in rows)]) for place, name in enumerate(names, 2)]
    has_next = width >= _ROOMY
    left = max(10, (width - sum(widest) - 3 * len(widest) - 10) // (3 if has_next else 2))
    for name in ("Article", "Offer"):
        table.add_column(name, overflow="ellipsis", no_wrap=True, max_width=left)
    for name, cells in zip(names, widest, strict=True):
        table.add_column(name, justify="right", no_wrap=True, min_width=cells)
    if has_next:
        table.add_column("Next best", overflow="ellipsis", no_wrap=True, max_width=left)
    for row in rows:
        # Rich reads [brackets] as styles; a title means them as they are.
        table.add_row(*map(escape, row if has_next else row[:-1]))
    return table


def _cells(choice: Choice, rates: dict[int, Interval]) -> list[str]:
    first, rate = choice.drawn[0], rates[id(choice.drawn[0])]
    following = choice.drawn[1].offer if len(choice.drawn) > 1 else "-"
    counts = f"{first.counts.confirmed} of {first.counts.seen}"
    names = [shown.clean(choice.title), choice.offer]
    return [*names, percent(first.draw), percent(rate.mean), between(rate), counts, following]

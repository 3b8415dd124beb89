"""Hints for writers, from the figures: what is no mistake, and yet worth a look. `gatepost check` prints them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gatepost.report.rates import BELOW
from gatepost.report.words import between, percent
from gatepost_pelican.mistakes import shown
from gatepost_pelican.placing import Placing
from gatepost_pelican.report.conversion import Conversion
from gatepost_pelican.report.figures import Figures
from gatepost_pelican.sources import opened

# At two leads in a hundred readers, a usual rate for a gated offer, these would have been five leads: as many as the
# report wants before it ranks anything.
MANY_READERS = 250
# Who reads and writes changes; figures older than this say how old they are.
OLD_DAYS = 30
# Half of all articles lie below the mean; one that is surely below it is worth a look from here on.
AT_MOST = 0.5
_PARTS = {2: "about half", 3: "about a third of", 4: "about a quarter of", 5: "about a fifth of"}


@dataclass(frozen=True, order=True)
class Hint:
    """Something worth a look in one file. `line` counts from 1."""

    path: Path
    line: int
    words: str

    def __str__(self) -> str:
        return f"{shown(self.path)}:{self.line}: hint: {self.words}"


def find(figures: Figures, placings: Sequence[Placing], now: datetime) -> list[Hint]:
    """What the figures say about published articles, sorted by file. A translation says what its original says."""
    known = {placing.key: placing for placing in reversed(placings) if _is_published(placing)}
    found = [
        hint for key, placing in known.items() for hint in _about(placing, figures.articles.get(key), figures, now)
    ]
    return sorted(found)


def _is_published(placing: Placing) -> bool:
    return placing.is_article and placing.content.status != "draft"


def _about(placing: Placing, known: Conversion | None, figures: Figures, now: datetime) -> Iterator[Hint]:
    if known is None:
        return
    words = _without_offer(placing, known) or _below(placing, known, figures)
    if words:
        source = opened(placing.content.source_path)
        line = source.line_of("Offer" if "offer" in source.fields else "Title")
        yield Hint(source.path, line, words + _age(figures, now))


def _without_offer(placing: Placing, known: Conversion) -> str:
    # A call to connect on LinkedIn asks for no address and gives nothing to take along.
    if placing.offers or placing.inline or known.readers < MANY_READERS:
        return ""
    return f"read by {known.readers:,}, no offer under it. `Offer: auto` takes the closest one."


def _below(placing: Placing, known: Conversion, figures: Figures) -> str:
    if known.verdict != BELOW or known.rate is None or known.is_uncounted or not (placing.offers or placing.inline):
        return ""
    counted = [one for one in figures.articles.values() if one.readers and not one.is_uncounted]
    helped, readers = sum(one.helped for one in counted), sum(one.readers for one in counted)
    own, all_ = known.helped / known.readers, helped / readers
    if own > AT_MOST * all_:
        return ""
    return (
        f"its readers become leads at {_part(own, all_)} the site's rate: {known.helped:,} of {known.readers:,} "
        f"({percent(own)}, 90 % interval {between(known.rate)}), all articles {helped:,} of {readers:,} "
        f"({percent(all_)}). Another offer may fit it better."
    )


def _part(own: float, all_: float) -> str:
    """A share of the site's rate in words; it is half of it or less."""
    times = round(all_ / own) if own else 0
    return _PARTS.get(times, f"less than {_PARTS[5].removeprefix('about ')}")


def _age(figures: Figures, now: datetime) -> str:
    days = figures.age_in_days(now)
    return f" (These figures are {days} days old.)" if days > OLD_DAYS else ""

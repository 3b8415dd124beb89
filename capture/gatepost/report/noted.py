"""Notes on dates: what happened on a day, in the owner's words, and where it stands beside a line of counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from gatepost.report.home import Line, place_of

LONGEST = 500
_EARLIEST, _AHEAD = date(2000, 1, 1), timedelta(days=366)


@dataclass(frozen=True)
class Note:
    """What happened on a day; `article` is a slug, "" for the whole site."""

    id: UUID
    day: date
    text: str
    made_at: datetime
    article: str = ""

    @property
    def says(self) -> str:
        """The day and the words, as a chart's legend and a letter say them."""
        return f"{self.day.day} {self.day:%b %Y}: {self.text}"


def typed_day(text: str, today: date) -> tuple[date | None, str]:
    """The day that somebody typed, or what is wrong with it."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return (
            None,
            f"“{text}” is no day; write it like {today.isoformat()}." if text.strip() else "The day is missing.",
        )
    if not _EARLIEST <= day <= today + _AHEAD:
        return None, f"{day} lies too far away: take a day from {_EARLIEST} to {today + _AHEAD}."
    return day, ""


def typed_text(text: str) -> tuple[str, str]:
    """The words on one line, and what is wrong with them ("" for nothing)."""
    found = " ".join(text.split())
    if not found:
        return found, "What happened? The text is missing."
    if not found.isprintable():
        return found, "The text holds a character that cannot be shown."
    if len(found) > LONGEST:
        return found, f"The text has {len(found)} characters; {LONGEST} are the most."
    return found, ""


def beside(line: Line, notes: Iterable[Note]) -> tuple[tuple[int, str], ...]:
    """(place, words) for a chart of this line, in the order of days; notes of one place share one mark."""
    found: dict[int, list[str]] = {}
    for note in sorted(notes, key=lambda note: (note.day, note.made_at)):
        place = place_of(line, note.day)
        if place is not None:
            found.setdefault(place, []).append(note.says)
    return tuple((place, "; ".join(texts)) for place, texts in found.items())

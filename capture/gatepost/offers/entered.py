"""What an entrant is told of their part in a contest: on the page of the request and in letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

# In by this request; in already, by an earlier one; the button came after the end; taken out again.
IN, ALREADY, LATE, OUT = "in", "already", "late", "out"


@dataclass(frozen=True)
class Entered:
    """`entries` are ids that say nothing about the person, the own one first. Links are absolute, "" where there is none.

    `ends_at` is aware UTC and shown in `zone`. `most` is how many further entries friends can bring. `commitment` is the
    hash of the seed. `won`: one of the entries was drawn; `is_drawn` alone: others were.
    """

    state: str
    prize: str
    ends_at: datetime
    zone: str
    draw_url: str
    entries: tuple[str, ...] = ()
    refer_url: str = ""
    most: int = 0
    commitment: str = ""
    is_over: bool = False
    is_drawn: bool = False
    won: bool = False

    @property
    def is_in(self) -> bool:
        """Does this person take part?"""
        return bool(self.entries)

    @property
    def earned(self) -> int:
        """How many entries friends have brought."""
        return max(0, len(self.entries) - 1)

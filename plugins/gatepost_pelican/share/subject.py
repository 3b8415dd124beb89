"""What is shared: an article or an offer, as far as everybody may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Section:
    """A heading ("" before the first) with what stands below it, up to the next: sentences by paragraph, and one list.

    `lead_in` is the sentence that the list follows, where it ends with a colon. `boxes`: its points can be ticked.
    `left` is how many points there are besides those that are shown.
    """

    title: str = ""
    paragraphs: tuple[tuple[str, ...], ...] = ()
    lead_in: str = ""
    points: tuple[str, ...] = ()
    boxes: bool = False
    left: int = 0

    @property
    def is_empty(self) -> bool:
        """Is there nothing below the heading?"""
        return not (self.paragraphs or self.points)


@dataclass(frozen=True)
class Goal:
    """A page to lead to, under its whole address."""

    title: str
    address: str


@dataclass(frozen=True)
class Subject:
    """`sections` are open to everybody. `groups` are held, and empty unless the writer has them shown.

    `offer` is what stands under an article; None where there is none, and for an offer itself. `lists` says that the
    subject is a checklist.
    """

    name: str
    title: str
    summary: tuple[str, ...]
    language: str
    author: str
    site_name: str
    accent: str
    dated: date
    address: str
    tags: tuple[str, ...]
    sections: tuple[Section, ...]
    is_offer: bool = False
    groups: tuple[Section, ...] = ()
    offer: Goal | None = None
    warnings: tuple[str, ...] = ()

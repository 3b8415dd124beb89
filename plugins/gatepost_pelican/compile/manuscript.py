"""What a file is made from: everything that may change a single byte of it, and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .errors import ManuscriptIncomplete

ACCENT = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True)
class Chapter:
    """One chapter: `html` is what Python-Markdown made of it, `source` where it is published, if it is."""

    title: str
    html: str
    source: str | None = None


@dataclass(frozen=True)
class Manuscript:
    """One piece of writing, ready to be compiled.

    `accent` is `#rrggbb`, `lang` a language tag such as `en` or `de-CH`, `foreword` HTML that may be empty,
    and `picture_root` the folder that pictures' relative addresses start from. `client` and `result` are a case study's.
    Raises ManuscriptIncomplete where no file could be made of it.
    """

    slug: str
    title: str
    summary: str
    author: str
    site_name: str
    site_url: str
    lang: str
    published_on: date
    modified_on: date | None
    accent: str
    cover: Path | None
    foreword: str
    chapters: tuple[Chapter, ...]
    picture_root: Path | None
    client: str = ""
    result: str = ""

    def __post_init__(self) -> None:
        where = self.slug or "a manuscript"
        if not self.title.strip():
            raise ManuscriptIncomplete(where, "there is no title.", "Write a `Title:` line at its top.")
        if not ACCENT.fullmatch(self.accent):
            raise ManuscriptIncomplete(
                where, f"“{self.accent}” is not a colour.", "Write it as `#rrggbb`, for example `#0b6e4f`."
            )
        if not self.chapters:
            raise ManuscriptIncomplete(
                where, "there is nothing to print.", "Write text after `<!-- gate -->`, or name `Chapters:`."
            )

    @property
    def dated(self) -> date:
        """The day that the file carries: the last change, or the first publication."""
        return self.modified_on or self.published_on

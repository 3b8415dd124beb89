"""What an export holds, whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

ARTICLE, PAGE = "article", "page"
PUBLISHED, DRAFT, HIDDEN, SKIP = "published", "draft", "hidden", "skip"


class CannotImport(Exception):
    """Nothing can be read from this file; nothing was written."""

    def __init__(self, problem: str, cure: str):
        super().__init__(problem)
        self.cure = cure


@dataclass(frozen=True)
class Post:
    """One article or page. `html` is what it says; with `is_classic` an empty line in it ends a paragraph.

    `addresses` are where it stood, each a path (with its query) from the site's root; `slug` may be anything or empty. A date
    without a zone is in the site's own. `notes` say what its writer must know. `is_gated`: readers had to pay or log in.
    """

    number: str
    kind: str = ARTICLE
    title: str = ""
    slug: str = ""
    html: str = ""
    date: datetime | None = None
    modified: datetime | None = None
    category: str = ""
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    summary: str = ""
    status: str = PUBLISHED
    notes: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    picture: str = ""
    picture_alt: str = ""
    picture_caption: str = ""
    is_classic: bool = False
    is_gated: bool = False


@dataclass(frozen=True)
class LeftOut:
    """Something of an export that is not in the new site, and why. `where` is a title or address, or empty."""

    what: str
    why: str
    where: str = ""


@dataclass
class Export:
    """`source` is wordpress, ghost or medium; `hosts` are the old site's. `left_out` grows while `posts` are read."""

    source: str
    posts: Iterable[Post]
    hosts: frozenset[str] = frozenset()
    left_out: list[LeftOut] = field(default_factory=list)

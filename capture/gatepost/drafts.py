"""Drafts that are held: whole pages that only a signed link opens, and a list of what they are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from gatepost.catalogue import write_atomically

_FOLDER, _LIST = "drafts", "drafts.json"


@dataclass(frozen=True)
class Draft:
    """`address` is its path on the site while it is a draft, `source` its file below the content; `language` is empty for the site's own."""

    slug: str
    title: str
    address: str
    source: str
    language: str = ""

    @property
    def subject(self) -> UUID:
        """What a link to it is signed for; the same for every build of it."""
        return subject(self.slug, self.language)


def subject(slug: str, language: str = "") -> UUID:
    """The id of a text by its slug, and its language where it is a translation."""
    return UUID(bytes=sha256(f"draft\0{slug}\0{language}".encode()).digest()[:16])


def page(data: Path, of: UUID) -> Path:
    """Where the page of a draft is held."""
    return data / "held" / _FOLDER / f"{of.hex}.html"


def listed(data: Path) -> tuple[Draft, ...]:
    """The drafts of the last build; none where there is no list, or one that cannot be read."""
    try:
        rows = json.loads((data / "held" / _FOLDER / _LIST).read_text(encoding="utf-8"))
        return tuple(Draft(**row) for row in rows)
    except (OSError, ValueError, TypeError):
        return ()


def keep(data: Path, drafts: Iterable[Draft]) -> None:
    """Make these the drafts there are: pages of others are gone. Their own pages are there already."""
    found = tuple(drafts)
    folder = data / "held" / _FOLDER
    if not found and not folder.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    rows = json.dumps([asdict(draft) for draft in found], ensure_ascii=False, indent=1)
    write_atomically(folder / _LIST, rows.encode())
    wanted = {page(data, draft.subject) for draft in found}
    for path in folder.glob("*.html"):
        if path not in wanted:
            path.unlink(missing_ok=True)

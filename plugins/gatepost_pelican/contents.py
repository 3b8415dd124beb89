"""All that Pelican has read, whatever its status."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from pelican.contents import Content
from pelican.generators import ArticlesGenerator, PagesGenerator, StaticGenerator

_LINKS = re.compile(r"[{|](?P<what>static|attach)[|}]")


@dataclass(frozen=True)
class Contents:
    """Articles and pages as Pelican sorted them. `translations` are articles, too; `drafts` are both."""

    published: tuple[Any, ...] = ()
    translations: tuple[Any, ...] = ()
    drafts: tuple[Any, ...] = ()
    pages: tuple[Any, ...] = ()
    static: tuple[Any, ...] = ()

    @classmethod
    def of(cls, generators: Iterable[Any]) -> Contents:
        """What the generators hold once their contexts are made."""
        found = {kind: next((g for g in generators if isinstance(g, kind)), None) for kind in _LISTS}

        def lists(kind: type, part: str) -> tuple[Any, ...]:
            names = _LISTS[kind][part] if found[kind] is not None else ()
            return tuple(chain.from_iterable(getattr(found[kind], name) for name in names))

        return cls(
            published=lists(ArticlesGenerator, "published"),
            translations=lists(ArticlesGenerator, "translations"),
            drafts=lists(ArticlesGenerator, "drafts"),
            pages=lists(PagesGenerator, "pages"),
            static=lists(StaticGenerator, "static"),
        )

    @property
    def all(self) -> tuple[Any, ...]:
        """Every article and every page."""
        return (*self.published, *self.translations, *self.drafts, *self.pages)


_LISTS: dict[type, dict[str, tuple[str, ...]]] = {
    ArticlesGenerator: {
        "published": ("articles", "hidden_articles"),
        "translations": ("translations", "hidden_translations"),
        "drafts": ("drafts", "drafts_translations"),
    },
    PagesGenerator: {
        "pages": (
            "pages",
            "hidden_pages",
            "translations",
            "hidden_translations",
            "draft_pages",
            "draft_translations",
        ),
    },
    StaticGenerator: {"static": ("staticfiles",)},
}


def place_of(static: Any) -> str:
    """Where a static file is published as far as is known by now. To ask for `save_as` would hold it there, whatever `{attach}` says."""
    return str(Content.save_as.fget(static))


def attach(contents: Iterable[Any]) -> None:
    """Move static files beside the texts that `{attach}` them, in the order in which Pelican would come by.

    It does so while it writes pages; where these are written late, or elsewhere, files would be copied to their old places.
    """
    contents = list(contents)
    if not any("attach" in (one._content or "") for one in contents):
        return
    linking = [one for one in contents if _LINKS.search(one._content or "")]
    if any(match["what"] == "attach" for one in linking for match in _LINKS.finditer(one._content)):
        for one in linking:
            one._update_content(one._content, one.get_siteurl())

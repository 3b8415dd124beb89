"""What a check reads: every text of the site once, and where in its file something stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from gatepost_pelican import sources
from gatepost_pelican.checking import markup
from gatepost_pelican.checking.finding import Finding
from gatepost_pelican.checking.markup import Tag
from gatepost_pelican.contents import Contents
from gatepost_pelican.placing import Placing
from gatepost_pelican.settings import SiteSettings
from gatepost_pelican.sources import Source
from gatepost_pelican.work import Work

ARTICLE, PAGE, TEASER = "article", "page", "teaser"
_FENCE = re.compile(r"^(?P<fence>[ ]{0,3}(?:```+|~~~+)).*?^(?P=fence)|`[^`\n]+`", re.DOTALL | re.MULTILINE)
_MARKDOWN = (".md", ".markdown", ".mkd", ".mdown")


@dataclass(frozen=True)
class Written:
    """A writer's file, to find places in. Lines and columns count from 1."""

    source: Source

    @property
    def path(self) -> Path:
        return self.source.path

    @cached_property
    def without_code(self) -> str:
        """The text with each character of code in Markdown blotted out, and everything else where it was."""
        if self.path.suffix.lower() not in _MARKDOWN:
            return self.source.text
        return _FENCE.sub(lambda match: re.sub(r"[^\n]", "\0", match[0]), self.source.text)

    def at(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset."""
        before = self.source.text[:offset]
        return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1

    def nth(self, value: str, nth: int = 0) -> tuple[int, int]:
        """Where an address stands for the nth time, or for the last; (1, 0) where it is written some other way."""
        pattern = rf"(?<![\w/.}}|%-]){re.escape(value)}(?![\w/.%-](?![\s)\]\"'>]|$))"
        found = [match.start() for match in re.finditer(pattern, self.without_code)]
        found = found or [match.start() for match in re.finditer(re.escape(value), self.without_code)]
        return self.at(found[min(nth, len(found) - 1)]) if found else (1, 0)

    def like(self, pattern: re.Pattern[str], nth: int = 0) -> tuple[int, int]:
        """Where a pattern matches for the nth time, or for the last; (1, 0) where it does not."""
        found = [match.start() for match in pattern.finditer(self.without_code)]
        return self.at(found[min(nth, len(found) - 1)]) if found else (1, 0)

    def field(self, *names: str) -> tuple[int, int]:
        """The line of the first of these metadata fields that is there, in any kind of file; (1, 0) where none is."""
        text = self.source.text
        for name in map(str.lower, names):
            if name in self.source.fields:
                return self.source.fields[name][0], 1
            escaped = re.escape(name)
            match = re.search(rf"^:{escaped}:|<meta[^>]*\bname=[\"']{escaped}[\"']|<{escaped}>", text, re.I | re.M)
            if match:
                return self.at(match.start())
        return 1, 0

    def finding(self, code: str, place: tuple[int, int], problem: str, cure: str) -> Finding:
        return Finding(self.path, *place, code, problem, cure)


@dataclass(frozen=True)
class Text:
    """An article, a page, or the teaser of an offer, as everybody may read it."""

    kind: str
    content: Any

    @property
    def is_draft(self) -> bool:
        return self.kind != TEASER and self.content.status == "draft"

    @property
    def is_article(self) -> bool:
        return self.kind == ARTICLE

    @property
    def is_page(self) -> bool:
        return self.kind == PAGE

    @property
    def title(self) -> str:
        return " ".join(markup.text(str(self.content.title)).split())

    @property
    def key(self) -> str:
        """Its language, in which titles and summaries are compared."""
        return str(getattr(self.content, "lang", ""))

    @cached_property
    def markup(self) -> str:
        return markup.without_comments(self.content._content or "")

    @cached_property
    def tags(self) -> list[Tag]:
        return markup.tags(self.markup)

    @cached_property
    def ids(self) -> frozenset[str]:
        return markup.ids(self.markup)

    @cached_property
    def written(self) -> Written:
        return Written(sources.opened(self.content.source_path))


@dataclass(frozen=True)
class Site:
    """Everything that a check may look at, after all is read and before anything is written."""

    settings: SiteSettings
    pelican: Mapping[str, Any]
    work: Work
    contents: Contents

    @property
    def context(self) -> Mapping[str, Any]:
        context: Mapping[str, Any] = self.work.generator.context
        return context

    @property
    def placings(self) -> list[Placing]:
        return self.work.placings

    @cached_property
    def texts(self) -> list[Text]:
        """All of them, drafts as well."""
        contents = self.contents
        articles = (*contents.published, *contents.translations, *contents.drafts)
        # A static site may be told to read a file twice; it is one text all the same.
        return [
            *(Text(ARTICLE, one) for one in articles),
            *(Text(PAGE, one) for one in contents.pages),
            *(Text(TEASER, one) for one in self.work.teasers.values()),
        ]

    @cached_property
    def published(self) -> list[Text]:
        return [text for text in self.texts if not text.is_draft]

    def articles(self) -> Iterator[Text]:
        """The published ones."""
        return (text for text in self.published if text.is_article)

    @cached_property
    def theme(self) -> str:
        """All templates that pages may be made of, as one text."""
        found: list[str] = []
        for folder in self.work.generator._templates_path:
            paths = sorted(path for path in Path(folder).expanduser().rglob("*") if path.is_file())
            found.extend(path.read_text(encoding="utf-8", errors="replace") for path in paths)
        return "\n".join(found)

"""From offers and articles to manuscripts: which texts, in which order, with which links, title and date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gatepost_pelican import gate, sources
from gatepost_pelican.compile import Chapter, Manuscript
from gatepost_pelican.links import Paper
from gatepost_pelican.mistakes import SourceMistake
from gatepost_pelican.offers import ARTICLE, Reader, Text, WrittenOffer, plain
from gatepost_pelican.settings import SiteSettings
from gatepost_pelican.sources import Source

# The same input must give the same bytes on any day, so where no file says a date there is only this one.
UNDATED = date(2000, 1, 1)


@dataclass
class Press:
    """Makes manuscripts of one build. `articles` are the published ones by slug; mistakes are gathered on the way."""

    settings: SiteSettings
    reader: Reader
    paper: Paper
    articles: Mapping[str, Any]
    # The day of the oldest article that shows an offer: a day that stays the same while the site grows, so that the
    # files of an offer nobody has touched stay the same, too.
    first_shown: Mapping[str, date]

    def __post_init__(self) -> None:
        self.mistakes: list[SourceMistake] = []

    def offer(self, offer: WrittenOffer) -> Manuscript | None:
        """The manuscript of an offer whose kind is compiled; None, and mistakes, where a part is missing."""
        before = len(self.mistakes)
        foreword, chapters = self._parts(offer)
        days = [chapter.day for chapter in chapters if chapter.day]
        cover = self._cover(offer)
        if len(self.mistakes) > before:
            return None
        return Manuscript(
            slug=offer.slug,
            title=offer.draft.title,
            summary=offer.draft.summary,
            author=offer.teaser.field("author") or self.settings.author,
            lang=offer.teaser.field("lang") or self.settings.language,
            published_on=offer.teaser.written_on or max(days, default=None) or self._first_day(offer.slug),
            modified_on=None,
            cover=cover,
            foreword=foreword,
            chapters=tuple(chapter.printed for chapter in chapters),
            client=plain(offer.draft.line("client")),
            result=plain(offer.draft.line("result")),
            **self._site(),
        )

    def article(self, article: Any) -> Manuscript:
        """The whole of a gated article, what is held included."""
        text = self._whole(article)
        modified = getattr(article, "modified", None)
        return Manuscript(
            slug=article.slug,
            title=plain(article.title),
            summary=plain(article.metadata.get("summary", "")),
            author=str(getattr(article, "author", self.settings.author)),
            lang=article.lang,
            published_on=article.date.date(),
            modified_on=modified.date() if modified else None,
            cover=None,
            foreword="",
            chapters=(Chapter(plain(article.title), text, self._address(article)),),
            **self._site(),
        )

    def _first_day(self, slug: str) -> date:
        return self.first_shown.get(slug) or min(self.first_shown.values(), default=UNDATED)

    def _site(self) -> dict[str, Any]:
        settings = self.settings
        return {
            "site_name": settings.site_name,
            "site_url": settings.site_url,
            "accent": settings.accent,
            "picture_root": settings.content,
        }

    def _parts(self, offer: WrittenOffer) -> tuple[str, list[_Printed]]:
        held = self.paper.resolved(offer.held, offer.source.path)
        if not offer.draft.chapters:
            return "", [_Printed(Chapter(offer.draft.title, held), None)]
        return held, [part for name in offer.draft.chapters for part in self._chapter(offer, name)]

    def _chapter(self, offer: WrittenOffer, name: str) -> Iterator[_Printed]:
        if name.startswith(ARTICLE):
            yield from self._published_chapter(offer, name)
            return
        found = sources.read(self.settings.offers / name)
        if isinstance(found, SourceMistake):
            problem = f"the chapter {name!r} cannot be read"
            cure = f"Put it beside the offer as {name}, in UTF-8, or take it out of `Chapters:`"
            self.mistakes.append(offer.source.mistake(name, problem, cure))
            return
        text = self.reader.read(found, "whole")
        title = plain(text.field("title"))
        if not title:
            self.mistakes.append(found.mistake(1, "the chapter has no title", "Write a line `Title: ...` at its top"))
            return
        yield _Printed(Chapter(title, self.paper.resolved(text.html, found.path)), text.written_on)

    def _published_chapter(self, offer: WrittenOffer, name: str) -> Iterator[_Printed]:
        article = self.articles.get(name.removeprefix(ARTICLE).strip())
        if article is None:
            problem = f"there is no published article {name.removeprefix(ARTICLE).strip()!r}"
            cure = "Write the slug of a published article after `article:`"
            self.mistakes.append(offer.source.mistake(name, problem, cure))
            return
        chapter = Chapter(plain(article.title), self._whole(article), self._address(article))
        yield _Printed(chapter, article.date.date())

    def _whole(self, article: Any) -> str:
        """An article's text for paper: Pelican has made HTML of it already, unless a part of it is held."""
        path = Path(article.source_path)
        if gate.COUNT not in article.metadata:
            return self.paper.resolved(gate.PLACEHOLDER.sub("", article._content), path)
        return self.paper.resolved(self._read(path).html, path)

    def _read(self, path: Path) -> Text:
        return self.reader.read(Source(path, ""), "whole")

    def _cover(self, offer: WrittenOffer) -> Path | None:
        name = offer.teaser.field("cover")
        places = (self.settings.offers / name, self.settings.content / name.lstrip("/"))
        found = next((place for place in places if name and place.is_file()), None)
        if name and found is None:
            cure = "Put the picture beside the offer, or take the line out: a cover is drawn then"
            self.mistakes.append(offer.source.mistake("Cover", f"there is no picture {name!r}", cure))
        return found

    def _address(self, article: Any) -> str:
        return f"{self.settings.site_url}/{article.url}"


@dataclass(frozen=True)
class _Printed:
    printed: Chapter
    day: date | None

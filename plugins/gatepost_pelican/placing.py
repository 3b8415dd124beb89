"""Which offers stand in which article or page, and where."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from gatepost_pelican import auto, gate, sources
from gatepost_pelican.choosing import BySubject, Chooser
from gatepost_pelican.mistakes import SourceMistake
from gatepost_pelican.offers import WrittenOffer, plain

AUTO = "auto"
NONE = "none"


@dataclass(frozen=True)
class Placing:
    """What one article or page shows. `key` is the article's name in forms and catalogue, empty where it has none."""

    content: Any
    key: str
    is_article: bool
    is_gated: bool = False
    offers: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    inline: tuple[str, ...] = ()

    @property
    def slugs(self) -> tuple[str, ...]:
        """Every offer shown, each once."""
        return tuple(dict.fromkeys((*self.offers, *self.inline, *self.calls)))

    @property
    def inside(self) -> str:
        """What the place of a card inside the text is called."""
        return "inline" if self.is_article else "page"

    def shown(self, asking: Collection[str]) -> list[tuple[str, str]]:
        """Every card as (place, slug): those inside the text, then those below it. `asking` are offers with a form."""
        gated = next((slug for slug in self.offers if slug in asking), None) if self.is_gated else None
        first = [("gate", gated)] if gated else []
        others = [("end", slug) for slug in self.offers if slug != gated]
        calls = [("end", slug) for slug in self.calls if slug not in self.offers]
        return [*((self.inside, slug) for slug in self.inline), *first, *others, *calls]

    @property
    def subject(self) -> auto.Subject:
        category = str(getattr(self.content, "category", ""))
        tags = [str(tag) for tag in getattr(self.content, "tags", ())]
        return auto.subject(category, tags, plain(self.content.title))


@dataclass
class Placer:
    """Reads what articles and pages ask for; what cannot be is kept in `mistakes`. `chooser` decides `auto`."""

    offers: Mapping[str, WrittenOffer]
    now: datetime
    chooser: Chooser = field(default_factory=BySubject)
    mistakes: list[SourceMistake] = field(default_factory=list)

    def place(self, articles: Iterable[tuple[Any, str]], pages: Iterable[Any]) -> list[Placing]:
        """Placings of all articles (each with its key) and pages, `auto` chosen."""
        asked = [self._article(content, key) for content, key in articles]
        asked.extend(self._page(content) for content in pages)
        subjects = self._subjects(asked)
        return [self._chosen(placing, subjects) if AUTO in placing.offers else placing for placing in asked]

    def _article(self, content: Any, key: str) -> Placing:
        metadata = content.metadata
        placing = Placing(content, key, is_article=True, is_gated=gate.COUNT in metadata, inline=self._inline(content))
        if "offer" in metadata:
            placing = replace(placing, offers=tuple(self._named(content, "offer")))
        if "cta" in metadata:
            placing = replace(placing, calls=tuple(self._named(content, "cta")))
        if placing.is_gated:
            self.mistakes.extend(self._check_gate(placing))
        return placing

    def _page(self, content: Any) -> Placing:
        if gate.COUNT in content.metadata:
            source = sources.opened(content.source_path)
            cure = "Make it an article, or take the gate out; what follows it is shown nowhere"
            self.mistakes.append(source.mistake(source.line_like(gate.GATE), "a page cannot have a gate", cure))
        return Placing(content, "", is_article=False, inline=self._inline(content))

    def _named(self, content: Any, field: str) -> Iterator[str]:
        """The slugs of a metadata field that are there; `Cta` may name a kind as well."""
        value = content.metadata[field]
        if isinstance(value, list | tuple):
            value = ",".join(map(str, value))
            source = sources.opened(content.source_path)
            # Other formats have lists; in Markdown it is two lines, one of which was forgotten.
            lines = source.fields.get(field, [])
            if len(lines) > 1:
                cure = f"Keep one `{field.title()}:` line; several offers stand in it with commas between"
                problem = f"`{field.title()}` stands in the metadata twice"
                self.mistakes.append(source.mistake(lines[-1], problem, cure))
        for name in (part.strip() for part in str(value).split(",") if part.strip()):
            if name.casefold() == NONE:
                continue
            slug = AUTO if field == "offer" and name.casefold() == AUTO else self._found(name, kind=field == "cta")
            if slug is None:
                self._unknown(content, field, name)
            else:
                yield slug

    def _found(self, name: str, kind: bool) -> str | None:
        if name in self.offers:
            return name
        of_kind = (slug for slug, offer in sorted(self.offers.items()) if kind and offer.draft.kind == name.casefold())
        return next(of_kind, None)

    def _inline(self, content: Any) -> tuple[str, ...]:
        markup = content._content or ""
        if "<!--" not in markup and "[[" not in markup:
            return ()
        self.mistakes.extend(_came_through(content, markup))
        named = gate.slugs_placed(markup)
        for slug in (slug for slug in named if slug not in self.offers):
            self._unknown(content, "[[offer:", slug)
        return tuple(slug for slug in named if slug in self.offers)

    def _unknown(self, content: Any, where: str, name: str) -> None:
        source = sources.opened(content.source_path)
        near = difflib.get_close_matches(name, self.offers, n=1)
        known = f"Did you mean {near[0]!r}?" if near else f"Use one of: {', '.join(sorted(self.offers)) or 'none yet'}"
        line = next((number for number, text in enumerate(source.lines, 1) if where in text and name in text), where)
        cure = f"{known} {'' if near else '- '}or write the offer" if not near else f"{known} Mend the name"
        self.mistakes.append(source.mistake(line, f"there is no offer {name!r}", cure))

    def _check_gate(self, placing: Placing) -> Iterator[SourceMistake]:
        source = sources.opened(placing.content.source_path)
        if int(placing.content.metadata[gate.COUNT]) > 1:
            where = source.line_like(gate.GATE, 1)
            yield source.mistake(where, "there is a second gate", "Keep the first; all that follows it is held")
        asked = [slug for slug in placing.offers if slug == AUTO or self.offers[slug].asks]
        if not asked:
            problem = "the article has a gate, but names no offer with a form, so nobody could get what is held"
            cure = "Add a line `Offer: SLUG` (or `Offer: auto`) at the top, or take the gate out"
            yield source.mistake(source.line_like(gate.GATE), problem, cure)

    def _subjects(self, asked: Sequence[Placing]) -> dict[str, auto.Subject]:
        """What each offer with a form is about: its own category and tags, and those of articles that name it."""
        naming: dict[str, list[auto.Subject]] = {}
        for placing in asked:
            for slug in (slug for slug in placing.offers if slug != AUTO):
                naming.setdefault(slug, []).append(placing.subject)
        return {
            slug: _subject(offer).with_articles(naming.get(slug, ()))
            for slug, offer in self.offers.items()
            if offer.asks and not offer.is_over(self.now)
        }

    def _chosen(self, placing: Placing, subjects: Mapping[str, auto.Subject]) -> Placing:
        slug = self.chooser.choose(placing, subjects)
        if slug is None:
            source = sources.opened(placing.content.source_path)
            cure = "Write an offer with a form, or `Offer: none`"
            self.mistakes.append(source.mistake("Offer", "there is no offer to choose from", cure))
        chosen = [slug if name == AUTO else name for name in placing.offers]
        return replace(placing, offers=tuple(dict.fromkeys(name for name in chosen if name is not None)))


def _subject(offer: WrittenOffer) -> auto.Subject:
    metadata = offer.teaser.metadata
    tags = [str(tag) for tag in metadata.get("tags", ())]
    return auto.subject(str(metadata.get("category", "")), tags, offer.draft.title)


def _came_through(content: Any, markup: str) -> Iterator[SourceMistake]:
    """Marks that are still in the HTML although Markdown should have taken them out: nothing was held back there."""
    if gate.MEANT.search(markup):
        source = sources.opened(content.source_path)
        cure = (
            "Put `<!-- gate -->` alone on its line, at the left edge, in a Markdown file; "
            "if it stands so, build once with --ignore-cache"
        )
        yield source.mistake(source.line_like(gate.MEANT), "this gate would hold nothing back", cure)
    if gate.OFFER_MEANT.search(markup):
        source = sources.opened(content.source_path)
        cure = "Put `[[offer:SLUG]]` alone on its line, at the left edge, in a Markdown file"
        yield source.mistake("[[offer:", "this offer would be shown as plain text", cure)

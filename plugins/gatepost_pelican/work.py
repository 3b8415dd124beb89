"""The work of one run: offers read, mistakes found, files made, cards placed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.contents import Page

from gatepost.languages import words
from gatepost.offers import HeldFile
from gatepost_pelican import cards, endings, gate, held, offers, order, placing, policy, report, script, search, unread
from gatepost_pelican.contents import Contents
from gatepost_pelican.mistakes import SourceMistake
from gatepost_pelican.offers import WrittenOffer
from gatepost_pelican.placing import Placing
from gatepost_pelican.settings import SiteSettings
from gatepost_pelican.sources import opened

if TYPE_CHECKING:
    from gatepost_pelican.compile import CompileError, Manuscript
    from gatepost_pelican.manuscripts import Press


@dataclass(frozen=True)
class Made:
    """A site without a mistake: what is shown, and which held files go with it."""

    placings: tuple[Placing, ...]
    articles: tuple[tuple[Placing, HeldFile | None], ...]
    offers: Mapping[str, tuple[WrittenOffer, tuple[HeldFile, ...]]]

    @property
    def gated_sources(self) -> frozenset[str]:
        """The source files that nobody may be given."""
        return frozenset(str(placing.content.source_path) for placing in self.placings if placing.is_gated)


class Work:
    """`generator` is the one of the articles, whose templates and context all others share."""

    def __init__(self, settings: SiteSettings, generator: Any, mistakes: list[SourceMistake]):
        self.settings = settings
        self.generator = generator
        self.mistakes = mistakes
        # Gates and offers are looked at in any case; how else a site is written only where it uses them.
        self.is_strict = True
        # Held files must not be laid into a folder that is wrong.
        self.may_make_files = not mistakes
        self.reader = offers.Reader(generator.settings)
        self.written: list[WrittenOffer] = []
        self.placings: list[Placing] = []
        # Originals of the site that this one is built inside, by file.
        self.known: Collection[str] = ()
        self.teasers: dict[str, Any] = {}
        self.views: dict[str, Any] = {}
        self.chooser = report.chooser(settings)

    @property
    def by_slug(self) -> dict[str, WrittenOffer]:
        """Offers by slug; the first of two with the same one, which is a mistake told elsewhere."""
        return {offer.slug: offer for offer in reversed(self.written)}

    def read_offers(self) -> None:
        """Read the folder, and announce the static files that teasers link to."""
        self.written, mistakes = offers.read_folder(self.reader, self.settings)
        self.mistakes.extend((*mistakes, *endings.mistakes(self.written)))
        for offer in self.written:
            page = self._teaser(offer)
            self.teasers[offer.slug] = page
            self.generator.add_static_links(page)

    def place(self, contents: Contents) -> list[Placing]:
        """Find out which offer stands where."""
        placer = placing.Placer(self.by_slug, datetime.now(UTC), self.chooser)
        self.placings = placer.place(list(_keyed(contents, self.settings.main_language, self.known)), contents.pages)
        self.mistakes.extend(placer.mistakes)
        return self.placings

    def prepare(self, contents: Contents) -> Made | None:
        """Find every mistake and make every held file; None where there is a mistake."""
        placings = self.place(contents)
        for offer in self.written:
            self.mistakes.extend(held.missing(offer, self.settings))
        self.mistakes.extend(held.published_by_folder(self.written, self.settings, self.generator.settings))
        self.mistakes.extend(self._offers_read_as_articles(contents))
        for found in (unread.clashing, unread.controls, unread.twice) if self.is_strict else ():
            self.mistakes.extend(found(contents.all))
        articles, files = self._held_files(placings, contents)
        known = [file for made in files.values() for file in made] + [rest for _, rest in articles if rest]
        paths = held.HeldPaths(self.written, self.settings, known)
        linking = (*contents.all, *self.teasers.values())
        self.mistakes.extend(held.published_as_static(contents.static, linking, paths, self.settings))
        if self.mistakes:
            return None
        return Made(tuple(placings), articles, {slug: (self.by_slug[slug], files[slug]) for slug in sorted(files)})

    def show(self, made: Made, contents: Contents) -> None:
        """Give templates what they need: cards in every text, and `gatepost` in the context."""
        shelf = cards.Cards(self.generator.env, self.settings, self.generator.settings["THEME_STATIC_DIR"])
        views = {slug: cards.OfferView(offer, self.teasers[slug], shelf) for slug, (offer, _) in made.offers.items()}
        self.views = views
        for placed in made.placings:
            cards.put(placed, views, shelf)
        context = self.generator.context
        context["gatepost"] = {
            "capture_url": self.settings.capture_url,
            "script_url": script.Address(context),
            "below": self.settings.below,
            "forms_url": script.Address(context, script.FORMS),
            **search.addresses(context),
            "policy_hashes": policy.hashes,
            **policy.given(self.generator.settings, self.settings.capture_url),
            "style_url": script.Address(context, script.STYLE),
            "journey": self.settings.journey,
            "offers": tuple(views.values()),
            "offer": views.get,
            "words": words,
            "contact": self.settings.contact,
            **order.questions(context),
        }

    def _teaser(self, offer: WrittenOffer) -> Any:
        address = cards.landing_page(offer.slug)
        metadata = {"title": offer.draft.title, "slug": offer.slug, "url": address, "save_as": address}
        if offer.draft.summary:
            metadata["summary"] = offer.draft.summary
        settings, context = self.generator.settings, self.generator.context
        return Page(offer.teaser.html, metadata, settings, str(offer.source.path), context)

    def _offers_read_as_articles(self, contents: Contents) -> Iterator[SourceMistake]:
        folder = self.settings.offers.resolve()
        for content in contents.all:
            path = Path(content.source_path)
            if path.resolve().is_relative_to(folder):
                cure = f"Name other folders in ARTICLE_PATHS and PAGE_PATHS than {self.settings.offers.name!r}"
                yield SourceMistake(path, 1, "a file of the offers would be published as an article or a page", cure)

    def _held_files(
        self, placings: list[Placing], contents: Contents
    ) -> tuple[tuple[tuple[Placing, HeldFile | None], ...], dict[str, tuple[HeldFile, ...]]]:
        published = [one for one in placings if one.is_article and one.content.status != "draft"]
        keyed = [one for one in published if one.is_gated or one.content not in contents.translations]
        needs_press = self.may_make_files and (
            any(map(held.formats, self.written)) or any(one.is_gated for one in keyed)
        )
        press = self._press(keyed, contents) if needs_press else None
        files = {offer.slug: self._files_of(offer, press) for offer in self.written}
        articles = tuple((one, self._rest_of(one, press) if one.is_gated else None) for one in keyed)
        if press is not None:
            self.mistakes.extend((*press.mistakes, *press.paper.mistakes))
        return articles, files

    def _press(self, shown: list[Placing], contents: Contents) -> Press:
        from gatepost_pelican.links import Paper
        from gatepost_pelican.manuscripts import Press

        paper = Paper(self.generator.context, self.settings.content, self.settings.site_url)
        articles = {article.slug: article for article in reversed(contents.published)}
        first_shown: dict[str, date] = {}
        for one in shown:
            day = one.content.date.date()
            first_shown.update({slug: min(day, first_shown.get(slug, day)) for slug in one.slugs})
        return Press(self.settings, self.reader, paper, articles, first_shown)

    def _files_of(self, offer: WrittenOffer, press: Press | None) -> tuple[HeldFile, ...]:
        # A file that is missing or an offer that holds nothing has been told of already.
        paths = [self.settings.offers / name for name in offer.draft.files]
        files = [held.given(path, self.settings) for path in paths if path.is_file() and not self.mistakes]
        is_whole = offer.draft.title and (offer.held or offer.draft.chapters)
        if press is not None and held.formats(offer) and is_whole:
            manuscript = press.offer(offer)
            for name in held.formats(offer) if manuscript is not None else ():
                files.extend(self._compiled(manuscript, name, press, offer.source.path))
        return tuple(files)

    def _rest_of(self, placed: Placing, press: Press | None) -> HeldFile | None:
        if press is None:
            return None
        path = Path(placed.content.source_path)
        self._check_definitions(path)
        return next(self._compiled(press.article(placed.content), "article.pdf", press, path), None)

    def _compiled(self, manuscript: Manuscript | None, name: str, press: Press, path: Path) -> Iterator[HeldFile]:
        from gatepost_pelican.compile import CompileError

        broken = bool(press.paper.mistakes)
        if manuscript is None or broken:
            return
        try:
            yield held.compiled(manuscript, name, self.settings)
        except CompileError as error:
            self.mistakes.append(self._located(error, path))

    def _located(self, error: CompileError, path: Path) -> SourceMistake:
        """A compiler names a chapter; a writer needs the file of it."""
        named = getattr(error, "source", "")
        files = [path, *sorted(self.settings.offers.rglob("*.md"))]
        chapter = next((file for file in files[1:] if f"Title: {error.where}" in opened(file).text), path)
        source = opened(chapter if not named or named in opened(chapter).text else path)
        return source.mistake(named or 1, error.what, error.cure)

    def _check_definitions(self, path: Path) -> None:
        """A footnote used before the gate and written after it would be lost to the open part."""
        self.mistakes.extend(gate.definitions_behind(opened(path)))


def originals(work: Work | None) -> frozenset[str]:
    """The files of articles that a site knows by their slug alone, and no other article with them."""
    placings = work.placings if work is not None else ()
    named = Counter(placing.key for placing in placings)
    return frozenset(str(one.content.source_path) for one in placings if _is_original(one) and named[one.key] == 1)


def _is_original(placed: Placing) -> bool:
    return placed.is_article and placed.key == placed.content.slug


def _keyed(contents: Contents, main_language: str, known: Collection[str]) -> Iterator[tuple[Any, str]]:
    """Articles with the name that forms and catalogue know them by.

    A translation is the same article, unless it has a gate: then its readers must get it in its own language. In a site
    for one language, inside another, it looks like an original and is none; `known` are those that are.
    """
    for content in (*contents.published, *contents.drafts):
        is_of_main = content.lang == (main_language or content.lang) or content.source_path in known
        yield content, _key(content, not is_of_main)
    for content in contents.translations:
        yield content, _key(content, True)


def _key(content: Any, is_translation: bool) -> str:
    own = is_translation and gate.COUNT in content.metadata
    return f"{content.slug}-{content.lang}" if own else str(content.slug)

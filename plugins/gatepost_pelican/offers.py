"""Offers as their writers wrote them, read with the site's own Markdown."""

from __future__ import annotations

import fnmatch
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from markupsafe import Markup
from pelican.readers import Readers
from pelican.utils import file_suffix, slugify

from gatepost.offers import KINDS, Draft, Wording, check
from gatepost_pelican import gate, misnamed, readers, sources
from gatepost_pelican.mistakes import SourceMistake
from gatepost_pelican.settings import SiteSettings
from gatepost_pelican.sources import Source

# What a chapter that is published already begins with.
ARTICLE = "article:"
# Metadata that an offer may name once only.
ONCE = (
    "title", "slug", "summary", "kind", "consent", "value", "expires", "chapters", "file", "link", "cover", "date", "lang",
    "form", "variants",
    *dict.fromkeys(name for kind in KINDS.values() for name in kind.fields),
)  # fmt: skip

_LANG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_SLUG = re.compile(r"\w[\w-]{0,99}")
_TASK = re.compile(r"<li[^>]*>\s*(?:<p>)?\s*\[[ xX]\]\s")


@dataclass(frozen=True)
class Text:
    """A file read with the site's own reader: metadata, and HTML with its intra-site links still in braces."""

    source: Source
    metadata: Mapping[str, Any]
    html: str

    def field(self, name: str) -> str:
        """One metadata field as plain text; several lines are one text."""
        return " ".join(part for part in self.parts(name, "\n"))

    def parts(self, name: str, separators: str = ",\n") -> tuple[str, ...]:
        """A metadata field cut at commas and line ends, empty pieces left out."""
        value = self.metadata.get(name, "")
        whole = "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        return tuple(part.strip() for part in re.split(f"[{separators}]", whole) if part.strip())

    @property
    def gates(self) -> int:
        return int(self.metadata.get(gate.COUNT, 0))

    @property
    def written_on(self) -> date | None:
        """The day of its `Date:`, if it says one."""
        value = self.metadata.get("date")
        return value.date() if value is not None else None


@dataclass(frozen=True)
class WrittenOffer:
    """One offer file. `teaser.html` is published, `held` is HTML that is not; `files` and `chapters` are as named."""

    slug: str
    teaser: Text
    held: str
    draft: Draft
    wordings: tuple[Wording, ...]

    @property
    def source(self) -> Source:
        return self.teaser.source

    @property
    def asks(self) -> bool:
        """Is there a form? An unknown kind is a mistake already, so it may count as one with a form."""
        return self.draft.kind not in KINDS or KINDS[self.draft.kind].asks

    def is_over(self, now: datetime) -> bool:
        """Has the meeting or the contest ended? What cannot be read is a mistake told elsewhere."""
        kind = KINDS.get(self.draft.kind)
        return kind is not None and not any(kind.check(self.draft)) and kind.terms(self.draft).is_over(now)


class Reader:
    """Reads files that are not Pelican's own articles or pages."""

    def __init__(self, pelican: Mapping[str, Any]):
        self.pelican = pelican
        self.endings = tuple(f".{ending}" for ending in Readers(pelican).reader_classes["md"].file_extensions)
        self._readers: dict[str, Any] = {}

    def read(self, source: Source, keep: str) -> Text:
        """The part of a file before its gate ("open"), after it ("held"), or both ("whole")."""
        chosen = self._reader(source, keep)
        if not readers.has_gate_inside(chosen):
            # Many a reader of another plugin converts with Pelican's settings: the gate is to be found once, in its HTML.
            chosen = self._reader(source, "")
        content, metadata = readers.read(chosen, str(source.path), keep)
        return Text(source, metadata, content)

    def _reader(self, source: Source, keep: str) -> Any:
        if keep not in self._readers:
            theirs = self.pelican["MARKDOWN"]
            markdown = gate.settings_keeping(keep, theirs) if keep else gate.settings_without(theirs)
            self._readers[keep] = Readers({**self.pelican, "MARKDOWN": markdown}).readers
        return self._readers[keep][file_suffix(str(source.path))]


def read_folder(reader: Reader, settings: SiteSettings) -> tuple[list[WrittenOffer], list[SourceMistake]]:
    """Every offer of the folder by file name, and what is wrong with each by itself or beside the others."""
    offers: list[WrittenOffer] = []
    mistakes: list[SourceMistake] = []
    for source in _sources(reader, settings, mistakes):
        try:
            offers.append(_offer(reader, source, settings))
        except (ValueError, KeyError, TypeError) as error:
            where = "date" if "date" in str(error) else 1
            mistakes.append(source.mistake(where, f"the metadata cannot be read: {error}", "Mend the field it names"))
    mistakes.extend(misnamed.chapters(offers, settings))
    chapters = {settings.offers / name for offer in offers for name in offer.draft.chapters}
    # A chapter lies in a folder of its own as a rule; one beside the offers is told from them by what it lacks.
    offers = [offer for offer in offers if offer.draft.kind or offer.source.path not in chapters]
    mistakes.extend(mistake for offer in offers for mistake in _check(offer, settings))
    mistakes.extend(_same_slugs(offers))
    return offers, mistakes


def plain(markup: Any) -> str:
    """Text without tags and entities: for file names, letters, and templates that escape by themselves."""
    return " ".join(html.unescape(Markup(markup or "").striptags()).split())  # noqa: S704 (stripped at once)


def _sources(reader: Reader, settings: SiteSettings, mistakes: list[SourceMistake]) -> Iterator[Source]:
    ignored = reader.pelican["IGNORE_FILES"]
    for path in sorted(settings.offers.iterdir()) if settings.offers.is_dir() else ():
        hidden = path.name.startswith(".") or any(fnmatch.fnmatch(path.name, ignore) for ignore in ignored)
        if hidden or not path.name.endswith(reader.endings):
            continue
        found = sources.read(path)
        if isinstance(found, Source):
            yield found
        else:
            mistakes.append(found)


def _offer(reader: Reader, source: Source, settings: SiteSettings) -> WrittenOffer:
    teaser = reader.read(source, "open")
    held = reader.read(source, "held").html if teaser.gates else ""
    title = plain(teaser.field("title"))
    draft = Draft(
        kind=teaser.field("kind").casefold(),
        title=title,
        summary=plain(teaser.field("summary")),
        consent=teaser.field("consent"),
        value=teaser.field("value"),
        expires=teaser.field("expires"),
        link=teaser.field("link"),
        files=teaser.parts("file"),
        chapters=teaser.parts("chapters"),
        has_held=bool(held.strip()),
        tasks=len(_TASK.findall(held)),
        fields={name: teaser.parts(name, "\n") for name in teaser.metadata},
        zone=str(reader.pelican.get("TIMEZONE") or "UTC"),
        language=teaser.field("lang") or settings.language,
    )
    slug = teaser.field("slug") or slugify(title, reader.pelican["SLUG_REGEX_SUBSTITUTIONS"])
    return WrittenOffer(slug, teaser, held, draft, _wordings(draft.consent, settings))


def _wordings(consent: str, settings: SiteSettings) -> tuple[Wording, ...]:
    """Wordings by their names, or the sentence itself, which is for letters; its version is made from its text."""
    names = [name.strip() for name in consent.split(",") if name.strip()]
    if names and all(name in settings.consents for name in names):
        return tuple(settings.consents[name] for name in dict.fromkeys(names))
    if " " not in consent.strip():
        return ()
    return (Wording("letters", sha256(consent.encode()).hexdigest()[:12], consent),)


def _check(offer: WrittenOffer, settings: SiteSettings) -> Iterator[SourceMistake]:
    source, draft = offer.source, offer.draft
    for mistake in check(draft):
        yield source.mistake(_where(offer, mistake.field), mistake.problem, mistake.cure)
    if offer.asks and draft.consent and not offer.wordings:
        known = ", ".join(settings.consents) or "none yet"
        cure = f"Add {draft.consent!r} to GATEPOST_CONSENTS in {settings.file.name} (there: {known}), or write the sentence"
        yield source.mistake("Consent", f"there is no wording {draft.consent!r} to ask permission under", cure)
    if not _SLUG.fullmatch(offer.slug) or offer.slug == "index":
        cure = "Write a `Slug:` of letters, digits and hyphens, other than `index`"
        yield source.mistake("Slug", f"{offer.slug!r} cannot be part of an address", cure)
    if offer.teaser.field("status") not in ("", "published"):
        cure = "Take the `Status:` line out, or move the file out of the folder until it is ready"
        yield source.mistake("Status", "offers have no status: every file here is published", cure)
    if not _LANG.fullmatch(draft.language):
        yield source.mistake("Lang", f"{draft.language!r} is not the tag of a language", "Write it like `Lang: de`")
    yield from _check_gates(offer)
    yield from misnamed.fields(offer.source, ONCE)
    for field in ONCE:
        for line in source.fields.get(field, [])[1:]:
            cure = f"Keep one of the `{field.title()}:` lines"
            yield source.mistake(line, f"`{field.title()}` stands in the metadata twice", cure)


def _where(offer: WrittenOffer, field: str) -> str | int:
    """Where a mistake stands that names a field, the body, or one of the lines that only some kinds have."""
    if field == "body":
        return offer.source.line_like(gate.GATE)
    names = ("variants", *(KINDS[offer.draft.kind].fields if offer.draft.kind in KINDS else ()))
    of_lines = next((name for name in names if field in offer.draft.fields.get(name, ())), None)
    return offer.source.line_below(of_lines, field) if of_lines else field


def _check_gates(offer: WrittenOffer) -> Iterator[SourceMistake]:
    source, kind = offer.source, KINDS.get(offer.draft.kind)
    alone = "Put `<!-- gate -->` alone on its line, at the left edge, with an empty line before and after"
    if gate.MEANT.search(offer.teaser.html):
        yield source.mistake(source.line_like(gate.MEANT), "this gate would hold nothing back", alone)
    if gate.slugs_placed(offer.teaser.html):
        cure = "Take the line out, or place it in an article or a page"
        yield source.mistake("[[offer:", "an offer cannot be placed inside an offer", cure)
    if offer.teaser.gates > 1:
        where = source.line_like(gate.GATE, 1)
        yield source.mistake(where, "there is a second gate", "Keep the first; all that follows it is held")
    if offer.teaser.gates and kind is not None and not kind.formats:
        problem = f"a {kind.name} holds no text, so nobody would ever get what stands behind this gate"
        cure = "Take the gate and what follows out, or choose `Kind: checklist` or `ebook`"
        yield source.mistake(source.line_like(gate.GATE), problem, cure)


def _same_slugs(offers: Sequence[WrittenOffer]) -> Iterator[SourceMistake]:
    first: dict[str, WrittenOffer] = {}
    for offer in offers:
        other = first.setdefault(offer.slug.casefold(), offer)
        if other is not offer:
            problem = f"the slug {offer.slug!r} is that of {other.source.path.name} already"
            yield offer.source.mistake("Slug", problem, "Give each offer a `Slug:` of its own")

"""What every compiler does first: read all chapters, collect the pictures, describe the whole to the style sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .addresses import Addresses, anchor_name, clean
from .blocks import Body, Figure, Picture, walk
from .colours import on_paper
from .manuscript import Chapter, Manuscript
from .pictures import Pictures, read_picture
from .reading import read_html
from .running_text import Place
from .setting import Setter, anchors_in, dictionary, labelled, literal
from .words import words_for

LANG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2}))?(?:[-_.].*)?")
# Longer running heads would break into a second line.
HEAD_LENGTH = 58


@dataclass(frozen=True)
class Part:
    """A chapter that has been read. `number` is None for a foreword and for an only chapter."""

    chapter: Chapter
    number: int | None
    anchor: str
    body: Body


def read_parts(m: Manuscript) -> tuple[Part, ...]:
    """Foreword (if any) and chapters, in the order of reading. Raises CompileError."""
    chapters = list(m.chapters)
    if m.foreword.strip():
        chapters.insert(0, Chapter(words_for(m.lang).foreword, m.foreword))
    before = len(chapters) - len(m.chapters)
    sources = {c.source.split("#")[0]: at for at, c in enumerate(chapters, start=1) if c.source}
    pictures = Pictures(m.picture_root, m.site_url)
    parts: list[Part] = []
    for at, chapter in enumerate(chapters, start=1):
        base = chapter.source or m.site_url.rstrip("/") + "/"
        place = Place(f"{m.slug}: “{chapter.title}”", Addresses(at, base, sources), pictures, words_for(m.lang).quotes)
        body = read_html(chapter.html, place, chapter.title)
        _check_pictures(body, place)
        number = at - before if at > before and len(m.chapters) > 1 else None
        parts.append(Part(chapter, number, anchor_name(at), body))
    return tuple(parts)


def _check_pictures(body: Body, place: Place) -> None:
    for path in pictures_in([body]):
        read_picture(path, place.where)


def pictures_in(bodies: Iterable[Body]) -> list[Path]:
    """Every picture once, in the order in which they first come."""
    found: dict[Path, None] = {}
    for body in bodies:
        for blocks in (body.blocks, *body.notes.values()):
            for part in walk(blocks):
                if isinstance(part, Picture | Figure):
                    found[(part.picture if isinstance(part, Figure) else part).path] = None
    return list(found)


def named_pictures(paths: Iterable[Path], where: str) -> dict[Path, str]:
    """A file name for each picture, with the ending of what it is. Raises PictureMissing or PictureBroken."""
    return {path: f"picture-{at}.{read_picture(path, where)[1]}" for at, path in enumerate(paths, start=1)}


def with_curly_apostrophes(title: str) -> str:
    """A title as it is printed: its text comes from metadata, past Markdown's own care for quotes."""
    return re.sub(r"(?<=\w)'(?=\w)", "’", " ".join(title.split()))


def shortened(title: str) -> str:
    """A title for one line, cut between words."""
    title = with_curly_apostrophes(title)
    if len(title) <= HEAD_LENGTH:
        return title
    return (title[:HEAD_LENGTH].rsplit(" ", 1)[0] or title[:HEAD_LENGTH]).rstrip(" ,;:–—") + "…"


def language(lang: str) -> tuple[str, str | None]:
    """Language and region as a typesetter takes them; English where the tag is none."""
    match = LANG.fullmatch(lang.strip())
    if match is None:
        return "en", None
    return match[1].lower(), match[2].upper() if match[2] else None


def meta(m: Manuscript, more: dict[str, str]) -> str:
    """The manuscript as the dictionary `m` of the style sheets; `more` holds code."""
    lang, region = language(m.lang)
    words = words_for(m.lang)
    day = m.dated
    home = clean(m.site_url)
    return dictionary(
        {
            "title": literal(with_curly_apostrophes(m.title)),
            "short-title": literal(shortened(m.title)),
            "summary": literal(with_curly_apostrophes(m.summary)),
            "author": literal(" ".join(m.author.split())),
            "site-name": literal(" ".join(m.site_name.split())),
            "home": literal(home) if home else "none",
            "lang": literal(lang),
            "region": literal(region) if region else "none",
            "date": f"datetime(year: {day.year}, month: {day.month}, day: {day.day})",
            "accent": literal(on_paper(m.accent)),
            "online": literal(words.online),
            "contents": literal(words.contents),
            "page-of": literal(words.page_of),
            **more,
        }
    )


def dates_line(m: Manuscript) -> str:
    """`Published 2 November 2026, revised 9 November 2026`."""
    words = words_for(m.lang)
    line = words.published.format(date=words.date(m.published_on))
    if m.modified_on and m.modified_on != m.published_on:
        line += ", " + words.updated.format(date=words.date(m.modified_on))
    return line


def byline(m: Manuscript) -> str:
    """Who wrote it, and when; the site alone is named elsewhere on the page."""
    author = "" if m.author == m.site_name else " ".join(m.author.split())
    return " · ".join(filter(None, (author, dates_line(m))))


def setter_for(parts: tuple[Part, ...], pictures: dict[Path, str], *, tickable: bool = False) -> Setter:
    """What sets these parts as one text, and knows every place in them."""
    known = anchors_in(part.body for part in parts) | {part.anchor for part in parts}
    return Setter(known, pictures, tickable=tickable)


def on_one_sheet(parts: tuple[Part, ...], setter: Setter) -> str:
    """Parts that follow each other without a page of their own; a title only where there are several."""
    texts: list[str] = []
    for part in parts:
        texts.append(labelled("metadata(none)", part.anchor))
        if part.number:
            texts.append(f"heading(level: 2, {literal(with_curly_apostrophes(part.chapter.title))})")
        texts.append(setter.body(part.body))
    return "\n".join(texts)

"""A post as a file that Pelican reads: its metadata, and its text in Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from gatepost_pelican.importing import footnotes, markdown, paragraphs, spelling, tree
from gatepost_pelican.importing.cleaning import cleaned
from gatepost_pelican.importing.exports import DRAFT, PUBLISHED, LeftOut, Post
from gatepost_pelican.importing.places import Places
from gatepost_pelican.importing.tidying import tidied

GATE = "<!-- gate -->"
_WALL = re.compile(r"<!--\s*members-only\s*-->", re.IGNORECASE)
# Pelican splits lists at these.
_LISTED = re.compile(r"\s*[,;]\s*")


def written(post: Post, slug: str, places: Places, left_out: list[LeftOut]) -> str:
    """The whole file."""
    head = "".join(f"{name}: {value}\n" for name, value in _fields(post, slug, places) if value)
    notes = "".join(f"<!-- Imported: {note.replace('--', '-')} -->\n\n" for note in _notes(post))
    return f"{head}\n{notes}{_text(post, places, left_out)}"


def status(post: Post) -> str:
    """As Pelican names it; what has no date yet is a draft."""
    return DRAFT if post.status == PUBLISHED and post.date is None and post.kind == "article" else post.status


def _fields(post: Post, slug: str, places: Places) -> Iterator[tuple[str, str]]:
    yield "Title", _line(plain(post.title)) or slug
    yield "Date", moment(post.date)
    if post.modified and post.date and _is_later(post.modified, post.date):
        yield "Modified", moment(post.modified)
    yield "Slug", slug
    yield "Category", _listed(post.category)
    yield "Tags", ", ".join(dict.fromkeys(filter(None, map(_listed, post.tags))))
    yield "Authors", "; ".join(filter(None, map(_listed, post.authors)))
    yield "Summary", spelling.escaped(_line(plain(post.summary)))
    yield "Status", "" if status(post) == PUBLISHED else status(post)
    picture = places.picture(post.picture) if post.picture else ""
    if picture.startswith("{static}/"):
        yield "Image", picture.removeprefix("{static}/")
        yield "Image-Alt", _line(plain(post.picture_alt or post.picture_caption))


def _notes(post: Post) -> Iterator[str]:
    yield from post.notes
    if status(post) != post.status:
        yield "The export gives it no date: add `Date:`, and take `Status: draft` away."


def _text(post: Post, places: Places, left_out: list[LeftOut]) -> str:
    text = paragraphs.made(post.html) if post.is_classic else post.html
    # A gate and an offer of ours mean something only where a writer types them here.
    text = re.sub(r"<!--\s*gate\b", "<!-- a gate", text, flags=re.IGNORECASE)
    first, *others = _WALL.split(text, maxsplit=1)
    if not others and post.is_gated:
        # Nobody but members saw any of it.
        first, others = "", [text]
    parts = [_markdown(part, post, places, left_out) for part in (first, *others)]
    return f"\n{GATE}\n\n".join(parts).lstrip("\n")


def _markdown(text: str, post: Post, places: Places, left_out: list[LeftOut]) -> str:
    root = cleaned(tree.parsed(text), left_out, post.title, places.named)
    notes = footnotes.taken(root)
    for one in (root, *(note.content for note in notes)):
        places.rewrite(one, left_out, post.title)
    return markdown.written(tidied(root), notes)


def moment(date: datetime | None) -> str:
    """As Pelican reads it, with its zone where it is known."""
    if date is None:
        return ""
    said = f"{date:%Y-%m-%d %H:%M:%S}" if date.second else f"{date:%Y-%m-%d %H:%M}"
    zone = f"{date:%z}"
    return f"{said}{zone[:3]}:{zone[3:5]}" if zone else said


def _is_later(one: datetime, other: datetime) -> bool:
    if (one.tzinfo is None) != (other.tzinfo is None):
        one, other = one.replace(tzinfo=None), other.replace(tzinfo=None)
    return one - other >= timedelta(minutes=1)


def plain(text: str) -> str:
    """Text that may hold HTML, as words."""
    return tree.words(tree.parsed(text)) if "<" in text else html.unescape(text)


def _line(text: str) -> str:
    return spelling.plain(text).strip()


def _listed(name: str) -> str:
    return _LISTED.sub(" / ", _line(plain(name))).strip(" /")

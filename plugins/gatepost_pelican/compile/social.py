"""A social card: what a link looks like among other people's posts."""

from __future__ import annotations

import hashlib
import re
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typst

from .colours import letters_on
from .parts import language, with_curly_apostrophes
from .press import Sheet, set_pdf
from .setting import dictionary, literal, reads_right_to_left

# LinkedIn's own proportions of a card; a point becomes a pixel.
WIDTH, HEIGHT = 1200, 627
POINT = 72.0
# No hyphenation knows what to do with longer words, and most of them are addresses or mistakes.
LONGEST_WORD = 40


@dataclass(frozen=True)
class Cover:
    """What stands on a card, and on the first page of a carousel. `accent` is `#rrggbb`, `lang` a language tag."""

    slug: str
    title: str
    summary: str
    author: str
    site_name: str
    lang: str
    accent: str
    dated: date


def card_png(cover: Cover) -> bytes:
    """A picture of 1200 by 627 pixels; the same cover gives the same bytes. Raises CompileError."""
    source = f'#import "social.typ": *\n#card({description(cover, {})})\n'
    # Set as a page first: there, letters that our fonts lack are found in others, or spelled out.
    page = set_pdf(Sheet(source, {}, cover.dated, cover.slug))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "card.pdf").write_bytes(page)
        main = Path(folder, "main.typ")
        main.write_text(
            f'#set page(width: {WIDTH}pt, height: {HEIGHT}pt, margin: 0pt)\n#image("card.pdf", width: 100%)\n'
        )
        made = typst.compile(main, root=Path(folder), format="png", ppi=POINT, ignore_system_fonts=True)
    return bytes(made[0] if isinstance(made, list) else made)


def description(cover: Cover, more: dict[str, str]) -> str:
    """The dictionary `m` of styles/social.typ; `more` holds code. Where the rings start follows from the slug alone."""
    digest = hashlib.sha256(cover.slug.encode("utf-8", "replace")).digest()
    lang, region = language(cover.lang)
    backwards = reads_right_to_left(cover.title)
    author = " ".join(cover.author.split())
    site_name = " ".join(cover.site_name.split())
    day = cover.dated
    return dictionary(
        {
            "title": literal(breakable(with_curly_apostrophes(cover.title))),
            "summary": literal(breakable(with_curly_apostrophes(cover.summary))),
            "author": literal(author),
            "site-name": literal(site_name),
            "byline": literal(" · ".join(dict.fromkeys(filter(None, (author, site_name))))),
            "lang": literal(lang),
            "region": literal(region) if region else "none",
            "dir": "rtl" if backwards else "ltr",
            "side": "-1" if backwards else "1",
            "date": f"datetime(year: {day.year}, month: {day.month}, day: {day.day})",
            "accent": literal(cover.accent),
            "letters": literal(letters_on(cover.accent)),
            "ring-x": str(62 + digest[0] % 36),
            "ring-y": str(digest[1] % 70),
            **more,
        }
    )


def breakable(text: str, longest: int = LONGEST_WORD) -> str:
    """The text with places where overlong words may go on in the next line."""
    return re.sub(rf"[^\s\u200b]{{{longest},}}", lambda word: _cut(word[0], longest // 2), text)


def _cut(word: str, every: int) -> str:
    return "\u200b".join(word[at : at + every] for at in range(0, len(word), every))

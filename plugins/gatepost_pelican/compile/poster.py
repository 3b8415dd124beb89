"""The poster for the door of an event: a code that opens the form, and the address in words for phones without network."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from gatepost.languages import words
from gatepost.offers import said

from .parts import language as language_of
from .press import Sheet, set_pdf
from .setting import dictionary, literal, reads_right_to_left

SCAN = said("Scan, leave your address, and press the button in the mail that comes at once.")
NO_NETWORK = said("No network here? Note this address, and open it later:")


@dataclass(frozen=True)
class Poster:
    """`url` is what the code opens, `short` the address in words; `language` is a tag."""

    slug: str
    title: str
    url: str
    short: str
    site_name: str
    language: str
    dated: date


def address(site: str, page: str, slug: str) -> str:
    """The offer's own page, told that its reader came by way of the event."""
    return f"{site}{page}?{urlencode({'utm_source': slug, 'utm_medium': 'event'})}"


def code_svg(url: str) -> bytes:
    """The code alone. A quarter of it may be dirty or torn."""
    import segno

    stream = BytesIO()
    segno.make(url, error="q", micro=False).save(stream, kind="svg", border=4, scale=8, light="#fff")
    return stream.getvalue()


def poster_pdf(poster: Poster) -> bytes:
    """A4, one page; the same poster gives the same bytes. Raises CompileError."""
    t = words(poster.language)
    lang, region = language_of(poster.language)
    values = dictionary(
        {
            "title": literal(poster.title),
            "site-name": literal(poster.site_name),
            "scan": literal(t(SCAN)),
            "later": literal(t(NO_NETWORK)),
            "short": literal(_bare(poster.short)),
            "code": literal("code.svg"),
            "lang": literal(lang),
            "region": literal(region) if region else "none",
            "dir": "rtl" if reads_right_to_left(poster.title) else "ltr",
            "date": f"datetime(year: {poster.dated.year}, month: {poster.dated.month}, day: {poster.dated.day})",
        }
    )
    with tempfile.TemporaryDirectory() as folder:
        code = Path(folder, "code.svg")
        code.write_bytes(code_svg(poster.url))
        source = f'#import "poster.typ": *\n#poster({values})\n'
        return set_pdf(Sheet(source, {code: code.name}, poster.dated, poster.slug))


def _bare(url: str) -> str:
    """An address as one types it: without the scheme that every browser knows."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}" if parts.scheme == "https" else url

"""Binds a made e-book again, so that nothing in it tells the hour or the machine that it was made on."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path

from .words import Words

MODIFIED = re.compile(r'(<meta property="dcterms:modified">)[^<]*(</meta>)')
# https://www.w3.org/TR/epub-a11y-11/#sec-conf-reporting: what a reader who does not see can expect.
ACCESS = """
    <meta property="schema:accessMode">textual</meta>
    <meta property="schema:accessMode">visual</meta>
    <meta property="schema:accessModeSufficient">textual</meta>
    <meta property="schema:accessibilityFeature">tableOfContents</meta>
    <meta property="schema:accessibilityFeature">structuralNavigation</meta>
    <meta property="schema:accessibilityFeature">alternativeText</meta>
    <meta property="schema:accessibilityHazard">none</meta>
  </metadata>"""


@dataclass(frozen=True)
class Binding:
    """The language, the day and the words that the finished book carries."""

    lang: str
    dated: date
    words: Words


def bind(book: Path, binding: Binding) -> bytes:
    """The same book with fixed dates, in a fixed order, in its own language."""
    out = io.BytesIO()
    with zipfile.ZipFile(book) as made, zipfile.ZipFile(out, "w") as bound:
        # OCF: the media type comes first and is not compressed.
        for name in sorted(made.namelist(), key=lambda name: (name != "mimetype", name)):
            data = made.read(name)
            if name.endswith((".xhtml", ".opf", ".ncx")):
                data = _settled(name, data.decode("utf-8"), binding).encode("utf-8")
            bound.writestr(_entry(name), data, compresslevel=9)
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def _settled(name: str, page: str, binding: Binding) -> str:
    # Only the binder's own lines are changed, and each only where it stands first.
    page = re.sub(r'xml:lang="en"(\s+lang="en")?', lambda match: _language(match, binding.lang), page, count=1)
    if name.endswith(".opf"):
        page = MODIFIED.sub(rf"\g<1>{binding.dated.isoformat()}T00:00:00Z\g<2>", page, count=1)
        return page.replace("\n  </metadata>", ACCESS, 1)
    if name.endswith("cover.xhtml"):
        page = page.replace("<title>Cover</title>", f"<title>{escape(binding.words.cover)}</title>", 1)
        return page.replace("<img src", f'<img alt="{escape(binding.words.cover)}" src', 1)
    if name.endswith("toc.xhtml"):
        return page.replace("<h2>Table of Contents</h2>", f"<h2>{escape(binding.words.contents)}</h2>", 1)
    return page


def _language(match: re.Match[str], lang: str) -> str:
    return f'xml:lang="{lang}"' + (f' lang="{lang}"' if match[1] else "")

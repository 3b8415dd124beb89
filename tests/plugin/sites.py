"""A small Pelican site made for one test, built as its owner would build it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pelican import Pelican
from pelican.settings import read_settings

from gatepost import catalogue
from gatepost.catalogue import Catalogue
from tests.conftest import ROOT

CONSENTS = {"letters": {"version": "2026-11", "wording": "Yes, write to me, too, about twice a month."}}
CONF = f"""
SITENAME = "A small firm's notes"
SITEURL = "https://blog.example.org"
AUTHOR = "Ada Example"
TIMEZONE = "UTC"
PATH = "content"
OUTPUT_PATH = "output"
PLUGINS = ["gatepost_pelican"]
GATEPOST_CONSENTS = {CONSENTS!r}
"""

CHECKLIST = """Title: Before you publish: ten checks
Slug: ten-checks
Kind: checklist
Summary: Ten checks for *one* article.
Category: Writing
Tags: forms, titles
Consent: letters
Value: 40 EUR

The open teaser of the checklist says what it is good for.

<!-- gate -->

## First of all

- [ ] HELDCHECK the lantern in the northern hall is lit before the eleventh traveller has gone past the gate
- [ ] Count them again
"""
PLAN = """Title: The plan
Slug: the-plan
Kind: download
File: files/plan.csv
Category: Money
Tags: costs
Consent: letters

A table to fill in.
"""
LINKEDIN = """Title: Follow us
Slug: follow-us
Kind: linkedin
Link: https://www.linkedin.com/company/example

Once a week.
"""
PLAN_CSV = "HELDPLAN,a row of figures that was never meant to be fetched without asking for it first,1,2,3\n" * 3


BOOK = """Title: Über 100 Bücher
Slug: the-book
Kind: ebook
Consent: letters
Chapters: book/01.md,
    article:plain,
    article:gated

Open.

<!-- gate -->

HELDFOREWORD is a foreword of some length, written for those who have asked for the book by name.
"""
CHAPTER = """Title: One

HELDCHAPTER begins with a sentence that is long enough to be found again wherever it may turn up.

[[offer:the-plan]]

More in [another article]({filename}/articles/inline.md).
"""
BOOK_SITE = {"content/offers/the-book.md": BOOK, "content/offers/book/01.md": CHAPTER}


@dataclass
class Site:
    """`folder` holds pelicanconf.py, content/ and, once built, output/ and .gatepost/."""

    folder: Path

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def configure(self, more: str = "") -> None:
        self.write("pelicanconf.py", CONF + more)

    def build(self, **override: Any) -> Pelican:
        """Build in this process."""
        pelican = Pelican(read_settings(str(self.folder / "pelicanconf.py"), override=override))
        pelican.run()
        return pelican

    def run(self, *arguments: str, module: str = "pelican") -> subprocess.CompletedProcess[str]:
        """Build as somebody at a terminal would, in the site's own folder."""
        command = [sys.executable, "-m", module, *(arguments or ("content", "-s", "pelicanconf.py"))]
        paths = os.pathsep.join(str(ROOT / name) for name in ("capture", "plugins"))
        # Which test is running would be a change of the environment from one build to the next.
        mine = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
        env = {**mine, "PYTHONPATH": paths, "COLUMNS": "200"}
        return subprocess.run(
            command, cwd=self.folder, env=env, capture_output=True, text=True, timeout=120, check=False
        )

    @property
    def output(self) -> Path:
        return self.folder / "output"

    @property
    def data(self) -> Path:
        return self.folder / ".gatepost"

    @property
    def catalogue(self) -> Catalogue:
        return catalogue.read(self.data)

    def page(self, name: str) -> str:
        return (self.output / name).read_text(encoding="utf-8")


def small_site(folder: Path) -> Site:
    """Three offers, three articles and a page, without a mistake."""
    site = Site(folder)
    site.configure()
    site.write("content/offers/ten-checks.md", CHECKLIST)
    site.write("content/offers/the-plan.md", PLAN)
    site.write("content/offers/follow-us.md", LINKEDIN)
    site.write("content/offers/files/plan.csv", PLAN_CSV)
    site.write("content/articles/plain.md", article("plain", "Words of the plain article.", Offer="ten-checks"))
    site.write(
        "content/articles/inline.md",
        article("inline", "Before it.\n\n[[offer:the-plan]]\n\nAfter it.", Offer="none", Cta="linkedin"),
    )
    site.write("content/articles/gated.md", article("gated", GATED, Offer="the-plan"))
    site.write("content/pages/about.md", "Title: About\nSlug: about\n\nWe write.\n\n[[offer:ten-checks]]\n")
    return site


GATED = """The open words of the gated article.

[TOC]

## An open heading

More open words.

<!-- gate -->

## HELDHEADING that nobody may read before they have asked for it, and it is a long one on purpose

HELDREST what stands here is worth an address: the whole calculation, with every figure and the reason for each of them.
"""


def article(slug: str, body: str, **metadata: str) -> str:
    """An article's file. `metadata` is added to what every article has, or takes its place."""
    fields = {"Title": f"About {slug}", "Date": "2026-05-01", "Slug": slug, "Category": "Writing", **metadata}
    return "".join(f"{name}: {value}\n" for name, value in fields.items()) + f"\n{body}\n"


def everything_in(folder: Path) -> dict[str, bytes]:
    """Every file's bytes, compressed streams opened, by name."""
    return {path.relative_to(folder).as_posix(): _opened(path.read_bytes()) for path in _files(folder)}


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _opened(data: bytes) -> bytes:
    """Bytes, with whatever zlib, gzip or deflate finds at the places where such streams begin."""
    opened = [data]
    for match in re.finditer(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]", data):
        try:
            opened.append(zlib.decompressobj(47).decompress(data[match.start() :]))
        except zlib.error:
            continue
    return b"\n".join(opened)

"""Manuscripts as the plugin hands them over: HTML from Python-Markdown with the site's own extensions."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import markdown
import pytest

from gatepost_pelican.compile import Chapter, Manuscript

BOOK_CHAPTERS = {
    "Who reads you": """
A reader has a question.[^1] They *rarely* have **ten minutes**, and `never` an hour.

## Where they come from { #origins }

| Source | Readers |
|---|--:|
| Search | 60 |
| A friend | 15 |

> Nobody ever asked for less detail about their own problem.

- a point
    - a smaller point
- another, see [what to send](https://blog.example.org/what-to-send.html)

![A bar chart of readers](pictures/chart.png)

## What they ask

1. What does it cost?
2. How long does it take?

```python
def answer(question: str) -> str:
    return "It depends, and here is on what."
```

[^1]: Often one that they would not ask aloud.
""",
    "What to send": """
Start with [the rules](https://rules.example.net/a?b=1&c=2). Back to [the origins](#nowhere).

Term
:   Its meaning.

### A heading that skips a level

Text.

* * *

Last words.
""",
}
CHECKLIST = """
Print it, or tick on screen.

## Before you write

- [ ] Name **one** reader
- [ ] Write the question as they would say it
- [x] Put the [price](https://blog.example.org/price.html) in

Half way.

## After

- [ ] Read it aloud
- [ ] Ask for the address
"""

Make = Callable[..., Manuscript]


def to_html(text: str) -> str:
    extensions = ["extra", "codehilite", "meta", "smarty", "toc"]
    settings = {"codehilite": {"css_class": "highlight"}}
    return markdown.markdown(text, extensions=extensions, extension_configs=settings)


def png(width: int = 4, height: int = 3) -> bytes:
    """A small picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x0b\x6e\x4f" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    root = tmp_path / "content"
    (root / "pictures").mkdir(parents=True)
    (root / "pictures" / "chart.png").write_bytes(png())
    return root


@pytest.fixture
def manuscript(pictures: Path) -> Make:
    """A manuscript that is right in everything; a test names what it wants otherwise."""

    def make(*chapters: Chapter, **other: object) -> Manuscript:
        fields: dict[str, object] = {
            "slug": "clients-by-writing",
            "title": "Clients by writing",
            "summary": "What a small firm can do with what it knows.",
            "author": "Ada Example",
            "site_name": "The Gatepost",
            "site_url": "https://blog.example.org",
            "lang": "en",
            "published_on": date(2026, 11, 2),
            "modified_on": None,
            "accent": "#0b6e4f",
            "cover": None,
            "foreword": "",
            "chapters": chapters or (Chapter("A chapter", "<p>Some text.</p>"),),
            "picture_root": pictures,
        }
        return Manuscript(**{**fields, **other})  # type: ignore[arg-type]

    return make


@pytest.fixture
def book(manuscript: Make) -> Manuscript:
    chapters = [
        Chapter(title, to_html(text), f"https://blog.example.org/{title.lower().replace(' ', '-')}.html")
        for title, text in BOOK_CHAPTERS.items()
    ]
    return manuscript(*chapters, foreword="<p>Before we begin.</p>")


@pytest.fixture
def checklist(manuscript: Make) -> Manuscript:
    return manuscript(Chapter("Before you publish", to_html(CHECKLIST)), title="Before you publish")

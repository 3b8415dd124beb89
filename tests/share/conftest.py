"""A small site to share from: articles with and without a gate, a draft, a translation and a checklist."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gatepost_pelican.share import finding
from gatepost_pelican.share.outline import outline
from gatepost_pelican.share.sentences import sentences
from gatepost_pelican.share.subject import Goal, Subject
from gatepost_pelican.work import Work
from tests.compile.conftest import to_html
from tests.plugin.sites import Site, article, small_site

BODY = """We write for *people*, e.g. for those who ask. They have ten minutes. Nobody has an hour, and "never" is a word.

## What they ask

Most ask two things:

- What does it **cost**? Nobody likes to ask it first.
- How long does it take? See [the plan](the-plan.html).

## Three habits

Each takes a minute.

**Write it down.** A note is enough. Nobody reads it twice.

**Say it aloud.** You will hear what is missing.

## An empty heading

## What to do

```python
CODE = "is for pages"
```

Begin on Monday. Ask Dr. Example on 3. March. Then go on!
"""
GERMAN = article(
    "plain",
    "Wörter auf Deutsch. Und noch ein Satz.",
    Lang="de",
    Title="Über das Schreiben",
    Offer="none",
    Tags="Schreiben",
)

Make = Callable[..., Subject]


@pytest.fixture(scope="session")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = small_site(tmp_path_factory.mktemp("share"))
    body = article(
        "long-read", BODY, Offer="the-plan", Tags="lead classes, forms, 2026, e-mail, one, two", Summary="A summary."
    )
    site.write("content/articles/long-read.md", body)
    site.write("content/articles/soon.md", article("soon", "Not yet.", Status="draft"))
    site.write("content/articles/plain-de.md", GERMAN)
    return site


@pytest.fixture(scope="session")
def work(blog: Site) -> Work:
    return finding.read_site(str(blog.folder / "pelicanconf.py"))


@pytest.fixture
def subject() -> Make:
    """An article that is right in everything; a test names what it wants otherwise. `body` is Markdown."""
    plain = Subject(
        name="long-read",
        title="Two questions that everybody asks",
        summary=sentences("What people ask before they buy. Three habits that help, and what to do on Monday."),
        language="en",
        author="Ada Example",
        site_name="A small firm's notes",
        accent="#0b6e4f",
        dated=date(2026, 5, 1),
        address="https://blog.example.org/long-read.html",
        tags=("lead classes", "forms"),
        sections=outline(to_html(BODY), ""),
        offer=Goal("The plan", "https://blog.example.org/offers/the-plan.html"),
    )

    def make(body: str = "", **other: object) -> Subject:
        sections = {"sections": outline(to_html(body), "")} if body else {}
        return replace(plain, **sections, **other)  # type: ignore[arg-type]

    return make


def texts_of(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}

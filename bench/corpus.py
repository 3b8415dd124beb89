"""One corpus for every build: the same number of articles gives the same bytes, on any machine and any day."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bench import prose

SEED = 20261122
WORDS_AN_ARTICLE = 600
TAGS = tuple(f"{word} {number:02}" for number, word in enumerate(prose.WORDS[5:55]))
CATEGORIES = tuple(word.capitalize() for word in prose.WORDS[60:70])
FIRST_DAY = date(2024, 1, 1)
OFFERS = ("before-you-publish", "clients-by-writing", "worksheet", "connect")
# One article in so many is behind a gate; it then names the checklist.
GATED_EVERY = 25
PLACED_EVERY = 10
CODE_EVERY = 5

LETTERS = "Yes, also write to me about twice a month."


@dataclass(frozen=True)
class Corpus:
    """Where the content lies, and the slugs of its articles."""

    folder: Path
    slugs: tuple[str, ...]


def write(folder: Path, articles: int, *, offers: bool) -> Corpus:
    """Write `articles` articles under `folder`, and the offers too if asked for. The articles do not depend on that."""
    dice = random.Random(SEED)
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    slugs = tuple(f"article-{number:05}" for number in range(articles))
    for number, slug in enumerate(slugs):
        (folder / "articles" / f"{slug}.md").write_text(article(dice, number, slug), encoding="utf-8")
    if offers:
        for name, text in offer_files().items():
            path = folder / "offers" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return Corpus(folder, slugs)


def article(dice: random.Random, number: int, slug: str) -> str:
    """One article: half say `Offer: auto`, a tenth place an offer in the text, one in 25 ends its open part early."""
    gated = number % GATED_EVERY == 3
    lines = [
        f"Title: {prose.sentence(dice, 6).rstrip('.')} {number}",
        f"Date: {FIRST_DAY + timedelta(days=number % 1000)} 09:00",
        f"Category: {dice.choice(CATEGORIES)}",
        f"Tags: {', '.join(sorted(dice.sample(TAGS, 3)))}",
        f"Slug: {slug}",
        f"Summary: {prose.sentence(dice, 18)}",
    ]
    if gated:
        lines.append(f"Offer: {OFFERS[0]}")
    elif number % 2 == 0:
        lines.append("Offer: auto")
    blocks = prose.markdown(dice, WORDS_AN_ARTICLE, code=number % CODE_EVERY == 0).split("\n\n")
    if number % PLACED_EVERY == 5:
        blocks.insert(len(blocks) // 2, f"[[offer:{OFFERS[2]}]]")
    if gated:
        blocks.insert(len(blocks) // 2, "<!-- gate -->")
    return "\n".join(lines) + "\n\n" + "\n\n".join(blocks)


def plain(text: str) -> str:
    """An article as it stands in a blog without offers: the same words, and no mark that Gatepost would read."""
    head, _, body = text.partition("\n\n")
    fields = [line for line in head.splitlines() if not line.startswith("Offer: ")]
    blocks = [block for block in body.split("\n\n") if block != "<!-- gate -->" and not block.startswith("[[offer:")]
    return "\n".join(fields) + "\n\n" + "\n\n".join(blocks)


def offer_files() -> dict[str, str]:
    """A checklist of 20 items, an ebook of three chapters, a table to download, a LinkedIn call; by file name."""
    dice = random.Random(SEED + 1)
    files = {
        f"{OFFERS[0]}.md": _head(0, "checklist", "Before you publish", "Consent: letters", "Value: 40 EUR")
        + prose.paragraph(dice, 60) + "\n\n<!-- gate -->\n\n" + checklist(dice, 20),
        f"{OFFERS[1]}.md": _head(
            1, "ebook", "Clients by writing", "Consent: letters",
            "Chapters: book/01.md,\n    book/02.md,\n    article:article-00000",
        ) + prose.paragraph(dice, 60) + "\n",
        f"{OFFERS[2]}.md": _head(2, "download", "Worksheet", "Consent: letters", "File: files/worksheet.csv")
        + prose.paragraph(dice, 60) + "\n",
        f"{OFFERS[3]}.md": _head(3, "linkedin", "Connect", "Link: https://www.linkedin.com/company/gatepost-example")
        + prose.paragraph(dice, 40) + "\n",
        "files/worksheet.csv": "kind,leads,clients\ncultivated,40,6\ninterest,90,3\n",
    }  # fmt: skip
    for number in (1, 2):
        files[f"book/0{number}.md"] = f"Title: Part {number}\n\n" + prose.markdown(dice, 900)
    return files


def checklist(dice: random.Random, items: int) -> str:
    """A task list of so many items, five under each heading."""
    blocks: list[str] = []
    for first in range(0, items, 5):
        blocks.append(f"## {prose.sentence(dice, 3).rstrip('.')}")
        blocks.append("\n".join(f"- [ ] {prose.sentence(dice, 9)}" for _ in range(min(5, items - first))))
    return "\n\n".join(blocks) + "\n"


def _head(place: int, kind: str, title: str, *more: str) -> str:
    lines = [
        f"Title: {title}",
        f"Slug: {OFFERS[place]}",
        f"Kind: {kind}",
        f"Category: {CATEGORIES[place]}",
        f"Tags: {TAGS[place]}, {TAGS[place + 10]}",
        f"Summary: {title}, made for the measurement.",
        *more,
    ]
    return "\n".join(lines) + "\n\n"

"""An ebook: held chapters and published articles, compiled to PDF and EPUB."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.offers.kind import Draft, Kind, Mistake, check_form


def check(draft: Draft) -> Iterator[Mistake]:
    """An ebook needs at least one chapter, and names none twice."""
    yield from check_form(draft)
    if not draft.chapters:
        yield Mistake(
            "Chapters",
            "the ebook has no chapters",
            "Add `Chapters: folder/01-first.md, article:SLUG` with at least one of the two.",
        )
    for chapter in sorted({name for name in draft.chapters if draft.chapters.count(name) > 1}):
        yield Mistake("Chapters", f"the chapter {chapter!r} is named twice", "Name each chapter once.")


KIND = Kind(
    name="ebook",
    label="Ebook",
    noun="ebook",
    button="Send me the ebook",
    check=check,
    formats=("ebook.pdf", "ebook.epub"),
)

"""An ebook: held chapters and published articles, compiled to PDF and EPUB."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.offers.kind import Draft, Kind, Mistake, check_form, said


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
    label=said("Ebook"),
    noun="ebook",
    button=said("Send me the ebook"),
    check=check,
    formats=("ebook.pdf", "ebook.epub"),
    note=said(
        "We mail you one link to confirm your address; behind it lies the ebook. It comes with or without the tick."
    ),
    asked=said("Somebody, most likely you, asked %(site)s to send the ebook “%(title)s” to this address."),
    confirm=said("Yes, get the ebook"),
    promise=said(
        "Choose a format to confirm your address. The download begins at once, and the links to both come by mail as "
        "well, so that you find them again."
    ),
    press=said("Confirm and download"),
    starter="Chapters: {slug}/01-first.md\nExpires: 30\n",
    body="What the book is about, and whom it is for.\n\n<!-- gate -->\n\nA foreword, if it has one.\n",
)

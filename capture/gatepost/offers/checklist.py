"""A checklist: task items in Markdown, compiled to a PDF whose boxes can be ticked."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.offers.kind import Draft, Kind, Mistake, check_form


def check(draft: Draft) -> Iterator[Mistake]:
    """A checklist needs a held part with at least one task item."""
    yield from check_form(draft)
    if not draft.has_held:
        yield Mistake("body", "the checklist holds nothing", "Put `<!-- gate -->` and the items after the teaser.")
    elif not draft.tasks:
        yield Mistake("body", "the checklist has no items", "Write each item as `- [ ] What to do` after the gate.")


KIND = Kind(
    name="checklist",
    label="Checklist",
    noun="checklist",
    button="Send me the checklist",
    check=check,
    formats=("checklist.pdf",),
)

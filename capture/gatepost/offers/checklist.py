"""A checklist: task items in Markdown, compiled to a PDF whose boxes can be ticked."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.offers.kind import Draft, Kind, Mistake, check_form, said


def check(draft: Draft) -> Iterator[Mistake]:
    """A checklist needs a held part with at least one task item."""
    yield from check_form(draft)
    if not draft.has_held:
        yield Mistake("body", "the checklist holds nothing", "Put `<!-- gate -->` and the items after the teaser.")
    elif not draft.tasks:
        yield Mistake("body", "the checklist has no items", "Write each item as `- [ ] What to do` after the gate.")


KIND = Kind(
    name="checklist",
    label=said("Checklist"),
    noun="checklist",
    button=said("Send me the checklist"),
    check=check,
    formats=("checklist.pdf", "checklist.page"),
    note=said(
        "We mail you one link to confirm your address; behind it lies the checklist. It comes with or without the tick."
    ),
    asked=said("Somebody, most likely you, asked %(site)s to send the checklist “%(title)s” to this address."),
    confirm=said("Yes, get the checklist"),
    promise=said(
        "Press the button to confirm your address. The download begins at once, and the link comes by mail as well, "
        "so that you find it again."
    ),
    press=said("Confirm and download"),
    starter="Expires: 30\n",
    body="What this list is good for, in one paragraph.\n\n<!-- gate -->\n\n## The first group\n\n- [ ] The first thing to do\n- [ ] The second\n",
)

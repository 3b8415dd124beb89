"""A case study: how a client was helped, as a document to take along; proof, marked as such, and measured apart."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.offers.kind import Draft, Kind, Mistake, check_form, said


def check(draft: Draft) -> Iterator[Mistake]:
    """What this kind needs besides a form."""
    yield from check_form(draft)


KIND = Kind(
    name="case-study",
    label=said("Case study"),
    noun="case study",
    button=said("Send me the case study"),
    check=check,
    formats=("case-study.pdf",),
    note=said(
        "We mail you one link to confirm your address; behind it lies the case study. It comes with or without the tick."
    ),
    asked=said("Somebody, most likely you, asked %(site)s to send the case study “%(title)s” to this address."),
    confirm=said("Yes, get the case study"),
    promise=said(
        "Press the button to confirm your address. The download begins at once, and the link comes by mail as well, so that you find it again."
    ),
    press=said("Confirm and download"),
    always_confirms=False,
    fields=("client", "result"),
    starter="Client: NAME, with their consent\nResult: What changed, in numbers\nExpires: 30\n",
    body="What the client struggled with, in one paragraph.\n\n<!-- gate -->\n\n## Where it began\n\n## What was done\n\n## What came of it\n",
)

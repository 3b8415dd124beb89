"""A case study: how a client was helped, as a document to take along; proof, marked as such, and measured apart."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.offers.kind import Draft, Kind, Mistake, check_form, said
from gatepost.offers.terms import Terms

# What stands in the marked box at the top of the document, and on every card.
_DEMANDED = {
    "Client": ("it is not said whose case this is", "Add `Client: NAME`, or what they are: `Client: A law office`."),
    "Result": ("it is not said what came of it", "Add `Result: What changed`, with a figure where there is one."),
}


def check(draft: Draft) -> Iterator[Mistake]:
    """A case study names its client and its result, and holds the story."""
    yield from check_form(draft)
    for name, (problem, cure) in _DEMANDED.items():
        if not draft.line(name.lower()):
            yield Mistake(name, problem, cure)
    if not draft.has_held:
        yield Mistake("body", "the case study holds nothing", "Put `<!-- gate -->` and the story after the teaser.")


def terms(draft: Draft) -> Terms:
    """Whose case it is, and what came of it."""
    return Terms(client=draft.line("client"), result=draft.line("result"))


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
        "Press the button to confirm your address. The download begins at once, and the link comes by mail as well, "
        "so that you find it again."
    ),
    press=said("Confirm and download"),
    fields=("client", "result"),
    terms=terms,
    starter="Client: NAME, with their consent\nResult: What changed, in numbers\nExpires: 30\n",
    body="What the client struggled with, in one paragraph.\n\n<!-- gate -->\n\n## Where it began\n\n## What was done\n\n## What came of it\n",
)

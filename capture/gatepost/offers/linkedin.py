"""A LinkedIn call to action: no form and nothing held; seeing and clicking it are rungs."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.offers.kind import Draft, Kind, Mistake, said


def check(draft: Draft) -> Iterator[Mistake]:
    """A LinkedIn offer needs a title and an address on linkedin.com."""
    if not draft.title.strip():
        yield Mistake("Title", "the offer has no title", "Add a line `Title: ...` at the top of the file.")
    if not draft.link.startswith("https://www.linkedin.com/"):
        yield Mistake(
            "Link",
            f"{draft.link!r} is not an address on LinkedIn" if draft.link else "the address on LinkedIn is missing",
            "Add `Link: https://www.linkedin.com/in/your-name` (or /company/...).",
        )


KIND = Kind(
    name="linkedin",
    label=said("LinkedIn"),
    noun="LinkedIn page",
    button=said("Connect on LinkedIn"),
    check=check,
    asks=False,
    fields=("link", "action"),
    starter="Link: https://www.linkedin.com/in/YOUR-NAME\nAction: connect\n",
    body="Why somebody who reads here would want to be connected.\n",
)

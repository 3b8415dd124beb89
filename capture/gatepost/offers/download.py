"""A download: one or more files given as they are."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.offers.kind import Draft, Kind, Mistake, check_form, said


def check(draft: Draft) -> Iterator[Mistake]:
    """A download needs a file to give."""
    yield from check_form(draft)
    if not draft.files:
        yield Mistake("File", "the download names no file", "Add `File: files/name.pdf`, beside the offer's file.")


KIND = Kind(
    name="download",
    label=said("Download"),
    noun="download",
    button=said("Send me the file"),
    check=check,
    note=said(
        "We mail you one link to confirm your address; behind it lies the file. It comes with or without the tick."
    ),
    asked=said("Somebody, most likely you, asked %(site)s to send “%(title)s” to this address."),
    confirm=said("Yes, get the file"),
    promise=said(
        "Press the button to confirm your address. The download begins at once, and the link comes by mail as well, "
        "so that you find it again."
    ),
    press=said("Confirm and download"),
    starter="File: files/{slug}.pdf\nExpires: 30\n",
    body="What is in the file, and what it is good for.\n",
)

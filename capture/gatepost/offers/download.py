"""A download: one or more files given as they are."""

from __future__ import annotations

from collections.abc import Iterator

from gatepost.offers.kind import Draft, Kind, Mistake, check_form


def check(draft: Draft) -> Iterator[Mistake]:
    """A download needs a file to give."""
    yield from check_form(draft)
    if not draft.files:
        yield Mistake("File", "the download names no file", "Add `File: files/name.pdf`, beside the offer's file.")


KIND = Kind(name="download", label="Download", noun="download", button="Send me the file", check=check)

"""What a kind of offer is, and what a writer may get wrong about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Mistake:
    """Something wrong in an offer's file: the metadata field (or "body"), what is wrong, and the cure."""

    field: str
    problem: str
    cure: str


@dataclass(frozen=True)
class Draft:
    """An offer as its writer wrote it, before anything is compiled: plain texts and counts."""

    kind: str
    title: str = ""
    summary: str = ""
    consent: str = ""
    value: str = ""
    expires: str = ""
    link: str = ""
    files: tuple[str, ...] = ()
    chapters: tuple[str, ...] = ()
    has_held: bool = False
    tasks: int = 0


@dataclass(frozen=True)
class Kind:
    """One kind of offer.

    `label` stands above the title, `noun` in letters ("your checklist"), `button` on the form.
    `formats` names the compilers whose files a grant opens; `asks` says whether there is a form at all.
    """

    name: str
    label: str
    noun: str
    button: str
    check: Callable[[Draft], Iterator[Mistake]]
    formats: tuple[str, ...] = ()
    asks: bool = True


def check_form(draft: Draft) -> Iterator[Mistake]:
    """What every kind with a form must have."""
    if not draft.title.strip():
        yield Mistake("Title", "the offer has no title", "Add a line `Title: ...` at the top of the file.")
    if not draft.consent.strip():
        yield Mistake(
            "Consent",
            "the wording of the permission is missing",
            "Add `Consent: letters` (a name in GATEPOST_CONSENTS) or the full sentence a reader agrees to.",
        )

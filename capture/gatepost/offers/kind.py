"""What a kind of offer is, and what a writer may get wrong about it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from gatepost.offers.terms import Terms

LONGEST_TITLE = 255


def said(text: str) -> str:
    """Marks a sentence that readers see, so that it is found for the catalogues of languages; gives it back as it is."""
    return text


@dataclass(frozen=True)
class Mistake:
    """Something wrong in an offer's file: the metadata field (or "body"), what is wrong, and the cure."""

    field: str
    problem: str
    cure: str


@dataclass(frozen=True)
class Draft:
    """An offer as its writer wrote it, before anything is compiled: plain texts and counts.

    `fields` are all its metadata: by name in lower case, the lines as written. `zone` is the site's own time zone.
    """

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
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    zone: str = "UTC"
    language: str = "en"

    def line(self, name: str) -> str:
        """A field that has one line, or all its lines as one; "" where it is missing."""
        return " ".join(self.fields.get(name, ())).strip()


def no_terms(_: Draft) -> Terms:
    """What a kind without terms of its own has."""
    return Terms()


@dataclass(frozen=True)
class Kind:
    """One kind of offer. Every sentence is English; `gatepost.languages` has it in the others.

    `label` stands above the title, `noun` inside English sentences ("your checklist"), `button` on the form and `note`
    below it. `asked` opens the letter that asks for confirmation (with %(site)s and %(title)s), `confirm` is the button
    in that letter; `promise` and `press` stand on the page that it opens. `formats` names the compilers whose files a
    grant opens; `asks` says whether there is a form at all. `always_confirms`: the request itself is a fact that counts,
    so whoever makes it must show that the address is theirs, each time. `fields` are the metadata that only some kinds
    know, in lower case; `terms` reads them, from a draft in which `check` has found no mistake. `buttons` are the words
    on the button where they depend on `Terms.action`. `starter` are the lines that `gatepost new offer` begins with,
    `{slug}` and `{later}` (a day in three months) in them, `body` the text below.
    """

    name: str
    label: str
    noun: str
    button: str
    check: Callable[[Draft], Iterator[Mistake]]
    formats: tuple[str, ...] = ()
    asks: bool = True
    note: str = said("We mail you one link to confirm your address. What you asked for comes with or without the tick.")
    asked: str = said("Somebody, most likely you, asked %(site)s for “%(title)s” to be sent to this address.")
    confirm: str = said("Yes, send it to me")
    promise: str = said("Press the button to confirm your address.")
    press: str = said("Confirm my address")
    always_confirms: bool = False
    fields: tuple[str, ...] = ()
    buttons: Mapping[str, str] = field(default_factory=dict)
    terms: Callable[[Draft], Terms] = no_terms
    starter: str = ""
    body: str = ""


def check_title(draft: Draft) -> Iterator[Mistake]:
    """A title that can stand above a page, in a letter and in the name of a file."""
    title = draft.title
    if not title.strip():
        yield Mistake("Title", "the offer has no title", "Add a line `Title: ...` at the top of the file.")
    elif len(title) > LONGEST_TITLE:
        yield Mistake("Title", f"the title has {len(title)} characters", f"Shorten it to {LONGEST_TITLE}.")
    elif "=?" in title or any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in title):
        problem = "the title holds a control character, or `=?`, which no letter can carry in its subject"
        yield Mistake("Title", problem, "Take it out.")


def check_form(draft: Draft) -> Iterator[Mistake]:
    """What every kind with a form must have."""
    yield from check_title(draft)
    if not draft.consent.strip():
        yield Mistake(
            "Consent",
            "the wording of the permission is missing",
            "Add `Consent: letters` (a name in GATEPOST_CONSENTS) or the full sentence a reader agrees to.",
        )

"""The letters there are, and their words. Pure: facts go in, text comes out; nobody is looked up, nothing is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

FORGOTTEN_AFTER_DAYS = 30


@dataclass(frozen=True)
class FileLink:
    """A held file in a letter: its name, the signed link, and its size for people ("1.2 MB")."""

    name: str
    url: str
    size: str


@dataclass(frozen=True)
class LetterContext:
    """All that a letter may say. There is no field for a reader's name: anybody can type anything there.

    Texts come from the catalogue, links from the engine. `link_ends_on` is the last day of `confirm_url` or of the
    `files`, `uses` how often a file opens.
    """

    site_name: str
    site_url: str
    language: str
    offer_title: str
    offer_noun: str
    leave_url: str
    my_url: str
    link_ends_on: date
    offer_summary: str = ""
    article_title: str = ""
    confirm_url: str = ""
    files: tuple[FileLink, ...] = ()
    uses: int = 0
    postal_address: str = ""


@dataclass(frozen=True)
class LetterText:
    """A letter's words in reading order: heading, opening, one button, more files, closing, and why it came."""

    subject: str
    heading: str
    opening: tuple[str, ...]
    button: str
    button_url: str
    closing: tuple[str, ...]
    reason: str
    button_note: str = ""
    more_files: tuple[FileLink, ...] = field(default=())


@dataclass(frozen=True)
class Letter:
    """One kind of letter. A "service" letter answers a request; a "nurture" letter needs permission.

    A service letter whose fate is unknown is sent once more, a nurture letter is not.
    """

    name: str
    purpose: str
    compose: Callable[[LetterContext], LetterText]


def human_size(size: int) -> str:
    """Bytes for people: "900 bytes", "12 kB", "1.2 MB"."""
    if size < 1000:
        return f"{size} bytes"
    if size < 999_500:
        return f"{size / 1000:.0f} kB"
    return f"{size / 1_000_000:.1f} MB"


def human_day(day: date) -> str:
    """A day as "22 November 2026"."""
    return f"{day:%-d %B %Y}"


def confirm(context: LetterContext) -> LetterText:
    """Asks the owner of an address whether the request was theirs."""
    noun = context.offer_noun
    return LetterText(
        subject=f"Please confirm: {context.offer_title}",
        heading="Was this you?",
        opening=(
            f"Somebody, most likely you, asked {context.site_name} to send the {noun} “{context.offer_title}” "
            f"to this address{_while_reading(context)}.",
            f"Press the button if it was you. A page opens with one more button; pressing that one confirms your "
            f"address and gives you the {noun} at once.",
        ),
        button=f"Yes, get the {noun}",
        button_url=context.confirm_url,
        closing=(
            f"The link works until {human_day(context.link_ends_on)}, on any device. If you also ticked that we may "
            "write to you again, that permission begins when you confirm, and not before.",
            "If it was not you, do nothing. Nothing more will come of this request, and an address that is never "
            f"confirmed is forgotten after {FORGOTTEN_AFTER_DAYS} days.",
        ),
        reason=f"You get this letter because this address was typed into a form at {context.site_name}.",
    )


def delivery(context: LetterContext) -> LetterText:
    """Brings what was asked for: one button for the first file, plain links for the others."""
    noun, first, more = context.offer_noun, context.files[0], context.files[1:]
    summary = (context.offer_summary,) if context.offer_summary else ()
    them = "Each link opens" if more else "The link opens"
    return LetterText(
        subject=f"Your {noun}: {context.offer_title}",
        heading=context.offer_title,
        opening=(f"Here is the {noun} you asked for{_while_reading(context)}.", *summary),
        button=f"Open the {noun}",
        button_url=first.url,
        button_note=f"{first.name}, {first.size}",
        more_files=more,
        closing=(
            f"{them} until {human_day(context.link_ends_on)}, up to {context.uses} times, on any device and without "
            "a password. Save what you open, and it stays yours.",
            "If it was not you who asked, do nothing, or stop all letters with the link below.",
        ),
        reason=f"You get this letter because this address was confirmed at {context.site_name}.",
    )


def _while_reading(context: LetterContext) -> str:
    return f" while reading “{context.article_title}”" if context.article_title else ""


# To add a letter: one function above, one line here; the contract test runs over every entry.
LETTERS: dict[str, Letter] = {
    letter.name: letter
    for letter in (
        Letter("confirm", "service", confirm),
        Letter("delivery", "service", delivery),
    )
}

"""What a letter is made of: facts in, words out. Pure: nobody is looked up, nothing is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from gatepost.languages import Words
from gatepost.offers import Meeting
from gatepost.offers.entered import Entered
from gatepost.report.told import Figure, Section, Told

FORGOTTEN_AFTER_DAYS = 30


@dataclass(frozen=True)
class FileLink:
    """A held file in a letter: its name, the signed link, and its size for people ("1.2 MB"; "" for a page)."""

    name: str
    url: str
    size: str


@dataclass(frozen=True)
class Attachment:
    """A small file that goes with a letter; `media_type` with its parameters, as `text/calendar; method=PUBLISH`."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Quote:
    """Words that somebody typed or chose, below what they answer. Never in a letter before the address is confirmed."""

    label: str
    text: str


@dataclass(frozen=True)
class FollowUp:
    """What the owner promised: to whom, its page of the dashboard, and the day by which."""

    email: str
    url: str
    due_on: date


@dataclass(frozen=True)
class Regular:
    """A report that comes every week or month, and the page of the dashboard that shows the same days."""

    told: Told
    url: str


@dataclass(frozen=True)
class LetterContext:
    """All that a letter may say. There is no field for a reader's name: anybody can type anything there.

    Texts come from the catalogue, links from the engine. `link_ends_on` is the last day of `confirm_url` or of the
    `files`, `uses` how often a file opens. `asked` and `confirm_words` are the kind's own, in the letter's language.
    `yours_url` is the page of what the request brought. `to` is empty for letters to the lead; a letter to somebody else
    has no `leave_url` and no `my_url`. What only some letters say stands at the end: `ending_title` is that of the offer
    that a survey ended in; `is_waiting` says that there is no seat yet, `is_day_before` of two reminders which it is.
    """

    words: Words
    site_name: str
    site_url: str
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
    asked: str = ""
    confirm_words: str = ""
    yours_url: str = ""
    to: str = ""
    meeting: Meeting | None = None
    calendar: Attachment | None = None
    is_waiting: bool = False
    is_day_before: bool = False
    answers: tuple[Quote, ...] = ()
    ending_title: str = ""
    follow_up: FollowUp | None = None
    part: Entered | None = None
    report: Regular | None = None

    @property
    def language(self) -> str:
        """The language of the letter's own words."""
        return self.words.language


@dataclass(frozen=True)
class LetterText:
    """A letter's words in reading order: heading, opening, figures, sections, quotes, one button, more files, closing, and why it
    came.

    A letter without a button has an empty `button_url`.
    """

    subject: str
    heading: str
    opening: tuple[str, ...]
    button: str
    button_url: str
    closing: tuple[str, ...]
    reason: str
    button_note: str = ""
    more_files: tuple[FileLink, ...] = field(default=())
    attachments: tuple[Attachment, ...] = field(default=())
    quotes: tuple[Quote, ...] = field(default=())
    figures: tuple[Figure, ...] = field(default=())
    sections: tuple[Section, ...] = field(default=())


@dataclass(frozen=True)
class Letter:
    """One kind of letter. A "service" letter answers a request; a "nurture" letter needs permission; an "owner" letter tells
    the owner of a request, or what a week or a month brought.

    A letter whose fate is unknown is sent once more, a nurture letter is not.
    """

    name: str
    purpose: str
    compose: Callable[[LetterContext], LetterText]


def while_reading(context: LetterContext) -> str:
    """One more sentence, for whoever asked on an article."""
    t = context.words
    return t("You were reading “%(article)s”.", article=context.article_title) if context.article_title else ""

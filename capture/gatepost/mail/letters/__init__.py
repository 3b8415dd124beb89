"""The letters there are, and their words. Pure: facts go in, text comes out; nobody is looked up, nothing is sent."""

from __future__ import annotations

from gatepost.mail.letters.answering import question, question_notice, survey
from gatepost.mail.letters.confirming import confirm
from gatepost.mail.letters.delivering import delivery
from gatepost.mail.letters.entering import entry, won
from gatepost.mail.letters.letter import (
    FORGOTTEN_AFTER_DAYS,
    Attachment,
    FileLink,
    FollowUp,
    Letter,
    LetterContext,
    LetterText,
    Quote,
    Regular,
)
from gatepost.mail.letters.meeting import moved, reminder, seat, seat_free
from gatepost.mail.letters.reporting import report

# To add a letter: one function in a file beside this, one line here; the contract test runs over every entry.
LETTERS: dict[str, Letter] = {
    letter.name: letter
    for letter in (
        Letter("confirm", "service", confirm),
        Letter("delivery", "service", delivery),
        Letter("survey", "service", survey),
        Letter("question", "service", question),
        Letter("question-notice", "owner", question_notice),
        Letter("entry", "service", entry),
        Letter("won", "service", won),
        Letter("seat", "service", seat),
        Letter("seat-free", "service", seat_free),
        Letter("moved", "service", moved),
        Letter("reminder", "service", reminder),
        Letter("report", "owner", report),
    )
}

__all__ = [
    "FORGOTTEN_AFTER_DAYS",
    "LETTERS",
    "Attachment",
    "FileLink",
    "FollowUp",
    "Letter",
    "LetterContext",
    "LetterText",
    "Quote",
    "Regular",
]

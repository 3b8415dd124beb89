"""What can go wrong with a letter, by what may be done about it. Texts never carry the reader's address."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"[^\s<>@]{1,320}@[^\s<>@]{1,320}")
_LONGEST = 300


class Trouble(Exception):
    """A letter that has not been sent for sure; the text is the server's reason."""

    def __init__(self, reason: str):
        super().__init__(plain(reason))


class TriedLater(Trouble):
    """Not now: a 4xx answer, or the connection broke before the letter was handed over. Try again later."""


class ServerAway(TriedLater):
    """Nobody there, silent, or closing: the next letter would fare no better just now."""


class Stopping(Trouble):
    """This worker was told to stop before the letter was handed over; it is as if it had never been tried."""


class NeverAccepted(Trouble):
    """The server refused this letter or this address for good (5xx)."""


class Unsure(Trouble):
    """The letter was handed over whole, and the answer was lost: it may have been sent."""


class WrongSetup(Trouble):
    """No letter can go out before the owner mends something: password, certificate, encryption, sender."""

    cure = "Check GATEPOST_SMTP_URL and GATEPOST_MAIL_FROM; `gatepost doctor` helps. Letters wait until then."


def plain(reason: str) -> str:
    """A server's words as one short printable line, without any address in it."""
    line = "".join(c if c.isprintable() else " " for c in reason[:2000])
    return " ".join(_ADDRESS.sub("(address)", line).split())[:_LONGEST]

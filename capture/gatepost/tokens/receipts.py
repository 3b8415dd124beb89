"""Receipts of reads, in two steps: a start when a page is opened, a receipt when it was read ten seconds later.

Both are signed and hold no id. Nothing is stored when one is given out, so that none can be linked to a beacon or to
another read; what is stored, once a reader signs up, is the hash of the receipts that were handed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from itsdangerous import BadData

from gatepost.tokens.links import serializer

_START, _READ = "gatepost.start.", "gatepost.receipt."


class ReceiptForged(Exception):
    """Not signed by us for this purpose and article: changed, cut off, or made up."""


@dataclass(frozen=True)
class Started:
    """A page was opened: when by our clock (to the second), and the hash that tells this start from others."""

    at: datetime
    hash: str


@dataclass(frozen=True)
class Receipt:
    """An article was read: when by our clock (to the minute), through which channel, and the hash of this receipt."""

    at: datetime
    channel: str
    hash: str


class Receipts:
    """Gives and reads them. `keys` are newest first; the newest signs, all of them verify.

    What a token is about is signed with it and not written into it, so that it is short however long a slug is:
    some 75 letters for a start, 100 for a receipt.
    """

    def __init__(self, keys: Sequence[str]):
        self._serializer = serializer("receipts", keys)

    def start(self, article: str, at: datetime, nonce: str) -> str:
        """For an article opened at this second."""
        return str(self._serializer.dumps([int(at.timestamp()), nonce], salt=_START + article))

    def started(self, article: str, token: str) -> Started:
        """What a start of this article says. Raises ReceiptForged."""
        seconds, nonce = self._loaded(token, _START + article, (int, str))
        return Started(_time(seconds), _hash(article, seconds, nonce))

    def give(self, article: str, at: datetime, channel: str, nonce: str) -> str:
        """For an article read in this minute: a finer time would tell one reader's reads from another's."""
        return str(self._serializer.dumps([int(at.timestamp()) // 60, channel, nonce], salt=_READ + article))

    def read(self, article: str, token: str) -> Receipt:
        """What a receipt of this article says. Raises ReceiptForged."""
        minute, channel, nonce = self._loaded(token, _READ + article, (int, str, str))
        return Receipt(_time(minute * 60), channel, _hash(article, minute, nonce))

    def _loaded(self, token: str, salt: str, kinds: Sequence[type]) -> list[Any]:
        try:
            values = self._serializer.loads(token, salt=salt)
        except (BadData, ValueError, TypeError):
            raise ReceiptForged from None
        if not isinstance(values, list) or [type(value) for value in values] != list(kinds):
            raise ReceiptForged
        return values


def _time(seconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        raise ReceiptForged from None


def _hash(*parts: object) -> str:
    # Of what is signed, not of the text: several spellings of one signature verify.
    return sha256("\n".join(map(str, parts)).encode()).hexdigest()

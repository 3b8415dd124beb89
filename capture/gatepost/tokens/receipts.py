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

from itsdangerous import BadData, URLSafeSerializer

from gatepost.tokens.links import serializer


class ReceiptForged(Exception):
    """Not signed by us for this purpose: changed, cut off, or made up."""


@dataclass(frozen=True)
class Started:
    """A page was opened: which article, when by our clock (to the second), and the hash that tells this start from others."""

    article: str
    at: datetime
    hash: str


@dataclass(frozen=True)
class Receipt:
    """An article was read: when by our clock (to the minute), through which channel, and the hash of this receipt."""

    article: str
    at: datetime
    channel: str
    hash: str


class Receipts:
    """Gives and reads them. `keys` are newest first; the newest signs, all of them verify."""

    def __init__(self, keys: Sequence[str]):
        self._starts: URLSafeSerializer = serializer("start", keys)
        self._reads: URLSafeSerializer = serializer("receipt", keys)

    def start(self, article: str, at: datetime, nonce: str) -> str:
        """For an article opened at this second."""
        return str(self._starts.dumps([article, int(at.timestamp()), nonce]))

    def started(self, token: str) -> Started:
        """What a start says. Raises ReceiptForged."""
        article, seconds, nonce = _loaded(self._starts, token, (str, int, str))
        return Started(article, _time(seconds), _hash(article, seconds, nonce))

    def give(self, article: str, at: datetime, channel: str, nonce: str) -> str:
        """For an article read in this minute: a finer time would tell one reader's reads from another's."""
        return str(self._reads.dumps([article, int(at.timestamp()) // 60, channel, nonce]))

    def read(self, token: str) -> Receipt:
        """What a receipt says. Raises ReceiptForged."""
        article, minute, channel, nonce = _loaded(self._reads, token, (str, int, str, str))
        return Receipt(article, _time(minute * 60), channel, _hash(article, minute, nonce))


def _loaded(signed: URLSafeSerializer, token: str, kinds: Sequence[type]) -> list[Any]:
    try:
        values = signed.loads(token)
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

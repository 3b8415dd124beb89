"""What is signed, so that whoever brings it back cannot have made it up: links in letters, and receipts of reads.

The one home of itsdangerous: one salt per purpose, keys that rotate, times that come in as arguments.
"""

from __future__ import annotations

from gatepost.tokens.links import LIVES, LinkExpired, LinkRefused, LinkWrong, Signed, Tokens
from gatepost.tokens.receipts import Receipt, ReceiptForged, Receipts, Started

__all__ = [
    "LIVES",
    "LinkExpired",
    "LinkRefused",
    "LinkWrong",
    "Receipt",
    "ReceiptForged",
    "Receipts",
    "Signed",
    "Started",
    "Tokens",
]

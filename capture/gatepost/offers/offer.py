"""What is given in return for an address: an offer, its held files and the wordings it asks under."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from gatepost.offers.kind import said
from gatepost.offers.terms import Terms
from gatepost.offers.trial import Trial

DEFAULT_EXPIRES_DAYS = 30
# Enough for a phone, a desk and a mail scanner or two; few enough that a link passed around runs dry.
DEFAULT_USES = 20

# A held file of this type is shown as a page by the capture service (`GET /list/...`); its bytes are a `TickList`.
LIST_PAGE = "application/vnd.gatepost.list+json"
LIST_WORDS = said("Tick it off on your phone or computer")

# Currencies without minor units, or with three; all others have two (ISO 4217).
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_MINOR_DIGITS = {**dict.fromkeys(_NONE.split(), 0), **dict.fromkeys(_THREE.split(), 3)}
_MONEY = re.compile(r"(?P<whole>\d{1,12})(?:[.](?P<part>\d{1,3}))?\s*(?P<currency>[A-Z]{3})")


class MoneyUnreadable(ValueError):
    """A text that is not an amount and a currency."""

    cure = "Write an amount and a currency code, for example: 40 EUR or 12.50 GBP."


def minor_digits(currency: str) -> int:
    """How many digits an amount in this currency has after its decimal mark."""
    return _MINOR_DIGITS.get(currency, 2)


@dataclass(frozen=True)
class Money:
    """An amount in minor units (cents, pence) of one currency."""

    amount: int
    currency: str

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read `40 EUR` or `12.50 GBP`. Raises MoneyUnreadable."""
        match = _MONEY.fullmatch(text.strip())
        if not match:
            raise MoneyUnreadable(text)
        digits = minor_digits(match["currency"])
        part = match["part"] or ""
        if len(part) > digits:
            raise MoneyUnreadable(text)
        return cls(int(match["whole"] + part.ljust(digits, "0")), match["currency"])

    def __str__(self) -> str:
        return f"{self.plain} {self.currency}"

    @property
    def plain(self) -> str:
        """The amount with a point and nothing between the thousands: 1234.50, -12.00, or 500 where there is no minor unit."""
        digits = minor_digits(self.currency)
        if not digits:
            return str(self.amount)
        # Not of the negative number itself: rounding down would make -1.50 of it -2.50.
        whole, part = divmod(abs(self.amount), 10**digits)
        return f"{'-' if self.amount < 0 else ''}{whole}.{part:0{digits}d}"


@dataclass(frozen=True)
class Wording:
    """The exact sentence a reader agrees to, for one purpose."""

    purpose: str
    version: str
    text: str

    @property
    def hash(self) -> str:
        """SHA-256 of purpose, version and text: what a consent points at, for ever."""
        whole = "\x1f".join((self.purpose, self.version, self.text))
        return hashlib.sha256(whole.encode()).hexdigest()


@dataclass(frozen=True)
class HeldFile:
    """A file behind a gate. `id` is the SHA-256 of its bytes, in hex; `size` is in bytes."""

    id: str
    name: str
    media_type: str
    size: int

    @property
    def is_page(self) -> bool:
        """Is it shown as a page, and no file to keep?"""
        return self.media_type == LIST_PAGE

    @property
    def door(self) -> str:
        """The path of the capture service that gives it."""
        return "list" if self.is_page else "download"


@dataclass(frozen=True)
class Offer:
    """One offer of the catalogue. `uses` is how often one grant opens, `expires_days` how long.

    `language` is that of its text, and of every page and letter about it. `trial` is the test of its call to action that
    is running, if one is.
    """

    slug: str
    title: str
    summary: str
    kind: str
    url: str
    wordings: tuple[Wording, ...] = ()
    files: tuple[HeldFile, ...] = ()
    value: Money | None = None
    expires_days: int = DEFAULT_EXPIRES_DAYS
    uses: int = DEFAULT_USES
    link: str = ""
    language: str = ""
    terms: Terms = field(default_factory=Terms)
    trial: Trial | None = None

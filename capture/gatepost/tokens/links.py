"""Signed links.

The text of a token is not unique (several spellings of one signature verify), so whoever limits or revokes must key on
the id inside, never on the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from itsdangerous import BadData, URLSafeSerializer

from gatepost.languages.told import Told
from gatepost.offers import said

# Purpose -> how long a link of it lives; None means for ever (leaving must work years later).
LIVES: dict[str, timedelta | None] = {
    "confirm": timedelta(days=7),
    "download": None,  # the grant behind it carries the end date and the count
    "leave": None,
    "my": timedelta(days=180),
    "yours": None,  # what one request brought; the request itself says what is over
    "preview": timedelta(days=90),  # at most; a link that ends sooner says that it was made earlier
    "refer": None,  # a contest ends by itself
}


class LinkRefused(Told):
    """A link that does nothing."""

    cure = said("Open the newest letter from us, or ask for the offer again on its page.")


class LinkWrong(LinkRefused):
    """Not signed by us for this purpose: cut off, changed, or made up."""

    def __init__(self) -> None:
        super().__init__(said("This link is not complete, or not one of ours."))


class LinkExpired(LinkRefused):
    """Ours, but too old. Carries what a page needs to offer a new one."""

    def __init__(self, subject: UUID, signed_at: datetime):
        super().__init__(said("This link was made on %(day)s and is too old now."), day=signed_at)
        self.subject = subject
        self.signed_at = signed_at


@dataclass(frozen=True)
class Signed:
    """What a good token says: the id it is about and when it was made (aware UTC)."""

    subject: UUID
    signed_at: datetime


class Tokens:
    """Makes and reads links. `keys` are newest first; the newest signs, all of them verify."""

    def __init__(self, keys: Sequence[str]):
        if not keys:
            raise ValueError("Tokens need at least one key.")
        self._serializers = {purpose: serializer(purpose, keys) for purpose in LIVES}

    def sign(self, purpose: str, subject: UUID, at: datetime) -> str:
        """A URL-safe token for one purpose and one id. `at` is kept to the second."""
        return str(self._serializers[purpose].dumps([subject.hex, int(at.timestamp())]))

    def read(self, purpose: str, token: str, now: datetime) -> Signed:
        """What the token says. Raises LinkWrong or LinkExpired."""
        try:
            subject, seconds = self._serializers[purpose].loads(token)
            signed = Signed(UUID(hex=subject), datetime.fromtimestamp(seconds, UTC))
        except (BadData, ValueError, TypeError, AttributeError, OverflowError, OSError):
            # UnicodeEncodeError (a ValueError) too: a lone surrogate in the path is no reason for a 500.
            raise LinkWrong from None
        life = LIVES[purpose]
        # A token from the future was made while a clock ran ahead; it is offered a new one like an old one.
        if life is not None and not timedelta(hours=-1) <= now - signed.signed_at <= life:
            raise LinkExpired(signed.subject, signed.signed_at)
        return signed


def serializer(purpose: str, keys: Sequence[str]) -> URLSafeSerializer:
    """Signs for one purpose only. `keys` are newest first."""
    # itsdangerous wants the newest last.
    return URLSafeSerializer(
        list(reversed(keys)),
        salt=f"gatepost.{purpose}",
        signer_kwargs={"digest_method": sha256, "key_derivation": "hmac"},
    )

"""Mail: letters from facts to words, from words to a message, and the message's way out (SMTP, or a local mailbox)."""

from __future__ import annotations

from typing import Protocol, Self

from gatepost.mail.message import Sealed


class Carrier(Protocol):
    """Takes sealed letters somewhere. Open it with `with` for a batch; `send` raises a Trouble or has sent."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def send(self, letter: Sealed) -> None:
        """Bring one letter out. Raises a Trouble, which says what may be done about it."""
        ...

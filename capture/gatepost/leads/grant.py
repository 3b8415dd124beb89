"""The right of one lead to one held file, until a date, so many times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gatepost.languages.told import Told
from gatepost.offers import HeldFile, said


class GrantRefused(Told):
    """A grant that no longer opens its file. The reason is marked with `said("...")`. `offer` is the slug it is for."""

    cure = said("Ask for a new link; it goes to the address the first one went to.")

    def __init__(self, grant_id: UUID, offer: str, reason: str, **values: object):
        super().__init__(reason, **values)
        self.grant_id = grant_id
        self.offer = offer


class GrantEnded(GrantRefused):
    """The end date has passed."""


class GrantUsedUp(GrantRefused):
    """It was opened as often as it may be."""


class GrantRevoked(GrantRefused):
    """The owner, or the lead by leaving nothing behind, took it back."""


@dataclass(frozen=True)
class Grant:
    """One lead, one file. `uses` counts finished starts of a download, not ranges of the same one."""

    id: UUID
    lead_id: UUID
    signup_id: UUID
    offer: str
    file: HeldFile
    created_at: datetime
    expires_at: datetime
    uses_allowed: int
    uses: int = 0
    revoked_at: datetime | None = None

    def check(self, now: datetime) -> None:
        """Raises GrantRevoked, GrantEnded or GrantUsedUp when the file must not be given."""
        if self.revoked_at is not None:
            raise GrantRevoked(self.id, self.offer, said("This link was taken back."))
        if now >= self.expires_at:
            raise GrantEnded(self.id, self.offer, said("This link ended on %(day)s."), day=self.expires_at)
        if self.uses >= self.uses_allowed:
            raise self.used_up()

    def opens(self, now: datetime) -> bool:
        """Would `check` let it pass?"""
        try:
            self.check(now)
        except GrantRefused:
            return False
        return True

    def used_up(self) -> GrantUsedUp:
        """The refusal of one that was opened as often as it may be."""
        return GrantUsedUp(
            self.id,
            self.offer,
            said("This link was used %(times)s times, which is as often as it opens."),
            times=self.uses_allowed,
        )

"""Where a lead came from, and where that is known from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gatepost.channels import CHANNELS
from gatepost.leads.lead import Lead
from gatepost.leads.signup import Signup

UNKNOWN = "direct"


@dataclass(frozen=True)
class Origin:
    """A channel with its lead class. `is_owners_word` where the owner named it, whatever was seen."""

    channel: str
    is_owners_word: bool = False

    @property
    def lead_class(self) -> str:
        """A channel that this version does not know has the class of the unknown."""
        return CHANNELS[self.channel].lead_class if self.channel in CHANNELS else UNKNOWN


def origin(lead: Lead, signups: Iterable[Signup]) -> Origin:
    """The owner's word; else the channel of the first request that was confirmed, as reports count it.

    Of a lead that confirmed none it is that of the first request.
    """
    if lead.channel:
        return Origin(lead.channel, is_owners_word=True)
    first = min(signups, key=_confirmed_first, default=None)
    return Origin(first.channel if first else UNKNOWN)


def _confirmed_first(signup: Signup) -> tuple[bool, datetime, UUID]:
    return signup.confirmed_at is None, signup.confirmed_at or signup.requested_at, signup.id

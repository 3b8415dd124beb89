"""A lead: a person whose address is confirmed or waiting, and the states in between."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from gatepost.languages.told import Told
from gatepost.offers import said

STATES = ("pending", "confirmed", "left", "erased")


class LeadErased(Told):
    """The person behind this id asked to be forgotten; nothing may be done in their name."""

    cure = said("Ask for the offer again from its page; that begins anew.")

    def __init__(self, lead_id: UUID):
        super().__init__(said("This person’s details were erased."))
        self.lead_id = lead_id


@dataclass(frozen=True)
class Lead:
    """`email` is where letters go; `email_key` says who is the same person; `mailbox` which letter box it is.

    `channel` is the owner's word on where this lead came from; "" leaves it to the journey.
    """

    id: UUID
    email: str
    email_key: str
    mailbox: str
    created_at: datetime
    name: str = ""
    state: str = "pending"
    confirmed_at: datetime | None = None
    left_at: datetime | None = None
    erased_at: datetime | None = None
    channel: str = ""

    @property
    def is_confirmed(self) -> bool:
        """May this person be sent what they ask for without a new confirmation?"""
        return self.state == "confirmed"

    def confirmed(self, at: datetime) -> Lead:
        """The lead after pressing the button; a second press changes nothing. Raises LeadErased."""
        self.must_exist()
        # Somebody who left and confirms a new request of their own is back.
        return replace(self, state="confirmed", confirmed_at=self.confirmed_at or at, left_at=None)

    def left(self, at: datetime) -> Lead:
        """The lead after withdrawing every permission. Raises LeadErased."""
        self.must_exist()
        return replace(self, state="left", left_at=self.left_at or at)

    def erased(self, at: datetime) -> Lead:
        """What is left of a lead: an id and the date, so that totals stay true."""
        gone = f"erased-{self.id.hex}"
        return replace(self, email="", email_key=gone, mailbox="", name="", state="erased", erased_at=at)

    def must_exist(self) -> None:
        """Raises LeadErased when nobody is behind this id any more."""
        if self.state == "erased":
            raise LeadErased(self.id)

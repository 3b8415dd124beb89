"""Ticking: a checklist as a page. Opening it is no download: whoever works through a list opens it day after day."""

from __future__ import annotations

from dataclasses import dataclass

from gatepost.actions import downloading, granting
from gatepost.engine import Engine
from gatepost.leads import Grant
from gatepost.offers import said
from gatepost.offers.ticklist import TickList
from gatepost.tokens import LinkWrong


@dataclass(frozen=True)
class Opened:
    """A list and the grant that opens it."""

    grant: Grant
    ticklist: TickList


def look(engine: Engine, token: str) -> Opened:
    """The list behind a download's link, if it opens now; changes nothing and counts nothing.

    Raises LinkWrong (also where the file is no list), GrantRevoked, GrantEnded or FileGone.
    """
    grant = downloading.look(engine, token)
    if not grant.file.is_page:
        raise LinkWrong
    try:
        return Opened(grant, TickList.from_json(granting.path(engine, grant).read_bytes()))
    except ValueError:
        raise downloading.FileGone(
            grant.id, grant.offer, said("The list behind this link was made for an older version.")
        ) from None

"""Downloading: a grant opens its file until a date, so many times."""

from __future__ import annotations

from datetime import timedelta

from gatepost.actions import climbing, granting
from gatepost.engine import Engine
from gatepost.events import OfferDownloaded
from gatepost.leads import Grant, GrantRefused, GrantUsedUp
from gatepost.offers import said
from gatepost.store import Transaction, grants
from gatepost.tokens import LinkWrong

# A download that broke off may be taken up again for this long after the last use was counted.
CONTINUE_WITHIN = timedelta(hours=1)


class FileGone(GrantRefused):
    """The grant is good, but its file is not there any more: the offer was replaced or withdrawn."""


def look(engine: Engine, token: str, *, continues: bool = False) -> Grant:
    """The grant behind a link, if it opens now; changes nothing. `continues`: later bytes of a download begun before.

    Raises LinkWrong, GrantRevoked, GrantEnded, GrantUsedUp or FileGone.
    """
    grant_id = engine.tokens.read("download", token, engine.now()).subject
    with engine.database.reading() as tx:
        grant = grants.by_id(tx, grant_id)
        if grant is None:
            raise LinkWrong
        _check(engine, tx, grant, continues)
    if not granting.path(engine, grant).is_file():
        raise FileGone(grant.id, grant.offer, said("The file behind this link is not here any more."))
    return grant


def count(engine: Engine, grant: Grant) -> None:
    """Count one use by a reader. Raises GrantUsedUp when somebody else took the last one meanwhile."""
    with engine.database.writing() as tx, climbing.counting(tx, grant.lead_id):
        if not grants.use(tx, grant.id, engine.new_id(), engine.now()):
            raise grant.used_up()
    engine.emit(OfferDownloaded(engine.now(), grant.id, grant.offer, grant.uses + 1))


def note_scanner(engine: Engine, grant: Grant) -> None:
    """Note that a mail scanner or crawler opened it; the reader's uses stay.

    Scanners have as many uses of their own, or a made-up name would open the file for ever. Raises GrantUsedUp.
    """
    with engine.database.writing() as tx:
        before = sum(by == "scanner" for _, by in grants.downloads_of(tx, grant.id))
        if before >= grant.uses_allowed:
            raise grant.used_up()
        grants.note_scanner(tx, grant.id, engine.new_id(), engine.now())


def _check(engine: Engine, tx: Transaction, grant: Grant, continues: bool) -> None:
    try:
        grant.check(engine.now())
    except GrantUsedUp:
        used = [at for at, by in grants.downloads_of(tx, grant.id) if by == "reader"]
        if not (continues and used and engine.now() - used[-1] <= CONTINUE_WITHIN):
            raise

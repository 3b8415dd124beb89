"""Showing: read-only links to the figures, for whoever the owner gives one. Nobody's name or address is behind them."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from gatepost.engine import Engine
from gatepost.store import shares
from gatepost.store.shares import Share

LONGEST_NAME = 100


class ShareRefused(Exception):
    """A link that cannot be made. Carries its cure."""

    def __init__(self, problem: str, cure: str):
        super().__init__(problem)
        self.cure = cure


class ShareUnknown(Exception):
    """There is no link of this name."""

    cure = "`gatepost owner share list` shows all of them."

    def __init__(self, name: str):
        super().__init__(f"There is no link called {name!r}.")


def add(engine: Engine, name: str, until: date | None = None) -> str:
    """Make a link that opens up to the end of a day (UTC), or until it is taken back. Returns its address.

    The address cannot be shown again: only a hash of its token is kept. Raises ShareRefused, DatabaseUnreachable.
    """
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise ShareRefused(
            f"{name!r} cannot be a link's name.", f"Use 1 to {LONGEST_NAME} characters that say whom it is for."
        )
    if until is not None and until < engine.now().date():
        raise ShareRefused(f"{until} is over.", "Choose a day to come, or none.")
    token = secrets.token_urlsafe(24)
    ends_at = datetime.combine(until + timedelta(days=1), time(), UTC) if until else None
    with engine.database.writing() as tx:
        if shares.by_name(tx, name):
            raise ShareRefused(
                f"There is a link called {name!r} already.", "Choose another name, or take that one back."
            )
        shares.add(tx, Share(_hash(token), name, engine.now(), ends_at))
    return f"{engine.settings.capture_url}/owner/?share={token}"


def listed(engine: Engine) -> list[Share]:
    """Every link, oldest first, also those that have ended. Raises DatabaseUnreachable."""
    with engine.database.reading() as tx:
        return shares.listed(tx)


def remove(engine: Engine, name: str) -> None:
    """Take a link back: from now on it opens nothing. Raises ShareUnknown, DatabaseUnreachable."""
    with engine.database.writing() as tx:
        if not shares.remove(tx, name):
            raise ShareUnknown(name)


def opens(engine: Engine, token: str) -> bool:
    """Does this token open the figures now? Changes nothing. Raises DatabaseUnreachable."""
    if not token or len(token) > LONGEST_NAME:
        return False
    with engine.database.reading() as tx:
        found = shares.by_hash(tx, _hash(token))
    return found is not None and found.opens(engine.now())


def _hash(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()

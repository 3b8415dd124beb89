"""Other sites whose figures are shown here, with the last answer of each."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, or_, select, update

from gatepost.store import tables as t

_c = t.sister.c
_LONGEST = 300


@dataclass(frozen=True)
class Sister:
    """`url` is its capture address, `token` opens its /api/v1; `figures` is its last answer as JSON, "" before the first.

    `trouble` is why the latest try failed, "" when it did not.
    """

    name: str
    url: str
    token: str
    added_at: datetime
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    trouble: str = ""
    figures: str = ""

    def __repr__(self) -> str:
        # A token must not come into a log.
        return f"Sister({self.name!r}, {self.url!r})"


def add(tx: Connection, sister: Sister) -> None:
    """Store a new one."""
    tx.execute(insert(t.sister), asdict(sister))


def listed(tx: Connection) -> list[Sister]:
    """All of them, by name."""
    return [Sister(**row._mapping) for row in tx.execute(select(t.sister).order_by(_c.name))]


def remove(tx: Connection, name: str) -> bool:
    """Forget one with its token and figures; False where there was none."""
    return bool(tx.execute(delete(t.sister).where(_c.name == name)).rowcount)


def claim(tx: Connection, now: datetime, before: datetime) -> list[Sister]:
    """Those that were last asked before a time, marked as asked now: no two workers ask the same."""
    due = or_(_c.asked_at.is_(None), _c.asked_at < before)
    found = [Sister(**row._mapping) for row in tx.execute(select(t.sister).where(due).order_by(_c.name))]
    for sister in found:
        tx.execute(update(t.sister).where(_c.name == sister.name).values(asked_at=now))
    return found


def answered(tx: Connection, name: str, figures: str, now: datetime) -> None:
    """Keep an answer."""
    tx.execute(
        update(t.sister).where(_c.name == name).values(figures=figures, answered_at=now, asked_at=now, trouble="")
    )


def failed(tx: Connection, name: str, trouble: str, now: datetime) -> None:
    """Keep why there was none; the figures of before stay."""
    tx.execute(update(t.sister).where(_c.name == name).values(trouble=trouble[:_LONGEST], asked_at=now))

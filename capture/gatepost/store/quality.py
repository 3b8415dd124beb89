"""What tells whether counting works: what arrived and what was refused by day, when the last thing came, and how large it all is."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, func, make_url, select, text

from gatepost.report.quality import Latest
from gatepost.report.span import ALL_TIME, Span
from gatepost.store import counted, periods, preferences
from gatepost.store import tables as t
from gatepost.store.database import Database

LAST_BACKUP = "last-backup"
# The length of their keys.
_DAY, _MONTH = len("2026-11-23"), len("2026-11")


def dropped(tx: Connection, span: Span = ALL_TIME) -> dict[str, dict[str, int]]:
    """What was refused: day ("2026-11-23") -> reason -> count."""
    c = t.dropped_day.c
    found: dict[str, dict[str, int]] = defaultdict(dict)
    query = select(c.day, c.reason, c.count).where(*periods.days_within(c.day, span))
    for day, reason, count in counted.plain(tx, query):
        found[str(day)][reason] = int(count)
    return dict(found)


def arrived(tx: Connection, span: Span, *, by_day: bool) -> dict[str, int]:
    """Beacons counted, by day or by month ("2026-11")."""
    c = t.channel_sum.c
    query = select(c.period, func.sum(c.count)).group_by(c.period)
    if by_day:
        query = query.where(*periods.day_keys_within(c.period, span))
    else:
        query = query.where(c.period.in_(_months(tx, span)))
    wanted = _DAY if by_day else _MONTH
    # Between two days lie the keys of months, too.
    return {period: int(count) for period, count in tx.execute(query) if len(period) == wanted}


def latest(tx: Connection) -> Latest:
    """When the last of each kind arrived, each found at the end of an index."""
    c, s, box = t.channel_sum.c, t.signup.c, t.outbox.c
    last_day = tx.execute(select(func.max(c.period)).where(c.period < periods.ALL)).scalar()
    refused = tx.execute(select(func.max(t.dropped_day.c.day))).scalar()
    out = select(box.sent_at).where(box.state == "sent").order_by(box.due_at.desc()).limit(50)
    return Latest(
        beacon=date.fromisoformat(last_day) if last_day and len(last_day) == _DAY else None,
        refused=refused,
        signup=tx.execute(select(func.max(s.requested_at))).scalar(),
        confirmed=tx.execute(select(func.max(s.confirmed_at))).scalar(),
        letter=max((at for at in tx.execute(out).scalars() if at), default=None),
    )


def size(database: Database) -> int:
    """Bytes the database takes; of SQLite with the log beside it. Raises DatabaseUnreachable."""
    if database.is_sqlite:
        path = Path(make_url(database.url).database or "")
        parts = (path, path.with_name(path.name + "-wal"))
        return sum(part.stat().st_size for part in parts if part.is_file())
    with database.reading() as tx:
        return int(tx.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


def last_backup(tx: Connection) -> datetime | None:
    """When `gatepost db backup` last made a copy; None where it never did."""
    kept = preferences.get(tx, LAST_BACKUP)
    return datetime.fromisoformat(kept) if kept else None


def note_backup(tx: Connection, at: datetime) -> None:
    """Remember that a copy was made."""
    preferences.put(tx, LAST_BACKUP, at.isoformat())


def _months(tx: Connection, span: Span) -> list[str]:
    """The months of a span that anything was counted in, named one by one: a range of them would lead through their days."""
    c = t.channel_sum.c
    first, last = (tx.execute(select(found).where(c.period < periods.ALL)).scalar() for found in _ENDS)
    if not first or not last:
        return []
    begin = max(first[:7], periods.month_of(span.first) if span.first else "")
    end = min(last[:7], periods.month_of(span.last) if span.last else "9999")
    year, month = int(begin[:4]), int(begin[5:7])
    found = []
    while (key := f"{year:04}-{month:02}") <= end:
        found.append(key)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


_ENDS = (func.min(t.channel_sum.c.period), func.max(t.channel_sum.c.period))

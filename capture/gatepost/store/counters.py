"""Counters per day: reads, rungs, pairs, depths and what was dropped. Storage grows with articles and days only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, func, select

from gatepost.store import tables as t
from gatepost.store.upsert import insert_or_add

TouchKey = tuple[date, str, str, str, str]  # day, article, rung, offer, channel


@dataclass
class Tally:
    """Counts waiting to be added: of touches (and, of them, firsts), pairs, depths and drops."""

    touches: Counter[TouchKey] = field(default_factory=Counter)
    firsts: Counter[TouchKey] = field(default_factory=Counter)
    pairs: Counter[tuple[date, str, str]] = field(default_factory=Counter)
    depths: Counter[tuple[date, int]] = field(default_factory=Counter)
    dropped: Counter[tuple[date, str]] = field(default_factory=Counter)

    def __bool__(self) -> bool:
        return bool(self.touches or self.pairs or self.depths or self.dropped)

    def drop(self, day: date, reasons: Mapping[str, int]) -> None:
        """Count things refused, by reason."""
        for reason, count in reasons.items():
            self.dropped[day, reason] += count


def add(tx: Connection, tally: Tally) -> None:
    """Add a tally onto the stored days. Rows go in one order, so that two writers cannot block each other."""
    touches = [
        {"day": day, "article": article, "rung": rung, "offer": offer, "channel": channel, "count": count,
         "firsts": tally.firsts[day, article, rung, offer, channel]}
        for (day, article, rung, offer, channel), count in sorted(tally.touches.items())
    ]  # fmt: skip
    if touches:
        tx.execute(
            insert_or_add(tx, t.touch_day, ["day", "article", "rung", "offer", "channel"], ["count", "firsts"]), touches
        )
    pairs = [{"day": d, "previous": p, "article": a, "count": n} for (d, p, a), n in sorted(tally.pairs.items())]
    if pairs:
        tx.execute(insert_or_add(tx, t.pair_day, ["day", "previous", "article"], ["count"]), pairs)
    depths = [{"day": d, "depth": k, "count": n} for (d, k), n in sorted(tally.depths.items())]
    if depths:
        tx.execute(insert_or_add(tx, t.depth_day, ["day", "depth"], ["count"]), depths)
    dropped = [{"day": d, "reason": r, "count": n} for (d, r), n in sorted(tally.dropped.items())]
    if dropped:
        tx.execute(insert_or_add(tx, t.dropped_day, ["day", "reason"], ["count"]), dropped)


def dropped_totals(tx: Connection) -> dict[str, int]:
    """How much was ever refused, by reason."""
    day = t.dropped_day.c
    rows = tx.execute(select(day.reason, func.sum(day.count)).group_by(day.reason).order_by(day.reason))
    return {row[0]: int(row[1]) for row in rows}

"""Counters per day: reads, rungs, pairs, depths and what was dropped. Storage grows with articles and days only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, Table, func, select

from gatepost.store import offered, periods, trials
from gatepost.store import tables as t
from gatepost.store.upsert import insert_or_add

TouchKey = tuple[date, str, str, str, str]  # day, article, rung, offer, channel


@dataclass
class Tally:
    """Counts waiting to be added: of touches (and, of them, firsts), pairs, depths, variants seen and drops."""

    touches: Counter[TouchKey] = field(default_factory=Counter)
    firsts: Counter[TouchKey] = field(default_factory=Counter)
    pairs: Counter[tuple[date, str, str]] = field(default_factory=Counter)
    depths: Counter[tuple[date, int]] = field(default_factory=Counter)
    variants: Counter[trials.VariantKey] = field(default_factory=Counter)
    dropped: Counter[tuple[date, str]] = field(default_factory=Counter)

    def __bool__(self) -> bool:
        return bool(self.touches or self.pairs or self.depths or self.variants or self.dropped)

    def drop(self, day: date, reasons: Mapping[str, int]) -> None:
        """Count things refused, by reason."""
        for reason, count in reasons.items():
            self.dropped[day, reason] += count


def add(tx: Connection, tally: Tally) -> None:
    """Add a tally onto the stored days and their sums. Rows go in one order, so that two writers cannot block each other."""
    # First, because a signup counts its offer and its variant before it counts what was dropped.
    offered.add_seen(tx, _seen(tally))
    trials.add_seen(tx, tally.variants)
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
    _add_sums(tx, tally)


def _seen(tally: Tally) -> Counter[tuple[str, str]]:
    seen: Counter[tuple[str, str]] = Counter()
    for (_, article, rung, offer, _), count in tally.touches.items():
        if rung == offered.SEEN and article and offer:
            seen[article, offer] += count
    return seen


def _add_sums(tx: Connection, tally: Tally) -> None:
    rungs: Counter[tuple[str, ...]] = Counter()
    firsts: Counter[tuple[str, ...]] = Counter()
    through: Counter[tuple[str, ...]] = Counter()
    firsts_through: Counter[tuple[str, ...]] = Counter()
    of_offers: Counter[tuple[str, ...]] = Counter()
    for (day, article, rung, offer, channel), count in tally.touches.items():
        for period in periods.with_days(day) if rung == "read" else periods.with_months(day):
            rungs[period, article, rung] += count
            firsts[period, article, rung] += tally.firsts[day, article, rung, offer, channel]
        for period in periods.with_days(day):
            through[period, channel, rung] += count
            firsts_through[period, channel, rung] += tally.firsts[day, article, rung, offer, channel]
        for period in periods.with_days(day) if offer else ():
            of_offers[period, offer, rung] += count
    pairs: Counter[tuple[str, ...]] = Counter()
    for (day, previous, article), count in tally.pairs.items():
        for period in periods.with_months(day):
            pairs[period, previous, article] += count
    _add_sum(tx, t.touch_sum, ("period", "article", "rung"), {"count": rungs, "firsts": firsts})
    _add_sum(tx, t.channel_sum, ("period", "channel", "rung"), {"count": through, "firsts": firsts_through})
    _add_sum(tx, t.offer_sum, ("period", "offer", "rung"), {"count": of_offers})
    _add_sum(tx, t.pair_sum, ("period", "previous", "article"), {"count": pairs})


def _add_sum(
    tx: Connection, table: Table, names: tuple[str, ...], counted: Mapping[str, Counter[tuple[str, ...]]]
) -> None:
    keys = sorted(next(iter(counted.values())))
    if keys:
        rows = [
            {**dict(zip(names, key, strict=True)), **{name: counts[key] for name, counts in counted.items()}}
            for key in keys
        ]
        tx.execute(insert_or_add(tx, table, names, tuple(counted)), rows)


def dropped_totals(tx: Connection) -> dict[str, int]:
    """How much was ever refused, by reason."""
    day = t.dropped_day.c
    rows = tx.execute(select(day.reason, func.sum(day.count)).group_by(day.reason).order_by(day.reason))
    return {row[0]: int(row[1]) for row in rows}

"""Looking further: where leads came from, what they read before they asked, and how many touches that took."""

from __future__ import annotations

from dataclasses import replace

from gatepost.report import ChannelCount
from gatepost.report.arrivals import Arrivals
from gatepost.report.arrivals import arrivals as compose_arrivals
from gatepost.report.closing import Buyer
from gatepost.report.span import ALL_TIME, Span
from gatepost.store import Database, Transaction, counted, money
from gatepost.store import buyers as known


def arrivals(database: Database, *, span: Span = ALL_TIME, compare: Span | None = None, of_class: str = "") -> Arrivals:
    """Lead classes, and their channels: of one class where it is named. Raises DatabaseUnreachable."""
    with database.reading() as tx:
        buyers = known.buyers(tx)
        now = _channels(tx, span, buyers)
        before = _channels(tx, compare, buyers) if compare else []
    return compose_arrivals(now, buyers, span, before=before, of_class=of_class)


def _channels(tx: Transaction, span: Span, buyers: tuple[Buyer, ...]) -> list[ChannelCount]:
    reads = counted.reads_by_channel(tx, span)
    found = {one.channel: one for one in money.channel_counts(tx, span, known=buyers)}
    names = sorted(reads.keys() | found.keys())
    return [replace(found.get(name, ChannelCount(name)), reads=reads.get(name, 0)) for name in names]

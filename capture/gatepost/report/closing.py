"""Buyers: leads with a deal, what each channel's brought, and how long it took from the confirmation to the first deal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import hypot
from typing import NamedTuple

from gatepost.offers import Money
from gatepost.report.money import Credited
from gatepost.report.span import Span
from gatepost.report.spread import Spread, spread_of


class Paid(NamedTuple):
    """One deal: its day and its amount in minor units; below zero it is a refund."""

    day: date
    currency: str
    amount: int


@dataclass(frozen=True)
class Buyer:
    """A lead with a deal. `confirmed_on` is the day of its first confirmation; None where it never confirmed."""

    channel: str
    confirmed_on: date | None
    paid: tuple[Paid, ...]

    @property
    def closed_on(self) -> date | None:
        """The day of the first deal that is no refund; None where there is none."""
        return min((one.day for one in self.paid if one.amount >= 0), default=None)


@dataclass(frozen=True)
class Closing:
    """Days from the confirmation to the first deal, of clients whose first deal lies in a span.

    `earlier` clients had bought before they confirmed: their waiting is not counted.
    """

    days: Spread | None = None
    earlier: int = 0


def clients(buyers: Iterable[Buyer], span: Span) -> dict[str, int]:
    """Leads confirmed in a span that have a deal, of whatever day, by channel."""
    return dict(Counter(one.channel for one in buyers if one.confirmed_on and one.confirmed_on in span))


def dealt(buyers: Iterable[Buyer], span: Span) -> dict[str, Credited]:
    """Deals of a span by channel. The standard error takes clients, not deals, for what could have come or not."""
    sums: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for buyer in buyers:
        theirs: Counter[str] = Counter()
        for one in buyer.paid:
            if one.day in span:
                theirs[one.currency] += one.amount
        for currency, amount in theirs.items():
            sums[buyer.channel][currency].append(amount)
    return {channel: _credited(found) for channel, found in sums.items()}


def closing(buyers: Iterable[Buyer], span: Span) -> Closing:
    """How long these took."""
    waited = [
        (one.closed_on - one.confirmed_on).days
        for one in buyers
        if one.confirmed_on and one.closed_on and one.closed_on in span
    ]
    return Closing(spread_of(days for days in waited if days >= 0), sum(days < 0 for days in waited))


def _credited(found: Mapping[str, list[int]]) -> Credited:
    amounts = tuple(Money(sum(parts), currency) for currency, parts in sorted(found.items()))
    # Of a sum of independent amounts that come at random: the root of the sum of their squares (compound Poisson).
    return Credited(amounts, {currency: hypot(*parts) for currency, parts in found.items()})

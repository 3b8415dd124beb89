"""Several sites side by side: what is counted is added up, and a rate is never averaged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from gatepost.offers import Money
from gatepost.report.home import Now
from gatepost.report.summary import Best, Compared

COUNTS = ("reads", "requested", "confirmed", "clients")
# Columns to sort by; "-" before one for the largest first.
ORDERS = ("name", *COUNTS)


@dataclass(frozen=True)
class SiteRow:
    """One site. `compared` is None where it never answered, or not for this period; `answered_at` is when its figures
    came, None for this site, whose figures are of now; `trouble` is why the latest try failed, in words."""

    name: str
    url: str
    is_here: bool = False
    goal: str = ""
    compared: Compared | None = None
    best: tuple[Best, ...] = ()
    answered_at: datetime | None = None
    trouble: str = ""


@dataclass(frozen=True)
class Total:
    """Sums over the sites whose figures are known: `of` so many. `before` is None unless all of these know it."""

    of: int
    now: Now
    before: Now | None


def ordered(rows: Iterable[SiteRow], order: str) -> tuple[SiteRow, ...]:
    """The rows by a column of ORDERS, this site first where nothing was chosen; those without figures last."""
    key, down = order.removeprefix("-"), order.startswith("-")
    by_name = sorted(rows, key=lambda row: (not row.is_here, row.name.casefold()))
    if key == "name":
        return tuple(sorted(by_name, key=lambda row: row.name.casefold(), reverse=down))
    if key not in COUNTS:
        return tuple(by_name)

    def place(row: SiteRow) -> tuple[bool, int]:
        count = getattr(row.compared.now, key) if row.compared else 0
        return row.compared is None, -count if down else count

    return tuple(sorted(by_name, key=place))


def total(rows: Sequence[SiteRow]) -> Total:
    """The sums of what can be added up; unique readers are no such thing, since one may read on several sites."""
    known = [row.compared for row in rows if row.compared]
    befores = [one.before for one in known if one.before is not None]
    before = added(befores) if befores and len(befores) == len(known) else None
    return Total(len(known), added(one.now for one in known), before)


def added(figures: Iterable[Now]) -> Now:
    """Counts and money of several sites, currencies apart."""
    counts: Counter[str] = Counter()
    money: dict[str, Counter[str]] = {"value": Counter(), "deals": Counter()}
    for one in figures:
        counts.update({name: getattr(one, name) for name in COUNTS})
        for name, amounts in money.items():
            amounts.update({amount.currency: amount.amount for amount in getattr(one, name)})
    value, deals = (
        tuple(Money(amount, currency) for currency, amount in sorted(money[name].items()))
        for name in ("value", "deals")
    )
    return Now(**{name: counts[name] for name in COUNTS}, value=value, deals=deals)

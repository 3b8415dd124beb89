"""Running sums of credit: added to as leads confirm and deals come in, and read by a report instead of the leads."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select, text

from gatepost.offers import Money
from gatepost.report import Amount, Coverage, Credited
from gatepost.report.span import Span
from gatepost.store import periods
from gatepost.store import tables as t
from gatepost.store.counted import plain
from gatepost.store.upsert import insert_or_add

CreditKey = tuple[str, str, str, str, str]  # period, goal, model, article, currency
_CREDIT = ("period", "goal", "model", "article", "currency")
_ADDED = ("shares", "share_squares", "amount", "amount_squares")


@dataclass
class Ledger:
    """Credit, help and coverage waiting to be added to the sums."""

    credit: dict[CreditKey, list[float]] = field(default_factory=dict)
    helped: Counter[tuple[str, str]] = field(default_factory=Counter)
    coverage: Counter[tuple[date, str]] = field(default_factory=Counter)
    origins: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)

    def give(self, day: date, goal: str, model: str, article: str, currency: str, share: float, money: int) -> None:
        """One conversion's share for one article, and its part of the money in minor units."""
        parts = (share, share * share, money, float(money) * money)
        for period in periods.with_days(day):
            found = self.credit.setdefault((period, goal, model, article, currency), [0.0, 0.0, 0, 0.0])
            for place, part in enumerate(parts):
                found[place] += part

    def help(self, day: date, articles: Iterable[str]) -> None:
        """Articles that helped one more lead."""
        for article in articles:
            for period in periods.with_days(day):
                self.helped[period, article] += 1

    def arrive(self, day: date, channel: str, worth: Money | None, leads: int = 1) -> None:
        """A lead that came through a channel; -1 takes one away again."""
        for period in periods.with_days(day):
            found = self.origins.setdefault((period, channel, worth.currency if worth else ""), [0, 0])
            found[0] += leads
            found[1] += leads * worth.amount if worth else 0

    def cover(self, day: date, facts: Mapping[str, int]) -> None:
        """What is known of one lead's journey."""
        for fact, count in facts.items():
            if count:
                self.coverage[day, fact] += count


def add(tx: Connection, ledger: Ledger) -> None:
    """Add a ledger to the sums. Rows go in one order, so that two writers cannot block each other."""
    _add(
        tx, t.credit_sum, _CREDIT, _ADDED,
        [dict(zip((*_CREDIT, *_ADDED), (*key, *ledger.credit[key]), strict=True)) for key in sorted(ledger.credit)],
    )  # fmt: skip
    helped = [{"period": p, "article": a, "count": n} for (p, a), n in sorted(ledger.helped.items())]
    _add(tx, t.helped_sum, ("period", "article"), ("count",), helped)
    origins = [
        {"period": p, "channel": c, "currency": m, "leads": leads, "amount": amount}
        for (p, c, m), (leads, amount) in sorted(ledger.origins.items())
    ]
    _add(tx, t.origin_sum, ("period", "channel", "currency"), ("leads", "amount"), origins)
    coverage = [{"day": d, "fact": f, "count": n} for (d, f), n in sorted(ledger.coverage.items())]
    _add(tx, t.coverage_day, ("day", "fact"), ("count",), coverage)


def clear(tx: Connection) -> None:
    """Empty the sums that `add` fills; whoever confirms meanwhile waits until this transaction ends."""
    if tx.dialect.name != "sqlite":
        tx.execute(text("LOCK TABLE credit_sum, helped_sum, origin_sum, coverage_day IN SHARE ROW EXCLUSIVE MODE"))
    for table in (t.credit_sum, t.helped_sum, t.origin_sum, t.coverage_day):
        tx.execute(delete(table))


def models(tx: Connection) -> set[str]:
    """The models that have sums of leads."""
    c = t.credit_sum.c
    found = tx.execute(select(c.model).where(c.period == periods.ALL, c.goal == "lead").distinct())
    return set(found.scalars())


def credit(
    tx: Connection, goal: str, since: date | None = None, *, money_of: Collection[str] = ()
) -> dict[str, dict[str, Credited]]:
    """What each model gave each article, by model and article; the money of those in `money_of` only, or of all."""
    c = t.credit_sum.c
    within = (c.goal == goal, c.period == periods.ALL if since is None else _days_since(c.period, since))
    money: dict[tuple[str, str], list[Amount]] = defaultdict(list)
    some = (c.currency != "", c.model.in_(money_of)) if money_of else (c.currency != "",)
    amounts = select(c.model, c.article, c.currency, func.sum(c.amount), func.sum(c.amount_squares))
    grouped = amounts.where(*within, *some).group_by(c.model, c.article, c.currency)
    # In the order in which they lie, so that nothing has to be sorted.
    for model, article, currency, amount, squares in plain(tx, grouped.order_by(c.model, c.article, c.currency)):
        money[model, article].append(Amount(currency, int(amount), float(squares)))
    shares = select(c.model, c.article, func.sum(c.shares), func.sum(c.share_squares)).where(*within)
    found: dict[str, dict[str, Credited]] = defaultdict(dict)
    for model, article, share, squares in plain(tx, shares.group_by(c.model, c.article)):
        found[model][article] = Credited(share, squares, tuple(money.get((model, article), ())))
    return dict(found)


def helped(tx: Connection, since: date | None = None) -> dict[str, int]:
    """Leads by the articles that helped them, each lead once an article."""
    c = t.helped_sum.c
    if since is None:
        rows = tx.execute(select(c.article, c.count).where(c.period == periods.ALL))
    else:
        rows = tx.execute(select(c.article, func.sum(c.count)).where(_days_since(c.period, since)).group_by(c.article))
    return {article: int(count) for article, count in rows}


def origins(tx: Connection, since: date | None = None) -> list[tuple[str, str, int, int]]:
    """Confirmed leads and their offers' value in minor units, by channel and currency ("" for offers worth no money)."""
    c = t.origin_sum.c
    within = c.period == periods.ALL if since is None else _days_since(c.period, since)
    query = select(c.channel, c.currency, func.sum(c.leads), func.sum(c.amount)).where(within)
    rows = tx.execute(query.group_by(c.channel, c.currency).order_by(c.channel, c.currency))
    return [(channel, currency, int(leads), int(amount)) for channel, currency, leads, amount in rows if leads]


def coverage(tx: Connection, since: date | None = None) -> Coverage:
    """How much of the journeys is known."""
    c = t.coverage_day.c
    query = select(c.fact, func.sum(c.count)).group_by(c.fact)
    rows = tx.execute(query.where(c.day >= since) if since else query)
    return Coverage(**{fact: int(count) for fact, count in rows})


def _days_since(period: ColumnElement[str], since: date) -> ColumnElement[bool]:
    return periods.within(period, Span(since))


def _add(
    tx: Connection, table: Table, key: tuple[str, ...], added: tuple[str, ...], rows: list[dict[str, object]]
) -> None:
    if rows:
        tx.execute(insert_or_add(tx, table, key, added), rows)

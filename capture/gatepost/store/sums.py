"""Running sums of credit: added to as leads confirm and deals come in, and read by a report instead of the leads."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, delete, func, select, text

from gatepost.report import Amount, Coverage, Credited
from gatepost.store import periods
from gatepost.store import tables as t
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
    coverage = [{"day": d, "fact": f, "count": n} for (d, f), n in sorted(ledger.coverage.items())]
    _add(tx, t.coverage_day, ("day", "fact"), ("count",), coverage)


def clear(tx: Connection) -> None:
    """Empty the sums that `add` fills; whoever confirms meanwhile waits until this transaction ends."""
    if tx.dialect.name != "sqlite":
        tx.execute(text("LOCK TABLE credit_sum, helped_sum, coverage_day IN SHARE ROW EXCLUSIVE MODE"))
    for table in (t.credit_sum, t.helped_sum, t.coverage_day):
        tx.execute(delete(table))


def models(tx: Connection) -> set[str]:
    """The models that have sums of leads."""
    c = t.credit_sum.c
    found = tx.execute(select(c.model).where(c.period == periods.ALL, c.goal == "lead").distinct())
    return set(found.scalars())


def credit(tx: Connection, goal: str, since: date | None = None) -> dict[str, dict[str, Credited]]:
    """What each model gave each article, by model and article."""
    c = t.credit_sum.c
    added = [c[name] for name in _ADDED]
    query: Select[Any]
    if since is None:
        query = select(c.model, c.article, c.currency, *added).where(c.period == periods.ALL, c.goal == goal)
    else:
        query = select(c.model, c.article, c.currency, *map(func.sum, added))
        query = query.where(_days_since(c.period, since), c.goal == goal).group_by(c.model, c.article, c.currency)
    found: dict[str, dict[str, Credited]] = defaultdict(dict)
    for model, article, currency, shares, squares, amount, amount_squares in tx.execute(query):
        before = found[model].get(article)
        amounts = (Amount(currency, int(amount), amount_squares),) if currency else ()
        if before is None:
            found[model][article] = Credited(shares, squares, amounts)
        else:
            found[model][article] = Credited(
                before.shares + shares, before.squares + squares, (*before.amounts, *amounts)
            )
    return dict(found)


def helped(tx: Connection, since: date | None = None) -> dict[str, int]:
    """Leads by the articles that helped them, each lead once an article."""
    c = t.helped_sum.c
    if since is None:
        rows = tx.execute(select(c.article, c.count).where(c.period == periods.ALL))
    else:
        rows = tx.execute(select(c.article, func.sum(c.count)).where(_days_since(c.period, since)).group_by(c.article))
    return {article: int(count) for article, count in rows}


def coverage(tx: Connection, since: date | None = None) -> Coverage:
    """How much of the journeys is known."""
    c = t.coverage_day.c
    query = select(c.fact, func.sum(c.count)).group_by(c.fact)
    rows = tx.execute(query.where(c.day >= since) if since else query)
    return Coverage(**{fact: int(count) for fact, count in rows})


def _days_since(period: ColumnElement[str], since: date) -> ColumnElement[bool]:
    # "all" sorts after every day.
    return (period >= since.isoformat()) & (period < periods.ALL)


def _add(
    tx: Connection, table: Table, key: tuple[str, ...], added: tuple[str, ...], rows: list[dict[str, object]]
) -> None:
    if rows:
        tx.execute(insert_or_add(tx, table, key, added), rows)

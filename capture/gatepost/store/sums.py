"""Running sums of credit: added to as leads confirm and deals come in, and read by a report instead of the leads."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date

from sqlalchemy import Connection, Table, delete, func, select, text

from gatepost.offers import Money
from gatepost.report import Amount, Coverage, Credited
from gatepost.report.climbing import TOUCHES, Count
from gatepost.report.span import ALL_TIME, Span
from gatepost.store import periods
from gatepost.store import tables as t
from gatepost.store.counted import plain
from gatepost.store.upsert import insert_or_add

CreditKey = tuple[str, str, str, str, str]  # period, goal, model, article, currency
_CREDIT = ("period", "goal", "model", "article", "currency")
_COVERAGE = tuple(one.name for one in fields(Coverage))
_KEPT = (t.credit_sum, t.helped_sum, t.origin_sum, t.people_sum, t.step_sum, t.coverage_day)
_ADDED = ("shares", "share_squares", "amount", "amount_squares")


@dataclass
class Ledger:
    """Credit, help and coverage waiting to be added to the sums."""

    credit: dict[CreditKey, list[float]] = field(default_factory=dict)
    helped: Counter[tuple[str, str]] = field(default_factory=Counter)
    coverage: Counter[tuple[date, str]] = field(default_factory=Counter)
    origins: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)
    people: dict[tuple[str, str, str, str], list[int]] = field(default_factory=dict)
    steps: Counter[tuple[str, str, str]] = field(default_factory=Counter)

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

    def stand(self, count: Count, leads: int = 1) -> None:
        """One lead on one rung for the first time; -1 takes it away again."""
        day = date.fromisoformat(count.day)
        if count.scope == TOUCHES:
            self.coverage[day, f"{TOUCHES}-{count.name}-{count.rung}"] += leads
            return
        for period in periods.with_days(day):
            found = self.people.setdefault((period, count.scope, count.name, count.rung), [0, 0])
            found[0] += leads
            found[1] += leads * count.went_on

    def step(self, day: date, previous: str, article: str) -> None:
        """One step of a lead's journey: `previous` "" is its beginning, `article` "" its end, the request."""
        for period in periods.with_days(day):
            self.steps[period, previous, article] += 1

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
    people = [
        {"period": p, "scope": s, "name": n, "rung": r, "leads": leads, "went_on": went_on}
        for (p, s, n, r), (leads, went_on) in sorted(ledger.people.items())
        if leads or went_on
    ]
    _add(tx, t.people_sum, ("period", "scope", "name", "rung"), ("leads", "went_on"), people)
    steps = [{"period": p, "previous": b, "article": a, "leads": n} for (p, b, a), n in sorted(ledger.steps.items())]
    _add(tx, t.step_sum, ("period", "previous", "article"), ("leads",), steps)
    coverage = [{"day": d, "fact": f, "count": n} for (d, f), n in sorted(ledger.coverage.items())]
    _add(tx, t.coverage_day, ("day", "fact"), ("count",), coverage)


def clear(tx: Connection) -> None:
    """Empty the sums that `add` fills; whoever confirms meanwhile waits until this transaction ends."""
    if tx.dialect.name != "sqlite":
        tx.execute(text(f"LOCK TABLE {', '.join(table.name for table in _KEPT)} IN SHARE ROW EXCLUSIVE MODE"))
    for table in _KEPT:
        tx.execute(delete(table))


def has_people(tx: Connection) -> bool:
    """Has anybody been counted by what they did?"""
    return tx.execute(select(t.people_sum.c.period).limit(1)).first() is not None


def models(tx: Connection) -> set[str]:
    """The models that have sums of leads."""
    c = t.credit_sum.c
    found = tx.execute(select(c.model).where(c.period == periods.ALL, c.goal == "lead").distinct())
    return set(found.scalars())


def credit(
    tx: Connection,
    goal: str,
    span: Span = ALL_TIME,
    *,
    money_of: Collection[str] = (),
    models: Collection[str] | None = None,
    articles: Collection[str] | None = None,
) -> dict[str, dict[str, Credited]]:
    """What each model gave each article, by model and article; the money of those in `money_of` only, or of all.

    Of some models or articles only where these are named.
    """
    c = t.credit_sum.c
    within = [c.goal == goal, periods.within(c.period, span)]
    within += [c.model.in_(models)] if models is not None else []
    within += [c.article.in_(articles)] if articles is not None else []
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


def helped(tx: Connection, span: Span = ALL_TIME) -> dict[str, int]:
    """Leads by the articles that helped them, each lead once an article."""
    c = t.helped_sum.c
    if span.is_all:
        rows = tx.execute(select(c.article, c.count).where(c.period == periods.ALL))
    else:
        rows = tx.execute(
            select(c.article, func.sum(c.count)).where(periods.within(c.period, span)).group_by(c.article)
        )
    return {article: int(count) for article, count in rows}


def origins(tx: Connection, span: Span = ALL_TIME) -> list[tuple[str, str, int, int]]:
    """Confirmed leads and their offers' value in minor units, by channel and currency ("" for offers worth no money)."""
    c = t.origin_sum.c
    within = periods.within(c.period, span)
    query = select(c.channel, c.currency, func.sum(c.leads), func.sum(c.amount)).where(within)
    rows = tx.execute(query.group_by(c.channel, c.currency).order_by(c.channel, c.currency))
    return [(channel, currency, int(leads), int(amount)) for channel, currency, leads, amount in rows if leads]


def coverage(tx: Connection, span: Span = ALL_TIME) -> Coverage:
    """How much of the journeys is known."""
    c = t.coverage_day.c
    query = select(c.fact, func.sum(c.count)).group_by(c.fact)
    rows = tx.execute(query.where(c.fact.in_(_COVERAGE), *periods.days_within(c.day, span)))
    return Coverage(**{fact: int(count) for fact, count in rows})


def _add(
    tx: Connection, table: Table, key: tuple[str, ...], added: tuple[str, ...], rows: list[dict[str, object]]
) -> None:
    if rows:
        tx.execute(insert_or_add(tx, table, key, added), rows)

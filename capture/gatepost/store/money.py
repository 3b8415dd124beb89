"""Deals and spend: stored once however often they are imported, listed, and summed by channel and by article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Row,
    RowMapping,
    Select,
    Table,
    func,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from gatepost.leads import Deal, Spend
from gatepost.offers import Money
from gatepost.report import ChannelCount, closing
from gatepost.report.closing import Buyer
from gatepost.report.span import ALL_TIME, Span
from gatepost.store import buyers, periods, sums
from gatepost.store import tables as t

# Values asked for in one query: SQLite takes 32,766.
_PORTION = 1000
_l, _s, _d = t.lead.c, t.signup.c, t.deal.c

_One = TypeVar("_One", str, UUID)


@dataclass(frozen=True)
class Sold:
    """What is known of a lead's deals: the day of the first that was no refund, and whether one was named the first."""

    day: date | None
    has_first: bool


def add_deals(tx: Connection, found: Sequence[Deal]) -> list[Deal]:
    """Store deals whose keys are new; returns these."""
    new = _add(tx, t.deal, found)
    return [deal for deal in found if deal.key in new]


def add_spend(tx: Connection, found: Sequence[Spend]) -> list[Spend]:
    """Store spend whose keys are new; returns it."""
    new = _add(tx, t.spend, found)
    return [spend for spend in found if spend.key in new]


def known_deals(tx: Connection, keys: Collection[str]) -> dict[str, Deal]:
    """Stored deals by key."""
    return {row.key: _deal(row._mapping) for row in _of(tx, select(t.deal), _d.key, keys)}


def known_spend(tx: Connection, keys: Collection[str]) -> dict[str, Spend]:
    """Stored spend by key."""
    return {row.key: _spend(row._mapping) for row in _of(tx, select(t.spend), t.spend.c.key, keys)}


def leads_of(tx: Connection, email_keys: Collection[str]) -> dict[str, UUID]:
    """Leads by identity; one that left is among them, one that was erased has none any more."""
    return {row.email_key: row.id for row in _of(tx, select(_l.email_key, _l.id), _l.email_key, email_keys)}


def sold_to(tx: Connection, leads: Collection[UUID]) -> dict[UUID, Sold]:
    """What is known of the deals of these leads; only of those who have one."""
    first = func.min(_d.day).filter(_d.amount >= 0).label("first")
    named = func.count().filter(_d.kind == "first").label("named")
    query = select(_d.lead_id, first, named).group_by(_d.lead_id)
    return {row.lead_id: Sold(row.first, row.named > 0) for row in _of(tx, query, _d.lead_id, leads)}


def deals(tx: Connection, since: date | None = None) -> list[tuple[Deal, str]]:
    """Deals with their leads' addresses ("" once erased), newest day first."""
    query = select(t.deal, _l.email).join_from(t.deal, t.lead).where(*_from(_d.day, since))
    rows = tx.execute(query.order_by(_d.day.desc(), _d.id.desc()))
    return [(_deal(row._mapping), row.email) for row in rows]


def spend(tx: Connection, since: date | None = None) -> list[Spend]:
    """Spend, newest day first."""
    c = t.spend.c
    return [
        _spend(row._mapping)
        for row in tx.execute(select(t.spend).where(*_from(c.day, since)).order_by(c.day.desc(), c.id.desc()))
    ]


def deals_of(tx: Connection, lead_id: UUID) -> list[Deal]:
    """The deals of one lead, oldest day first."""
    return [
        _deal(row._mapping) for row in tx.execute(select(t.deal).where(_d.lead_id == lead_id).order_by(_d.day, _d.id))
    ]


def forget_notes(tx: Connection, lead_id: UUID) -> None:
    """Empty what was noted on a lead's deals; their numbers stay."""
    tx.execute(update(t.deal).where(_d.lead_id == lead_id).values(note=""))


def spend_by_article(tx: Connection, span: Span = ALL_TIME) -> dict[str, tuple[Money, ...]]:
    """What was put into each article, by currency."""
    return _sums(tx, _spent(t.spend.c.article, span))


def channel_counts(
    tx: Connection, span: Span = ALL_TIME, *, known: Sequence[Buyer] | None = None
) -> tuple[ChannelCount, ...]:
    """Channels with their confirmed leads, clients, and money by currency; reads are not counted here.

    A lead's channel is the owner's word, else that of the first request it confirmed, else "direct". `span` bounds the
    confirmation of leads, whose deals may be of any day to make them clients, and the day of deals and of spend.
    `known` are the buyers, where they have been read before.
    """
    leads: dict[str, int] = defaultdict(int)
    value: dict[str, list[Money]] = defaultdict(list)
    for channel, currency, count, amount in sums.origins(tx, span):
        leads[channel] += count
        if currency:
            value[channel].append(Money(amount, currency))
    found = buyers.buyers(tx) if known is None else known
    clients, dealt = closing.clients(found, span), closing.dealt(found, span)
    spent = _sums(tx, _spent(t.spend.c.channel, span))
    return tuple(
        ChannelCount(
            name,
            leads=leads[name],
            clients=clients.get(name, 0),
            value=tuple(value[name]),
            deals=dealt[name].amounts if name in dealt else (),
            spend=spent.get(name, ()),
        )
        for name in sorted(leads.keys() | dealt.keys() | spent.keys())
    )


def _spent(by: Column[str], span: Span) -> Select[Any]:
    c = t.spend.c
    query = select(by, c.currency, func.sum(c.amount)).where(by != "", *periods.days_within(c.day, span))
    return query.group_by(by, c.currency).order_by(c.currency)


def _deal(row: RowMapping) -> Deal:
    plain = {column.name: row[column.name] for column in t.deal.c if column.name != "currency"}
    return Deal(**{**plain, "amount": Money(row["amount"], row["currency"])})


def _spend(row: RowMapping) -> Spend:
    plain = {column.name: row[column.name] for column in t.spend.c if column.name != "currency"}
    return Spend(**{**plain, "amount": Money(row["amount"], row["currency"])})


def _sums(tx: Connection, query: Select[Any]) -> dict[str, tuple[Money, ...]]:
    found: dict[str, list[Money]] = defaultdict(list)
    for name, currency, amount in tx.execute(query):
        found[name].append(Money(int(amount), currency))
    return {name: tuple(amounts) for name, amounts in found.items()}


def _add(tx: Connection, table: Table, found: Sequence[Deal | Spend]) -> set[str]:
    if not found:
        return set()
    rows = [{**vars(one), "amount": one.amount.amount, "currency": one.amount.currency} for one in found]
    insert = sqlite.insert if tx.dialect.name == "sqlite" else postgresql.insert
    statement = insert(table).on_conflict_do_nothing(index_elements=["key"]).returning(table.c.key)
    return set(tx.execute(statement, rows).scalars())


def _of(tx: Connection, query: Select[Any], column: Column[_One], values: Collection[_One]) -> Iterator[Row[Any]]:
    wanted = sorted(values)
    for start in range(0, len(wanted), _PORTION):
        yield from tx.execute(query.where(column.in_(wanted[start : start + _PORTION])))


def _from(column: Column[Any], begin: date | datetime | None) -> Iterable[ColumnElement[bool]]:
    return [column >= begin] if begin else []

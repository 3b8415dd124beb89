"""What each offer brought under each article: seen, asked for, confirmed. All time; what learning goes by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, literal, or_, select, text, union_all
from sqlalchemy.dialects import postgresql, sqlite

from gatepost.leads import Signup
from gatepost.offers.learning import Counts, Evidence
from gatepost.store import tables as t
from gatepost.store.counted import plain
from gatepost.store.upsert import insert_or_add

SEEN = "offer-seen"
_KEY = ("article", "offer")
_COUNTED = ("seen", "requested", "confirmed")
ORDERS = (*_KEY, *_COUNTED)
# More than these, and it is quicker to read all of them.
_MOST_NAMED = 1000


def add_seen(tx: Connection, seen: Counter[tuple[str, str]]) -> None:
    """Count how often offers were seen, by (article, offer)."""
    rows = [{"article": a, "offer": o, "seen": n, "requested": 0, "confirmed": 0} for (a, o), n in sorted(seen.items())]
    if rows:
        tx.execute(insert_or_add(tx, t.offered_sum, _KEY, _COUNTED), rows)


def add_request(tx: Connection, signup: Signup) -> None:
    """Count a request stored in this transaction, each lead once; also as confirmed where it needed no button."""
    if signup.article:
        is_new = not _is_repeated(tx, signup, confirmed=False)
        is_confirmed = signup.confirmed_at is not None and not _is_repeated(tx, signup, confirmed=True)
        _add(tx, signup, int(is_new), int(is_confirmed))


def add_confirmed(tx: Connection, signup: Signup) -> None:
    """Count a request that was confirmed in this transaction, each lead once.

    The lead's row has to be written before: of two requests confirmed at once, the later then sees the other.
    """
    if signup.article and not _is_repeated(tx, signup, confirmed=True):
        _add(tx, signup, 0, 1)


def recount(tx: Connection) -> None:
    """Count requests and confirmations anew from the signups; what was seen stays. After `sums.clear`, which locks before."""
    if tx.dialect.name != "sqlite":
        tx.execute(text("LOCK TABLE offered_sum IN SHARE ROW EXCLUSIVE MODE"))
    s, kept = t.signup.c, t.offered_sum.c
    leads = func.count(s.lead_id.distinct())
    confirmed = func.count(case((s.confirmed_at.is_not(None), s.lead_id)).distinct())
    asked = select(s.article, s.offer, leads.label("requested"), confirmed.label("confirmed")).where(s.article != "")
    # A row that no signup stands behind any more is set to nought.
    there = select(kept.article, kept.offer, literal(0), literal(0))
    both = union_all(asked.group_by(s.article, s.offer), there).subquery().c
    made = select(both.article, both.offer, literal(0), func.sum(both.requested), func.sum(both.confirmed))
    grouped = made.where(literal(True)).group_by(both.article, both.offer)
    tx.execute(_replacing(tx).from_select([*_KEY, *_COUNTED], grouped))


def evidence(tx: Connection, articles: Collection[str] | None = None) -> Evidence:
    """All counts by article and offer; of some articles, and perhaps others, where they are named: then its own sums are not the site's."""
    c = t.offered_sum.c
    query = select(c.article, c.offer, c.seen, c.requested, c.confirmed)
    if articles is not None and len(articles) <= _MOST_NAMED:
        query = query.where(c.article.in_(articles))
    return Evidence({(a, o): Counts(*map(int, counts)) for a, o, *counts in plain(tx, query)})


def of_offers(tx: Connection) -> dict[str, Counts]:
    """What each offer brought under all articles."""
    c = t.offered_sum.c
    sums = (func.sum(c[name]) for name in _COUNTED)
    return {offer: Counts(*map(int, counts)) for offer, *counts in tx.execute(select(c.offer, *sums).group_by(c.offer))}


def page(
    tx: Connection,
    *,
    article: str = "",
    offer: str = "",
    find: str = "",
    order: str = "",
    most: int,
    after: int = 0,
) -> tuple[list[tuple[str, str]], int]:
    """Some of the pairs (article, offer) that have counts, and how many there are in all.

    Articles whose offers were seen most come first, and under each the offer that was seen most; or in the order of one of
    ORDERS, with "-" before it the largest first. `find` is a text that the slug of the article or of the offer must hold.
    """
    c = t.offered_sum.c
    query = select(c.article, c.offer)
    if article:
        query = query.where(c.article == article)
    if offer:
        query = query.where(c.offer == offer)
    if find:
        query = query.where(or_(c.article.icontains(find, autoescape=True), c.offer.icontains(find, autoescape=True)))
    total = tx.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    ordered = query.order_by(*_ordered(order)).limit(most).offset(after)
    return [(row[0], row[1]) for row in tx.execute(ordered)], int(total)


def _ordered(order: str) -> tuple[ColumnElement[Any], ...]:
    c, name = t.offered_sum.c, order.removeprefix("-")
    if name not in ORDERS:
        return func.sum(c.seen).over(partition_by=c.article).desc(), c.article.asc(), c.seen.desc(), c.offer.asc()
    return (c[name].desc() if order.startswith("-") else c[name].asc()), c.article.asc(), c.offer.asc()


def _is_repeated(tx: Connection, signup: Signup, *, confirmed: bool) -> bool:
    c = t.signup.c
    others = select(c.id).where(
        c.lead_id == signup.lead_id, c.article == signup.article, c.offer == signup.offer, c.id != signup.id
    )
    if confirmed:
        others = others.where(c.confirmed_at.is_not(None))
    return tx.execute(others.limit(1)).first() is not None


def _add(tx: Connection, signup: Signup, requested: int, confirmed: int) -> None:
    if requested or confirmed:
        row = {
            "article": signup.article,
            "offer": signup.offer,
            "seen": 0,
            "requested": requested,
            "confirmed": confirmed,
        }
        tx.execute(insert_or_add(tx, t.offered_sum, _KEY, _COUNTED), [row])


def _replacing(tx: Connection) -> sqlite.Insert | postgresql.Insert:
    made: sqlite.Insert | postgresql.Insert
    made = sqlite.insert(t.offered_sum) if tx.dialect.name == "sqlite" else postgresql.insert(t.offered_sum)
    set_ = {name: made.excluded[name] for name in ("requested", "confirmed")}
    return made.on_conflict_do_update(index_elements=_KEY, set_=set_)

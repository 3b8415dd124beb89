"""Who stands on which rung of the ladder: confirmed requests by kind, seats that were used, deals; and what offers brought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    Subquery,
    case,
    cast,
    distinct,
    func,
    literal,
    select,
    type_coerce,
    union_all,
)  # fmt: skip

from gatepost.ladder import BEACON_OF, COMMITMENTS
from gatepost.report.ladder import SITE, OfferCount, Standing, Stood
from gatepost.store import counted
from gatepost.store import tables as t
from gatepost.store.tables import UtcTime

_s = t.signup.c
_KEYS = list(COMMITMENTS)
_RANK = {key: place for place, key in enumerate(_KEYS)}


def standing(tx: Connection, kinds: Mapping[str, str], since: date | None = None) -> Standing:
    """Everything the ladder is made of. `kinds` are the catalogue's, by offer: for requests older than their own kind."""
    taken = _taken(tx, kinds, since)
    return Standing(
        stood=_stood(tx, taken),
        beacons_of_articles=_beacons(tx, since),
        beacons=counted.rungs_of_offers(tx, since),
        offers=_offers(tx, since),
        kinds=_kinds(tx),
        proven=_closed(tx, taken, True),
        others=_closed(tx, taken, False),
    )


def _taken(tx: Connection, kinds: Mapping[str, str], since: date | None) -> Subquery:
    """One line a lead, article and rung: when it was first stood on."""
    each = union_all(_requests(kinds, since), _came(since), _clients(tx, since)).subquery()
    c = each.c
    first = select(c.lead_id, c.article, c.rank, func.min(c.at).label("at"))
    return first.where(c.rank >= 0).group_by(c.lead_id, c.article, c.rank).subquery()


def _requests(kinds: Mapping[str, str], since: date | None) -> Select[Any]:
    query = select(_s.lead_id, _s.article, _rank(kinds).label("rank"), _s.confirmed_at.label("at"))
    return query.where(*_after(_s.confirmed_at, since))


def _rank(kinds: Mapping[str, str]) -> ColumnElement[int]:
    kind = case((_s.kind != "", _s.kind), *_by_offer(kinds), else_="")
    ranks = {name: _RANK[one.key] for one in COMMITMENTS.values() for name in one.kinds}
    return case(*((kind == name, rank) for name, rank in ranks.items()), else_=-1)


def _by_offer(kinds: Mapping[str, str]) -> list[tuple[ColumnElement[bool], str]]:
    by_kind: dict[str, list[str]] = defaultdict(list)
    for offer, kind in kinds.items():
        by_kind[kind].append(offer)
    return [(_s.offer.in_(offers), kind) for kind, offers in sorted(by_kind.items())]


def _came(since: date | None) -> Select[Any]:
    seat = t.seat.c
    query = select(seat.lead_id, _s.article, literal(_RANK["came"]), seat.came_at)
    return query.join_from(t.seat, t.signup, seat.signup_id == _s.id).where(*_after(seat.came_at, since))


def _clients(tx: Connection, since: date | None) -> Select[Any]:
    """Deals have a day and no hour: the end of it, so that what was asked for that morning comes before."""
    deal = t.deal.c
    # Deals are few beside requests, so they are joined and not looked up for each of those.
    theirs = select(_s.lead_id, _s.article).where(_s.confirmed_at.is_not(None)).distinct().subquery()
    query = select(deal.lead_id, theirs.c.article, literal(_RANK["client"]), _end_of(tx, deal.day))
    query = query.join_from(t.deal, theirs, deal.lead_id == theirs.c.lead_id)
    return query.where(deal.day >= since) if since else query


def _end_of(tx: Connection, day: ColumnElement[date]) -> ColumnElement[datetime]:
    text = cast(day, String)
    if tx.dialect.name == "sqlite":
        return type_coerce(text + " 23:59:59.999999", UtcTime)
    return cast(text + " 23:59:59.999999+00", UtcTime)


def _after(at: ColumnElement[datetime], since: date | None) -> list[ColumnElement[bool]]:
    known: list[ColumnElement[bool]] = [at.is_not(None)]
    return [*known, at >= datetime.combine(since, time(), UTC)] if since else known


def _stood(tx: Connection, taken: Subquery) -> dict[str, dict[str, Stood]]:
    # The highest rung that a lead reached later, on any article. A case study is beside the ladder: nobody goes on to it.
    c = taken.c
    apart = [_RANK[one.key] for one in COMMITMENTS.values() if one.is_apart]
    climbs = case((c.rank.in_(apart), -1), else_=c.rank)
    later = func.max(climbs).over(partition_by=c.lead_id, order_by=c.at, range_=(0, None))
    each = select(c.lead_id, c.article, c.rank, later.label("later")).subquery().c
    leads = func.count(distinct(each.lead_id))
    on = func.count(distinct(case((each.later > each.rank, each.lead_id))))
    found: dict[str, dict[str, Stood]] = defaultdict(dict)
    for article, rank, many, went in tx.execute(
        select(each.article, each.rank, leads, on).group_by(each.article, each.rank)
    ):
        found[article][_KEYS[rank]] = Stood(int(many), int(went))
    for rank, many, went in tx.execute(select(each.rank, leads, on).group_by(each.rank)):
        found[SITE][_KEYS[rank]] = Stood(int(many), int(went))
    return dict(found)


def _closed(tx: Connection, taken: Subquery, with_proof: bool) -> tuple[int, int]:
    """Leads with (or without) a case study, and the clients among them, after it where there is one."""
    c = taken.c
    proof, client = (func.min(case((c.rank == _RANK[key], c.at))) for key in ("case-study", "client"))
    each = select(proof.label("proof"), client.label("client")).group_by(c.lead_id).subquery().c
    closed = each.client.is_not(None) & (each.client >= each.proof if with_proof else each.proof.is_(None))
    query = select(func.count(), func.count(case((closed, 1))))
    row = tx.execute(query.where(each.proof.is_not(None) if with_proof else each.proof.is_(None))).one()
    return int(row[0]), int(row[1])


def _beacons(tx: Connection, since: date | None) -> dict[str, dict[str, int]]:
    wanted = set(BEACON_OF.values())
    by_article = counted.rungs(tx, since)
    return {
        article: {rung: one.count for rung, one in rungs.items() if rung in wanted}
        for article, rungs in by_article.items()
    }


def _offers(tx: Connection, since: date | None) -> dict[str, OfferCount]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for name, query in _counts(tx, since).items():
        for offer, many in tx.execute(query):
            found[offer][name] = int(many)
    return {offer: OfferCount(**counts) for offer, counts in found.items()}


def _counts(tx: Connection, since: date | None) -> dict[str, Select[Any]]:
    leads, seat, deal = func.count(distinct(_s.lead_id)), t.seat.c, t.deal.c
    opened = select(t.grant.c.offer, func.count(distinct(t.grant.c.lead_id))).join_from(t.download, t.grant)
    bought = select(_s.offer, leads).join_from(t.signup, t.deal, _s.lead_id == deal.lead_id)
    after_it = _end_of(tx, deal.day) >= _s.confirmed_at
    return {
        "requested": select(_s.offer, leads).where(*_after(_s.requested_at, since)).group_by(_s.offer),
        "confirmed": select(_s.offer, leads).where(*_after(_s.confirmed_at, since)).group_by(_s.offer),
        "downloaded": opened.where(t.download.c.by == "reader", *_after(t.download.c.at, since)).group_by(
            t.grant.c.offer
        ),
        "came": select(seat.offer, func.count(distinct(seat.lead_id)))
        .where(*_after(seat.came_at, since))
        .group_by(seat.offer),
        "clients": bought.where(*_after(_s.confirmed_at, since), after_it).group_by(_s.offer),
    }


def _kinds(tx: Connection) -> dict[str, str]:
    query = select(_s.offer, func.max(_s.kind)).where(_s.kind != "").group_by(_s.offer)
    return {offer: str(kind) for offer, kind in tx.execute(query)}

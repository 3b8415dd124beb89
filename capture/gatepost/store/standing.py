"""Who stands on which rung of the ladder: confirmed requests by kind, seats that were used, deals; and what offers brought."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
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
_PROOF, _CLIENT = _RANK["case-study"], _RANK["client"]
_APART = frozenset(_RANK[one.key] for one in COMMITMENTS.values() if one.is_apart)

# Lead, article, rank and time, as the database holds them: ids and times are only compared.
_Taken = tuple[Any, str, int, Any]


class _Found(NamedTuple):
    """By article and rung; leads with a case study and clients among them, and the same of all others."""

    stood: dict[str, dict[str, Stood]]
    proven: tuple[int, int]
    others: tuple[int, int]


def standing(tx: Connection, kinds: Mapping[str, str], since: date | None = None) -> Standing:
    """Everything the ladder is made of. `kinds` are the catalogue's, by offer: for requests older than their own kind."""
    found = _stood(counted.plain(tx, _taken(tx, kinds, since)))
    return Standing(
        stood=found.stood,
        beacons_of_articles=_beacons(tx, since),
        beacons=counted.rungs_of_offers(tx, since),
        offers=_offers(tx, since),
        kinds=_kinds(tx),
        proven=found.proven,
        others=found.others,
    )


def _taken(tx: Connection, kinds: Mapping[str, str], since: date | None) -> Select[Any]:
    """One line a lead, article and rung: when it was first stood on; by lead."""
    each = union_all(_requests(kinds, since), _came(since), _clients(tx, since)).subquery()
    c = each.c
    first = select(c.lead_id, c.article, c.rank, func.min(c.at).label("at"))
    return first.where(c.rank >= 0).group_by(c.lead_id, c.article, c.rank).order_by(c.lead_id)


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


def _stood(taken: Iterable[_Taken]) -> _Found:
    """One pass over all leads, each with its rungs: a database takes four times as long to sort them for each question."""
    leads: Counter[tuple[str, int]] = Counter()
    on: Counter[tuple[str, int]] = Counter()
    closed = {True: [0, 0], False: [0, 0]}
    for _, theirs in groupby(taken, itemgetter(0)):
        rungs = [(article, rank, at) for _, article, rank, at in theirs]
        firsts = {rank: min(at for _, other, at in rungs if other == rank) for rank in {rank for _, rank, _ in rungs}}
        stands = {(article, rank, _climbed(rungs, rank, at)) for article, rank, at in rungs}
        stands |= {(SITE, rank, _climbed(rungs, rank, at)) for rank, at in firsts.items()}
        leads.update((article, rank) for article, rank, _ in stands)
        on.update((article, rank) for article, rank, went_on in stands if went_on)
        proof = firsts.get(_PROOF)
        closed[proof is not None][0] += 1
        client = firsts.get(_CLIENT)
        closed[proof is not None][1] += client is not None and (proof is None or client >= proof)
    found: dict[str, dict[str, Stood]] = defaultdict(dict)
    for (article, rank), many in leads.items():
        found[article][_KEYS[rank]] = Stood(many, on[article, rank])
    return _Found(dict(found), *((leads, clients) for leads, clients in (closed[True], closed[False])))


def _climbed(rungs: Sequence[tuple[str, int, Any]], rank: int, at: Any) -> bool:
    # A case study is beside the ladder: nobody goes on to it.
    return any(other > rank and other not in _APART and later >= at for _, other, later in rungs)


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

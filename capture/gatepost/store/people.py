"""People by what they did for the first time: the facts of one lead, and the sums that every lead adds to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, String, cast, func, literal, null, select, type_coerce, union_all
from sqlalchemy.types import NullType

from gatepost.report import People
from gatepost.report.climbing import ARTICLE, CONFIRMED, DOWNLOADED, OFFER, REQUESTED, SITE, Asked, Done, Theirs
from gatepost.report.ladder import Stood
from gatepost.report.span import ALL_TIME, Span
from gatepost.store import periods
from gatepost.store import tables as t
from gatepost.store.counted import plain
from gatepost.store.tables import UtcTime

_s, _d, _p = t.signup.c, t.deal.c, t.people_sum.c
# PostgreSQL wants one type in each column of a union.
_NEVER = cast(null(), UtcTime)
_ASKED = (REQUESTED, CONFIRMED, DOWNLOADED)


def theirs(tx: Connection, lead_id: UUID) -> Theirs:
    """Everything that counts of one lead, which nobody else changes until this transaction ends."""
    if tx.dialect.name != "sqlite":
        tx.execute(select(t.lead.c.id).where(t.lead.c.id == lead_id).with_for_update())
    found = between(tx, lead_id, lead_id, {})
    return found[0] if found else Theirs()


def between(tx: Connection, first: UUID, last: UUID, kinds: Mapping[str, str]) -> list[Theirs]:
    """Everything that counts of the leads with ids from one to the other. `kinds` are of offers older than their own kind."""
    rows: dict[Any, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for what, lead, offer, article, kind, at, confirmed_at in plain(tx, _facts(first, last)):
        if what == "asked":
            rows[lead][what].append(Asked(offer, article, kind or kinds.get(offer, ""), at, confirmed_at))
        elif what == "read":
            rows[lead][what].append(at)
        else:
            rows[lead][what].append(kind if what == "bought" else Done(offer, article, at))
    return [Theirs(**{what: tuple(facts) for what, facts in found.items()}) for found in rows.values()]


def next_leads(tx: Connection, after: UUID | None, most: int) -> list[UUID]:
    """The ids of the next leads that asked for anything."""
    query = select(_s.lead_id).distinct().order_by(_s.lead_id).limit(most)
    return list(tx.execute(query.where(_s.lead_id > after) if after else query).scalars())


def kinds(tx: Connection) -> dict[str, str]:
    """The kind of each offer as its newest requests say."""
    query = select(_s.offer, func.max(_s.kind)).where(_s.kind != "").group_by(_s.offer)
    return {offer: str(kind) for offer, kind in tx.execute(query)}


def kinds_of(tx: Connection, offers: Collection[str]) -> dict[str, str]:
    """The kinds of a few offers that the catalogue does not know any more."""
    found = {}
    for offer in sorted(offers):
        kind = tx.execute(select(_s.kind).where(_s.offer == offer, _s.kind != "").limit(1)).scalar()
        found.update({offer: kind} if kind else {})
    return found


def counted(
    tx: Connection, span: Span, scope: str, names: Collection[str] | None = None
) -> dict[str, dict[str, Stood]]:
    """People by name and rung, in one scope; of these names only where they are given."""
    query = select(_p.name, _p.rung, func.sum(_p.leads), func.sum(_p.went_on))
    query = query.where(_p.scope == scope, periods.within(_p.period, span))
    if names is not None:
        query = query.where(_p.name.in_(names))
    found: dict[str, dict[str, Stood]] = defaultdict(dict)
    for name, rung, leads, went_on in plain(tx, query.group_by(_p.name, _p.rung)):
        if leads:
            found[name][rung] = Stood(int(leads), int(went_on))
    return dict(found)


def asking(tx: Connection, span: Span = ALL_TIME, *, article: str | None = None, offer: str = "") -> People:
    """People that asked, confirmed and downloaded for the first time: on the site, on one article or of one offer."""
    scope, name = (ARTICLE, article) if article is not None else (OFFER, offer) if offer else (SITE, "")
    return as_people(counted(tx, span, scope, [name]).get(name, {}))


def asked(tx: Connection, span: Span = ALL_TIME, names: Collection[str] | None = None) -> dict[str, People]:
    """The same by article; "" are pages that are no article."""
    query = select(_p.name, _p.rung, func.sum(_p.leads)).where(
        _p.scope == ARTICLE, _p.rung.in_(_ASKED), periods.within(_p.period, span)
    )
    query = query if names is None else query.where(_p.name.in_(names))
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for name, rung, leads in plain(tx, query.group_by(_p.name, _p.rung)):
        found[name][rung] = int(leads)
    return {name: People(**by_rung) for name, by_rung in found.items() if any(by_rung.values())}


def as_people(by_rung: Mapping[str, Stood]) -> People:
    """Three of the rungs as a report names them."""
    return People(**{rung: by_rung[rung].leads for rung in _ASKED if rung in by_rung})


def _facts(first: UUID, last: UUID) -> Any:
    """What was done: what, lead, offer, article, kind (of a deal its day), when, and when confirmed; all in one question."""
    theirs = _s.lead_id.between(first, last)
    asked = select(
        literal("asked"), _bare(_s.lead_id), _s.offer, _s.article, _s.kind, _bare(_s.requested_at), _bare(_s.confirmed_at)
    )  # fmt: skip
    nothing, day = literal(""), cast(_d.day, String)
    bought = select(literal("bought"), _bare(_d.lead_id), nothing, nothing, day, _bare(_NEVER), _bare(_NEVER))
    return union_all(
        asked.where(theirs),
        _opened(first, last),
        _came(first, last),
        bought.where(_d.lead_id.between(first, last)),
        _reads(first, last),
    )


def _opened(first: UUID, last: UUID) -> Any:
    grant, at = t.grant.c, t.download.c.at
    query = select(
        literal("opened"), _bare(grant.lead_id), grant.offer, _s.article, literal(""), _bare(at), _bare(_NEVER)
    )
    query = query.join_from(t.grant, t.download).join(t.signup, grant.signup_id == _s.id)
    return query.where(grant.lead_id.between(first, last), t.download.c.by == "reader")


def _came(first: UUID, last: UUID) -> Any:
    seat = t.seat.c
    columns = (_bare(seat.lead_id), seat.offer, _s.article, literal(""), _bare(seat.came_at), _bare(_NEVER))
    query = select(literal("came"), *columns).join_from(t.seat, t.signup, seat.signup_id == _s.id)
    return query.where(seat.lead_id.between(first, last), seat.came_at.is_not(None))


def _reads(first: UUID, last: UUID) -> Any:
    """The believed reads of clients, each once though several requests brought it along."""
    nothing, touch = literal(""), t.touch.c
    query = select(literal("read"), _bare(_s.lead_id), nothing, touch.article, nothing, _bare(touch.at), _bare(_NEVER))
    is_client = _s.lead_id.in_(select(_d.lead_id).where(_d.lead_id.between(first, last)))
    believed = (touch.suspect == "", touch.rung != "signup", _s.confirmed_at.is_not(None))
    return query.join_from(t.signup, t.touch).where(_s.lead_id.between(first, last), is_client, *believed).distinct()


def _bare(column: Any) -> Any:
    # As the database holds it: to make an id or a time of each would take longer than the query.
    return type_coerce(column, NullType())

"""Leads with a deal, read once for every span that is asked about: there are far fewer of them than leads."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, type_coerce
from sqlalchemy.types import NullType

from gatepost.report.closing import Buyer, Paid
from gatepost.store import tables as t

_l, _s, _d = t.lead.c, t.signup.c, t.deal.c


def buyers(tx: Connection) -> tuple[Buyer, ...]:
    """Every lead with a deal.

    A lead's channel is the owner's word, else that of the first request it confirmed, else "direct".
    """
    paid: dict[Any, list[Paid]] = defaultdict(list)
    for key, day, currency, amount in tx.execute(select(_key(_d.lead_id), _d.day, _d.currency, _d.amount)):
        paid[key].append(Paid(day, currency, amount))
    bought = select(_d.lead_id)
    first = _first_requests(_s.lead_id.in_(bought))
    channel = func.coalesce(func.nullif(_l.channel, ""), first.c.channel, "direct")
    query = select(_key(_l.id), channel, _l.confirmed_at).where(_l.id.in_(bought))
    rows = tx.execute(query.select_from(t.lead.outerjoin(first, first.c.lead_id == _l.id)))
    return tuple(Buyer(channel, at.date() if at else None, tuple(paid[key])) for key, channel, at in rows)


def _first_requests(*only: ColumnElement[bool]) -> Any:
    """Each lead's first confirmed request: that which no other comes before."""
    other = t.signup.alias()
    earlier = or_(
        other.c.confirmed_at < _s.confirmed_at, and_(other.c.confirmed_at == _s.confirmed_at, other.c.id < _s.id)
    )
    # Looked up lead by lead in an index, which takes a fraction of what numbering all requests in a window does.
    is_first = ~select(other.c.id).where(other.c.lead_id == _s.lead_id, earlier).exists()
    return select(_s.lead_id, _s.channel).where(_s.confirmed_at.is_not(None), is_first, *only).subquery()


def _key(lead_id: ColumnElement[Any]) -> ColumnElement[Any]:
    # As the database holds it: it is only compared.
    return type_coerce(lead_id, NullType()).label("key")

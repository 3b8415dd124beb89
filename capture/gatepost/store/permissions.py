"""Permissions as they stand: leads by state, what was given and withdrawn by wording, and how long confirming takes."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, func, select

from gatepost.report.permitted import Given
from gatepost.report.span import ALL_TIME, Span
from gatepost.store import periods
from gatepost.store import tables as t


def states(tx: Connection, span: Span = ALL_TIME) -> dict[str, int]:
    """Leads by state, of those who came in a span. Read from one index alone."""
    c = t.lead.c
    query = select(c.state, func.count()).where(*periods.moments_within(c.created_at, span)).group_by(c.state)
    return {state: int(count) for state, count in tx.execute(query)}


def seconds_to_confirm(tx: Connection, span: Span, most: int) -> list[float]:
    """How long the latest confirmations of a span took, `most` at the most; those that needed no button left out."""
    c = t.signup.c
    latest = (
        select(c.requested_at, c.confirmed_at)
        .where(c.confirmed_at.is_not(None), *periods.moments_within(c.confirmed_at, span))
        .order_by(c.confirmed_at.desc())
        .limit(most)
    )
    waited = ((confirmed - asked).total_seconds() for asked, confirmed in tx.execute(latest))
    return [seconds for seconds in waited if seconds > 0]


def given(tx: Connection, span: Span = ALL_TIME) -> tuple[Given, ...]:
    """Permissions given in a span, by wording, the most first. Read from one index, which holds all that is asked for."""
    c, w = t.consent.c, t.wording.c
    counts = select(c.wording_hash, c.withdrawn_how, func.count(), func.count(c.confirmed_at))
    rows = tx.execute(counts.where(*periods.moments_within(c.given_at, span)).group_by(c.wording_hash, c.withdrawn_how))
    found: dict[str, list[Any]] = defaultdict(list)
    for wording_hash, *counted in rows:
        found[wording_hash].append(counted)
    wordings = tx.execute(select(w.hash, w.purpose, w.version, w.text).where(w.hash.in_(found)))
    made = [
        Given(
            purpose,
            version,
            text,
            given=sum(count for _, count, _ in found[wording_hash]),
            confirmed=sum(confirmed for *_, confirmed in found[wording_hash]),
            withdrawn={how: int(count) for how, count, _ in found[wording_hash] if how},
        )
        for wording_hash, purpose, version, text in wordings
    ]
    return tuple(sorted(made, key=lambda one: (one.purpose, -one.given, one.version)))

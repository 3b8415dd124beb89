"""Trials of calls to action: how often each variant was seen, asked for and confirmed, by day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from gatepost.leads import Signup
from gatepost.report.span import Span
from gatepost.store import periods
from gatepost.store import tables as t
from gatepost.store.offered import SEEN
from gatepost.store.upsert import insert_or_add
from gatepost.trials import Asked, Counts, Present, Tried

_KEY = ("day", "offer", "trial", "variant")
_COUNTED = ("seen", "requested", "confirmed")

# Readers a day are those of this month and so many before it: months are kept as sums.
_MONTHS_BEFORE = 2

VariantKey = tuple[date, str, str, str]  # day, offer, trial, variant


def add_seen(tx: Connection, seen: Mapping[VariantKey, int]) -> None:
    """Count how often variants were seen."""
    rows = [
        {**dict(zip(_KEY, key, strict=True)), "seen": count, "requested": 0, "confirmed": 0}
        for key, count in sorted(seen.items())
    ]
    if rows:
        tx.execute(insert_or_add(tx, t.variant_day, _KEY, _COUNTED), rows)


def add_request(tx: Connection, signup: Signup) -> None:
    """Count a request stored in this transaction for its variant; also as confirmed where it needed no button.

    Each lead counts once for a trial of an offer, for the variant it asked under first.
    """
    is_new = not _is_repeated(tx, signup, confirmed=False)
    is_confirmed = signup.confirmed_at is not None and not _is_repeated(tx, signup, confirmed=True)
    _add(tx, signup, signup.requested_at.date(), int(is_new), int(is_confirmed))


def add_confirmed(tx: Connection, signup: Signup, day: date) -> None:
    """Count a request that was confirmed in this transaction, each lead once.

    Only for a variant that was counted when it was asked for: what else may stand in a request was never in a trial.
    """
    if ":" in signup.variant and _is_known(tx, signup) and not _is_repeated(tx, signup, confirmed=True):
        _add(tx, signup, day, 0, 1)


def tried(tx: Connection) -> list[Tried]:
    """Every trial that anything was counted for, by offer and trial."""
    c = t.variant_day.c
    sums = [func.sum(c[name]) for name in _COUNTED]
    query = select(c.offer, c.trial, c.variant, func.min(c.day), func.max(c.day), *sums)
    found: dict[tuple[str, str], Tried] = {}
    for offer, trial, variant, first, last, *counts in tx.execute(query.group_by(c.offer, c.trial, c.variant)):
        before = found.get((offer, trial), Tried(offer, trial, first, last, {}))
        found[offer, trial] = Tried(
            offer,
            trial,
            min(before.first, first),
            max(before.last, last),
            {**before.counts, variant: Counts(*map(int, counts))},
        )
    return [found[key] for key in sorted(found)]


def days(tx: Connection, offer: str = "", named: str = "") -> list[tuple[Any, ...]]:
    """The rows behind it all, newest first: offer, trial, variant, day, seen, requested, confirmed.

    `named` keeps those of one variant, as browsers name it: "TRIAL:KEY".
    """
    c = t.variant_day.c
    query = select(c.offer, c.trial, c.variant, c.day, *(c[name] for name in _COUNTED))
    if offer:
        query = query.where(c.offer == offer)
    if named:
        trial, _, variant = named.partition(":")
        query = query.where(c.trial == trial, c.variant == variant)
    return [tuple(row) for row in tx.execute(query.order_by(c.day.desc(), c.offer, c.trial, c.variant))]


def people(tx: Connection, offer: str, named: str, span: Span, *, most: int, skip: int = 0) -> tuple[list[Asked], int]:
    """Requests made under a variant, newest first, and how many in all. `span` holds the days of its trial."""
    s, lead = t.signup.c, t.lead.c
    only = (s.offer == offer, s.variant == named, *periods.moments_within(s.requested_at, span))
    total = tx.execute(select(func.count()).select_from(t.signup).where(*only)).scalar_one()
    query = select(lead.id, lead.email, s.article, s.requested_at, s.confirmed_at)
    rows = tx.execute(
        query.join_from(t.signup, t.lead).where(*only).order_by(s.requested_at.desc(), s.id).limit(most).offset(skip)
    )
    return [Asked(*row) for row in rows], int(total)


def present(tx: Connection, today: date) -> dict[str, Present]:
    """How each offer does, by slug: its rate of all time, under articles; its readers a day of the last three months."""
    kept, month = t.offered_sum.c, t.offer_sum.c
    rates = select(kept.offer, func.sum(kept.seen), func.sum(kept.confirmed)).group_by(kept.offer)
    shown = {offer: (int(seen), int(confirmed)) for offer, seen, confirmed in tx.execute(rates)}
    first = _months_before(today, _MONTHS_BEFORE)
    begun = tx.execute(select(func.min(t.touch_day.c.day))).scalar_one()
    days = (today - max(first, begun or today)).days + 1
    recent = select(month.offer, func.sum(month.count)).where(
        month.rung == SEEN,
        month.period.in_([periods.month_of(_months_before(today, n)) for n in range(_MONTHS_BEFORE + 1)]),
    )
    lately = {offer: int(count) / max(days, 1) for offer, count in tx.execute(recent.group_by(month.offer))}
    return {offer: Present(*shown.get(offer, (0, 0)), lately.get(offer, 0.0)) for offer in sorted({*shown, *lately})}


def _months_before(day: date, months: int) -> date:
    year, month = divmod(12 * day.year + day.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _is_known(tx: Connection, signup: Signup) -> bool:
    c, (trial, variant) = t.variant_day.c, _parts(signup)
    there = select(c.day).where(c.offer == signup.offer, c.trial == trial, c.variant == variant)
    return tx.execute(there.limit(1)).first() is not None


def _is_repeated(tx: Connection, signup: Signup, *, confirmed: bool) -> bool:
    c, (trial, _) = t.signup.c, _parts(signup)
    others = select(c.id).where(
        c.lead_id == signup.lead_id,
        c.offer == signup.offer,
        c.id != signup.id,
        c.variant.startswith(f"{trial}:", autoescape=True),
    )
    if confirmed:
        others = others.where(c.confirmed_at.is_not(None))
    return tx.execute(others.limit(1)).first() is not None


def _add(tx: Connection, signup: Signup, day: date, requested: int, confirmed: int) -> None:
    if requested or confirmed:
        trial, variant = _parts(signup)
        row = dict(zip(_KEY, (day, signup.offer, trial, variant), strict=True))
        counted = {"seen": 0, "requested": requested, "confirmed": confirmed}
        tx.execute(insert_or_add(tx, t.variant_day, _KEY, _COUNTED), [row | counted])


def _parts(signup: Signup) -> tuple[str, str]:
    trial, _, variant = signup.variant.partition(":")
    return trial, variant

"""The tables. One site is one database, so no table carries a site; ids are UUIDv7, times aware UTC."""

from __future__ import annotations

from gatepost.store.tables.columns import UtcTime, metadata
from gatepost.store.tables.counted import (
    channel_sum,
    coverage_day,
    credit_sum,
    depth_day,
    dropped_day,
    helped_sum,
    offer_sum,
    offered_sum,
    origin_sum,
    pair_day,
    pair_sum,
    people_sum,
    step_sum,
    touch_day,
    touch_sum,
    variant_day,
)
from gatepost.store.tables.doors import api_token, login_try, note, owner, preference, session, share, sister
from gatepost.store.tables.money import deal, spend
from gatepost.store.tables.people import consent, download, grant, lead, outbox, receipt, signup, touch, wording
from gatepost.store.tables.promises import answer, draw, entry, seat, task

__all__ = [
    "UtcTime",
    "answer",
    "api_token",
    "channel_sum",
    "consent",
    "coverage_day",
    "credit_sum",
    "deal",
    "depth_day",
    "download",
    "draw",
    "dropped_day",
    "entry",
    "grant",
    "helped_sum",
    "lead",
    "login_try",
    "metadata",
    "note",
    "offer_sum",
    "offered_sum",
    "origin_sum",
    "outbox",
    "owner",
    "pair_day",
    "pair_sum",
    "people_sum",
    "preference",
    "receipt",
    "seat",
    "session",
    "share",
    "signup",
    "sister",
    "spend",
    "step_sum",
    "task",
    "touch",
    "touch_day",
    "touch_sum",
    "variant_day",
    "wording",
]

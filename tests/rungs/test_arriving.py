"""How somebody came to the page of an offer counts, also where that page is no article: by the code at an event, for one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from gatepost import journey
from gatepost.actions import signing_up
from gatepost.actions.signing_up import Asking
from gatepost.store import leads

SCANNED = {"article": "", "ref": "", "src": "meetup", "med": "event", "cid": ""}


def channel(engine, entries: list[dict[str, Any]], article: str = "") -> tuple[str, int]:
    """Through which channel a request came, and how many touches its journey has."""
    asked = Asking("ada@reader.example", "checklist", article=article, journey=entries)
    signing_up.sign_up(engine, asked)
    with engine.database.reading() as tx:
        (lead,) = leads.listed(tx)
        (signup,) = leads.signups_of(tx, lead.id)
        return signup.channel, len(leads.journey(tx, signup.id))


def read(engine, **origin: str) -> dict[str, Any]:
    """An article that was read a minute ago, with the proof of it."""
    receipt = engine.receipts.give("second-thoughts", engine.now(), "search", engine.nonce())
    return {"t": engine.now().timestamp(), "article": "second-thoughts", "rung": "read", **origin, "r": receipt}


def test_who_scans_the_code_and_signs_up_at_once_came_by_the_event(engine):
    assert channel(engine, [SCANNED]) == ("event", 0)


def test_what_was_scanned_last_says_more_than_what_was_read_before(engine):
    assert channel(engine, [read(engine), SCANNED]) == ("event", 1)


def test_a_page_opened_from_nowhere_hides_no_source(engine):
    nowhere = {**SCANNED, "src": "", "med": ""}
    assert channel(engine, [read(engine), nowhere]) == ("search", 1)


@pytest.mark.parametrize("forged", [{"src": 7, "med": ["event"]}, {"channel": "no-such"}, {"src": "x" * 10_000}])
def test_nonsense_about_the_arrival_is_no_error_and_no_touch(engine, forged):
    came, touches = channel(engine, [{**SCANNED, "src": "", "med": "", **forged}])
    assert came in ("direct", "referral")
    assert touches == 0


def test_an_arrival_is_not_counted_as_something_dropped():
    found = journey.freeze([SCANNED], datetime(2026, 11, 22, tzinfo=UTC), lambda _: False, lambda _: "event")
    assert (found.touches, found.dropped, found.arrived) == ((), {}, "event")

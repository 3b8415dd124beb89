"""A read is one lead's only: receipts that were handed in, who keeps them, and when they are forgotten."""

from __future__ import annotations

import json
import secrets
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from gatepost.actions import erasing, mailing
from gatepost.engine import Engine
from gatepost.leads import Lead
from gatepost.store import Database, leads, receipts, schema, sums
from gatepost.store import tables as t
from tests.conftest import Clock
from tests.report.story import lead, signup
from tests.web.conftest import Ada, dropped


def test_one_receipt_is_one_leads_however_often_that_lead_asks(ada, client, engine, clock):
    entry = json.dumps([ada.reads("gated", ref="www.google.com")])
    ada.is_confirmed_for(journey=entry)
    ada.asks("ebook", journey=entry)
    assert [touch.suspect for touch in ada.journey()] == [""]
    bo = Ada(client, engine, clock, "bo@example.org")
    bo.is_confirmed_for(article="first-steps", journey=entry)
    assert [touch.suspect for touch in bo.journey()] == ["receipt-reused", ""]
    assert dropped(engine) == {"receipt-reused": 1}
    # Nor does another's read tell where this lead came from.
    assert [[one.channel for one in who.signups()] for who in (ada, bo)] == [["search", "search"], ["direct"]]
    assert bo.journey()[-1].channel == "direct"


def test_one_receipt_twice_in_a_journey_is_one_visit(ada, clock, engine):
    clock.at = clock.at.replace(second=0)
    one, other = ada.reads("gated"), ada.reads("second-thoughts")
    # Read in one minute, neither is before the other.
    ada.asks(journey=json.dumps([one, other, one, other, one]))
    assert [touch.article for touch in ada.journey()] == ["gated", "second-thoughts"]
    assert dropped(engine) == {"receipt-repeated": 3}


def test_a_mistyped_address_does_not_cost_the_next_one_its_journey(ada, client, engine, clock):
    mistyped = Ada(client, engine, clock, "ada@exmaple.org")
    entry = json.dumps([mistyped.reads("gated")])
    mistyped.asks(journey=entry)
    mistyped.asks("ebook", journey=entry)
    ada.is_confirmed_for(journey=entry)
    assert [touch.suspect for touch in ada.journey()] == [""]
    assert [touch.suspect for touch in mistyped.journey()] == ["receipt-reused"]
    # Somebody reads the mail of the other address after all.
    mistyped.confirms()
    with engine.database.reading() as tx:
        assert sums.helped(tx) == {"gated": 1}
    assert dropped(engine) == {}


def test_receipts_are_handed_over_until_somebody_confirms(ada, client, engine, clock):
    entry = json.dumps([ada.reads("gated")])
    people = [Ada(client, engine, clock, f"{name}@example.org") for name in ("ada", "bo", "cy")]
    for one in people:
        one.asks(journey=entry)
    people[0].asks("ebook", journey=entry)
    people[0].confirms()
    people[1].asks("ebook", journey=entry)
    assert [[touch.suspect for touch in one.journey()] for one in people] == [[""], *[["receipt-reused"]] * 2]


def test_two_leads_with_one_receipt_at_once_share_it_never(request, engine: Engine, clock: Clock):
    database = Database(request.getfixturevalue("postgres_url"))
    schema.upgrade(database)
    with database.writing() as tx:
        asked = [(who := lead(tx, f"twin{n}-{engine.nonce()}"), signup(tx, who, [], confirmed=False)) for n in (1, 2)]
    together, reused = threading.Barrier(2), []
    hashes = [engine.nonce() * 8 for _ in range(20)]

    def hand_in(lead_id, signup_id, order):
        together.wait()
        with database.writing() as tx:
            reused.append(len(receipts.spend(tx, lead_id, signup_id, order, clock())))

    threads = [
        threading.Thread(target=hand_in, args=(who.id, made, order))
        for (who, made), order in zip(asked, (hashes, hashes[::-1]), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(reused) == [0, 20]
    database.close()


def test_who_confirms_while_another_hands_in_the_same_receipt_is_believed_or_the_other_is(request, clock: Clock):
    database = Database(request.getfixturevalue("postgres_url"))
    schema.upgrade(database)
    for _ in range(20):
        mark = secrets.token_hex(8)
        with database.writing() as tx:
            one, other = (lead(tx, f"{name}-{mark}", confirmed=False) for name in ("one", "other"))
            first, second = (signup(tx, who, ["gated"], confirmed=False) for who in (one, other))
            receipts.spend(tx, one.id, first, [mark], clock())
        together = threading.Barrier(2)
        with ThreadPoolExecutor(2) as pool:
            journey = pool.submit(confirms, database, together, one, first)
            reused = pool.submit(hands_in, database, together, other.id, second, mark, clock())
        assert (journey.result()[0].suspect == "") == (reused.result() == {mark})
    database.close()


def confirms(database: Database, together: threading.Barrier, who: Lead, signup_id: UUID):
    """The journey as its lead's confirmation finds it."""
    together.wait()
    with database.writing() as tx:
        leads.confirm_signup(tx, signup_id, who.created_at)
        leads.save(tx, who.confirmed(who.created_at))
        return leads.journey(tx, signup_id)


def hands_in(database: Database, together: threading.Barrier, lead_id: UUID, signup_id: UUID, mark: str, at: datetime):
    """Which receipts are another lead's already."""
    together.wait()
    with database.writing() as tx:
        return receipts.spend(tx, lead_id, signup_id, [mark], at)


def test_a_person_who_takes_everything_along_gets_the_receipts_too(ada, engine):
    entry = ada.reads("gated")
    ada.is_confirmed_for(journey=json.dumps([entry]))
    held = ada.client.post(ada.link("my"), data={"action": "export"}).get_json()
    (signup,) = held["signups"]
    assert [one["hash"] for one in signup["receipts"]] == [engine.receipts.read("gated", entry["r"]).hash]


def test_an_erased_lead_leaves_no_receipt(ada, engine):
    ada.is_confirmed_for(journey=json.dumps([ada.reads("gated")]))
    erasing.erase(engine, ada.known().id)
    with engine.database.reading() as tx:
        assert tx.execute(select(t.receipt)).all() == []


def test_receipts_are_swept_once_no_journey_reaches_back_to_them(ada, engine, clock):
    ada.is_confirmed_for(journey=json.dumps([ada.reads("gated")]))
    for days, left in ((90, 1), (3, 0)):
        clock.forward(days=days)
        mailing.tidy(engine)
        with engine.database.reading() as tx:
            assert len(tx.execute(select(t.receipt)).all()) == left
    assert len(ada.journey()) == 1

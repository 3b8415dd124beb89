"""Starts and receipts: a read takes ten seconds by our clock, and is proven at the signup."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatepost.actions import touching
from gatepost.engine import Engine
from gatepost.store import sums
from gatepost.tokens import ReceiptForged, Receipts
from gatepost.web import create_app
from tests.conftest import Clock
from tests.web.conftest import PERSON, Ada, counted, dropped, opened, whole_database

READ = {"article": "first-steps", "rung": "read", "first": True, "depth": 1}


def send(client, **touch):
    return client.post("/touch", data=json.dumps(READ | touch), content_type="text/plain")


def open_page(client, article: str = "first-steps"):
    view = {"article": article, "rung": "view"}
    return client.post("/touch", data=json.dumps({"touches": [view], "start": True}), content_type="text/plain")


def accepting(engine: Engine) -> Engine:
    return replace(engine, settings=replace(engine.settings, receipts="accept"))


@pytest.fixture
def lenient(engine: Engine, clock: Clock) -> Ada:
    """Ada, at a service that believes reads without a receipt."""
    client = create_app(accepting(engine)).test_client()
    client.environ_base["HTTP_USER_AGENT"] = PERSON
    return Ada(client, engine, clock)


def test_opening_a_page_gives_a_start_and_ten_seconds_later_a_receipt(app, client, clock):
    start = open_page(client).get_json()
    assert list(start) == ["start"]
    clock.forward(seconds=10)
    assert list(send(client, start=start["start"]).get_json()) == ["receipt"]
    assert [row[1] for row in counted(app)["touches"]] == ["read", "view"]


def test_nine_seconds_are_no_read_whatever_the_readers_clock_says(app, client, clock):
    start = open_page(client).get_json()["start"]
    clock.forward(seconds=9)
    answer = send(client, start=start, t=4102444800)
    assert (answer.status_code, answer.headers["X-Gatepost-Dropped"]) == (204, "too-fast")
    found = counted(app)
    assert (found["dropped"], found["depths"], found["pairs"]) == ([("too-fast", 1)], [], [])


@pytest.mark.parametrize(
    ("seconds", "reason"), [(86_401, "start-old"), (-3600, "start-old"), (3600, ""), (9.5, ""), (8, "too-fast")]
)
def test_a_start_lives_a_day(app, client, seconds, reason):
    # A start is told to the second: up to one second of it is rounding.
    answer = send(client, start=opened(client, "first-steps", seconds))
    assert answer.headers.get("X-Gatepost-Dropped", "") == reason


@pytest.mark.parametrize("start", ["x", "W10.x", "é", "a" * 299, "."])
def test_a_start_made_up_is_named_so(app, client, start):
    assert send(client, start=start).headers["X-Gatepost-Dropped"] == "start-forged"
    assert counted(app)["touches"] == []


def test_a_start_of_another_article_is_forged(client):
    assert send(client, start=opened(client, "gated")).headers["X-Gatepost-Dropped"] == "start-forged"


def test_a_receipt_is_no_start_and_a_link_neither(client, engine):
    receipt = send(client, start=opened(client, "first-steps")).get_json()["receipt"]
    for other in (receipt, engine.tokens.sign("leave", engine.new_id(), engine.now())):
        assert send(client, start=other).headers["X-Gatepost-Dropped"] == "start-forged"


def test_one_start_is_one_read_and_one_read_to_the_end(app, client):
    start = opened(client, "first-steps", 400)
    for rung in ("read", "consumed", "read", "consumed"):
        send(client, start=start, rung=rung)
    found = counted(app)
    assert [(row[1], row[4]) for row in found["touches"]] == [("consumed", 1), ("read", 1)]
    assert found["dropped"] == [("start-reused", 2)]


def test_a_read_without_a_start_is_dropped_and_counted_as_such(app, client):
    assert send(client).headers["X-Gatepost-Dropped"] == "start-missing"
    assert counted(app)["dropped"] == [("start-missing", 1)]


def test_an_owner_may_accept_reads_without_a_start_yet_none_that_is_forged(lenient):
    answer = send(lenient.client)
    assert (answer.status_code, "X-Gatepost-Dropped" in answer.headers) == (204, False)
    assert send(lenient.client, start="made-up").headers["X-Gatepost-Dropped"] == "start-forged"


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Googlebot/2.1"}, {"User-Agent": ""}, {"Sec-Purpose": "prefetch;prerender"},
        {"Origin": "https://evil.test"}, {"Sec-GPC": "1"}, {"DNT": "1"},
    ],
)  # fmt: skip
def test_machines_strangers_and_readers_who_object_get_no_start(client, headers):
    view = {"touches": [{"article": "first-steps", "rung": "view"}], "start": True}
    assert client.post("/touch", json=view, headers=headers).status_code == 204


def test_a_page_that_is_no_article_gets_no_start(client):
    assert open_page(client, "no-such").status_code == 204
    landing = {"touches": [{"article": "", "rung": "offer-seen", "offer": "ebook"}], "start": True}
    assert client.post("/touch", json=landing).status_code == 204


def test_nothing_is_stored_when_a_receipt_is_given_and_no_cookie_is_set(app, client, clock, engine):
    answer = open_page(client)
    clock.forward(seconds=12)
    told = send(client, start=answer.get_json()["start"])
    assert "Set-Cookie" not in answer.headers
    assert "Set-Cookie" not in told.headers
    counted(app)
    stored = whole_database(engine)
    assert answer.get_json()["start"] not in stored
    assert engine.receipts.read("first-steps", told.get_json()["receipt"]).hash not in stored


def test_a_receipt_says_the_minute_and_no_finer(client, clock, engine):
    one = engine.receipts.read("first-steps", send(client, start=opened(client, "first-steps")).get_json()["receipt"])
    clock.forward(seconds=40)
    two = engine.receipts.read("first-steps", send(client, start=opened(client, "first-steps")).get_json()["receipt"])
    assert (one.at, one.channel) == (two.at, two.channel)
    assert one.at.second == 0
    assert one.hash != two.hash


def test_a_script_of_the_site_may_read_the_answer(client):
    answer = client.post(
        "/touch",
        data=json.dumps({"touches": [{"article": "first-steps", "rung": "view"}], "start": True}),
        content_type="text/plain",
        headers={"Origin": "https://blog.example.org"},
    )
    assert answer.headers["Access-Control-Allow-Origin"] == "https://blog.example.org"
    assert answer.get_json()["start"]


@pytest.mark.parametrize("claimed", [0, 946684800, 4102444800, 4102444800000, "yesterday", None])
def test_a_proven_touch_has_our_time_whatever_the_readers_clock_says(ada, clock, claimed):
    entry = ada.reads("gated", ref="www.google.com")
    at = clock()
    clock.forward(days=3)
    ada.asks(article="first-steps", journey=json.dumps([entry | {"t": claimed}]))
    read, page = ada.journey()
    assert (read.article, read.channel, read.suspect) == ("gated", "search", "")
    assert timedelta() <= at - read.at < timedelta(minutes=1)
    assert page.article == "first-steps"


def test_touches_without_a_good_receipt_are_kept_and_marked_and_earn_nothing(ada, clock, engine):
    proven = ada.reads("gated")
    journey = [
        proven,
        {"t": proven["t"] - 7200, "article": "second-thoughts"},
        {"t": proven["t"] - 3600, "article": "first-steps", "r": "made-up"},
        {"t": proven["t"] - 1800, "article": "second-thoughts", "r": proven["r"]},
    ]
    ada.is_confirmed_for(journey=json.dumps(journey))
    assert [(touch.article, touch.suspect) for touch in ada.journey()] == [
        ("second-thoughts", "receipt-missing"),
        ("first-steps", "receipt-forged"),
        ("second-thoughts", "receipt-forged"),
        ("gated", ""),
    ]
    assert dropped(engine) == {"receipt-missing": 1, "receipt-forged": 2}
    with engine.database.reading() as tx:
        assert sums.helped(tx) == {"gated": 1}
        found = sums.coverage(tx)
    assert (found.touches, found.suspect, found.without_journey) == (4, 3, 0)


def test_a_suspect_touch_does_not_hide_the_page_of_the_signup(ada, engine):
    forged = {"t": 1, "article": "first-steps", "r": "made-up"}
    ada.is_confirmed_for(article="first-steps", journey=json.dumps([forged | {"t": ada.clock().timestamp() - 60}]))
    assert [(touch.rung, touch.suspect) for touch in ada.journey()] == [("read", "receipt-forged"), ("signup", "")]
    with engine.database.reading() as tx:
        assert sums.helped(tx) == {"first-steps": 1}


def test_a_suspect_touch_hides_no_proven_one_of_the_same_visit(ada, clock):
    proven = ada.reads("gated")
    ada.asks(journey=json.dumps([{"t": proven["t"] - 60, "article": "gated"}, proven]))
    assert [(touch.article, touch.suspect) for touch in ada.journey()] == [("gated", "receipt-missing"), ("gated", "")]


@pytest.mark.parametrize("sign", ["Sec-GPC", "DNT"])
def test_a_reader_who_objects_gets_what_they_ask_for_and_no_journey_is_kept(ada, sign):
    journey = json.dumps([ada.reads("gated")])
    ada.client.environ_base["HTTP_" + sign.upper().replace("-", "_")] = "1"
    ada.asks(article="first-steps", journey=journey)
    assert [touch.rung for touch in ada.journey()] == ["signup"]
    assert [letter.letter for letter in ada.letters()] == ["confirm"]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["r", "article", "t"]),
        st.none()
        | st.booleans()
        | st.integers()
        | st.text()
        | st.text("\ud800.-_eyJ", min_size=1)
        | st.lists(st.text()),
    )
)
def test_whatever_an_entry_brings_as_its_receipt_proves_nothing_and_breaks_nothing(engine, entry):
    proof = touching.journey_proof(engine)(entry)
    assert proof is not None
    assert proof.suspect in ("receipt-missing", "receipt-forged")
    assert (proof.receipt, proof.at, proof.channel) == ("", None, "")


def test_an_owner_may_believe_touches_without_a_receipt(lenient):
    at = lenient.clock().timestamp()
    lenient.asks(journey=json.dumps([{"t": at - 60, "article": "gated"}, {"t": at, "article": "old", "r": "x"}]))
    assert [(touch.article, touch.suspect) for touch in lenient.journey()] == [("gated", "")]


def test_tokens_stay_short_however_long_a_slug_is(engine, clock):
    slug = "ä" * 200
    start, receipt = (
        engine.receipts.start(slug, clock(), engine.nonce()),
        engine.receipts.give(slug, clock(), "organic-social", engine.nonce()),
    )
    assert len(start) < 90
    assert len(receipt) < 120
    assert engine.receipts.read(slug, receipt).channel == "organic-social"
    with pytest.raises(ReceiptForged):
        engine.receipts.read(slug[1:], receipt)


def test_a_new_key_reads_receipts_of_the_old_one_and_a_strangers_key_none(clock):
    old, new = "o" * 20 + "ld-key-of-last-year", "n" * 20 + "ew-key-of-this-year"
    given = Receipts([old]).give("gated", clock(), "search", "nonce")
    assert Receipts([new, old]).read("gated", given).channel == "search"
    with pytest.raises(ReceiptForged):
        Receipts([new]).read("gated", given)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 200), sign=st.characters())
def test_a_receipt_with_one_letter_changed_is_forged_or_says_the_same(clock, place, sign):
    made = Receipts(["k9Jt2vQx7Lr4Wm8Zb3Nc6Hd1Fg5Ps0Ya"])
    token = made.give("gated", clock(), "search", "nonce")
    place %= len(token)
    changed = token[:place] + sign + token[place + 1 :]
    try:
        assert made.read("gated", changed) == made.read("gated", token)
    except ReceiptForged:
        assert changed != token

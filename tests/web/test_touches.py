"""Beacons: what is counted, what is dropped and why, and that nothing else is remembered."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import date

import pytest

from gatepost import catalogue
from gatepost.channels import CHANNELS
from gatepost.ladder import BEACON_RUNGS
from gatepost.store import Database
from tests.conftest import VECTORS, missing
from tests.web.conftest import CRAWLER, PERSON, counted, opened, whole_database

READ = {"article": "first-steps", "rung": "read", "previous": "", "first": True, "depth": 1, "ref": "", "offer": ""}


def send(client, *touches, **more):
    """Send touches; reads bring the start of a page opened eleven seconds ago, unless they say otherwise."""
    touches = [
        {"start": opened(client, str(touch.get("article")))} | touch
        if touch.get("rung") in ("read", "consumed")
        else touch
        for touch in touches
    ]
    body = touches[0] if len(touches) == 1 else {"touches": list(touches)}
    return client.post("/touch", data=json.dumps(body), content_type="text/plain;charset=UTF-8", **more)


def test_a_read_counts_the_read_the_reader_the_pair_and_the_depth(app, client):
    answer = send(client, {**READ, "previous": "gated", "depth": 3, "ref": "www.google.com"})
    assert answer.status_code == 200
    assert list(answer.get_json()) == ["receipt"]
    assert "X-Gatepost-Dropped" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert counted(app) == {
        "touches": [("first-steps", "read", "", "search", 1, 1)],
        "pairs": [("gated", "first-steps", 1)],
        "depths": [(3, 1)],
        "dropped": [],
    }


def test_a_second_read_is_no_new_reader(app, client):
    send(client, READ)
    send(client, {**READ, "first": False, "depth": 4, "previous": "first-steps"})
    found = counted(app)
    assert found["touches"] == [("first-steps", "read", "", "direct", 2, 1)]
    assert found["depths"] == [(1, 1)]
    # From an article to itself is no step.
    assert found["pairs"] == [("", "first-steps", 1)]


@pytest.mark.parametrize("rung", sorted(BEACON_RUNGS))
def test_every_rung_of_the_browser_is_counted(app, client, rung):
    send(client, {"article": "first-steps", "rung": rung, "offer": "checklist"})
    assert counted(app)["touches"] == [("first-steps", rung, "checklist", "direct", 1, 0)]


def test_only_reads_make_pairs_and_depths(app, client):
    send(client, {**READ, "rung": "view"})
    found = counted(app)
    assert found["touches"] == [("first-steps", "view", "", "direct", 1, 0)]
    assert found["pairs"] == found["depths"] == []


def test_a_landing_page_counts_its_offer_without_an_article(app, client):
    assert send(client, {"article": "", "rung": "form-start", "offer": "ebook"}).status_code == 204
    assert counted(app)["touches"] == [("", "form-start", "ebook", "direct", 1, 0)]


def test_depth_thirteen_and_more_is_one_bucket(app, client):
    send(client, {**READ, "depth": 13}, {**READ, "depth": 400}, {**READ, "depth": -5}, {**READ, "depth": 10**17})
    assert sorted(counted(app)["depths"]) == [(1, 1), (13, 3)]


@pytest.mark.parametrize("content_type", ["text/plain", "text/plain;charset=UTF-8", "application/json", ""])
def test_any_type_that_a_beacon_may_have_is_read(app, client, content_type):
    read = READ | {"start": opened(client, "first-steps")}
    assert client.post("/touch", data=json.dumps(read), content_type=content_type).status_code == 200
    assert len(counted(app)["touches"]) == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"article": "no-such"}, "unknown-article"), ({"article": ""}, "unknown-article"), ({"rung": "signup"}, "unknown-rung"),
        ({"rung": "download"}, "unknown-rung"), ({"rung": "x" * 300}, "unknown-rung"), ({"offer": "no-such"}, "unknown-offer"),
    ],
)  # fmt: skip
def test_what_cannot_be_true_is_dropped_with_its_reason(app, client, change, reason):
    answer = send(client, READ | change)
    assert (answer.status_code, answer.headers["X-Gatepost-Dropped"]) == (204, reason)
    assert counted(app) == {"touches": [], "pairs": [], "depths": [], "dropped": [(reason, 1)]}


def test_an_unknown_previous_article_costs_the_pair_only(app, client):
    send(client, {**READ, "previous": "gone-since"})
    found = counted(app)
    assert len(found["touches"]) == 1
    assert (found["pairs"], found["dropped"]) == ([], [("unknown-previous", 1)])


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"User-Agent": CRAWLER}, "crawler"), ({"User-Agent": ""}, "crawler"), ({"User-Agent": "curl/8.5"}, "crawler"),
        ({"Sec-Purpose": "prefetch"}, "prefetch"), ({"Purpose": "prefetch"}, "prefetch"), ({"X-Moz": "prefetch"}, "prefetch"),
        ({"Sec-Purpose": "prefetch;prerender"}, "prerender"), ({"Sec-GPC": "1"}, "privacy-signal"), ({"DNT": "1"}, "privacy-signal"),
        ({"Origin": "https://evil.test"}, "origin"), ({"Origin": "null"}, "origin"),
    ],
)  # fmt: skip
def test_machines_and_strangers_are_dropped_and_counted(app, client, headers, reason):
    answer = send(client, READ, READ, headers=headers)
    assert (answer.status_code, answer.headers["X-Gatepost-Dropped"]) == (204, reason)
    assert counted(app) == {"touches": [], "pairs": [], "depths": [], "dropped": [(reason, 2)]}


@pytest.mark.parametrize("reason", ["prerender", "webdriver"])
def test_the_script_says_what_it_left_out(app, client, reason):
    assert send(client, {"dropped": reason}).headers["X-Gatepost-Dropped"] == reason
    assert counted(app)["dropped"] == [(reason, 1)]


@pytest.mark.parametrize(
    "body",
    [
        "", "x", "[]", "7", '"read"', "{}", '{"touches":[]}', '{"touches":{}}', '{"rung":7}', '{"dropped":"because"}',
        '{"rung":"read","first":"yes"}', '{"rung":"read","depth":1.5}', '{"rung":"read","depth":true}', '{"touches":[7]}',
        '{"rung":"read","article":["first-steps"]}', '{"rung":"read","ref":"' + "x" * 301 + '"}', '{"rung":"read","rung":"read"}',
        '{"rung":"read","depth":' + "9" * 30 + "}", '{"rung":"read","depth":NaN}', '{"rung":"\\ud800"}', "[" * 16000,
        json.dumps({"touches": [READ] * 21}),
    ],
)  # fmt: skip
def test_what_no_script_of_ours_sends_is_400_and_counts_nothing(app, client, body):
    answer = client.post("/touch", data=body, content_type="text/plain")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert not any(counted(app).values())


def test_a_form_is_no_beacon_and_a_flood_is_413(client):
    assert client.post("/touch", data={"rung": "read"}).status_code == 415
    assert client.post("/touch", data=b"{" + b" " * 17000 + b"}", content_type="text/plain").status_code == 413


def test_a_batch_counts_the_good_and_names_the_bad(app, client):
    answer = send(client, READ, READ | {"article": "no-such"}, READ | {"rung": "no-such"}, READ)
    assert answer.headers["X-Gatepost-Dropped"] == "unknown-article, unknown-rung"
    assert counted(app)["touches"] == [("first-steps", "read", "", "direct", 2, 2)]


def test_our_own_hosts_are_no_source(app, client):
    for ref in ("blog.example.org", "go.example.org", "www.blog.example.org"):
        send(client, READ | {"ref": ref})
    assert [row[3] for row in counted(app)["touches"]] == ["direct"]


def test_the_owners_list_of_hosts_is_followed_from_the_next_build_on(app, client, engine):
    send(client, READ | {"ref": "people.chamber.example"})
    built = replace(engine.catalogue, channels={"chamber.example": "expert"})
    catalogue.write(built, engine.settings.data_dir)
    send(client, READ | {"ref": "people.chamber.example"})
    assert sorted(row[3] for row in counted(app)["touches"]) == ["expert", "referral"]


def test_nothing_that_was_sent_is_stored_but_known_words(app, client, engine):
    marks = {"ref": "secret-host.example", "src": "secret-src", "med": "secret-med", "cid": "secret-cid"}
    send(client, READ | marks)
    send(client, READ | marks | {"article": "secret-article", "previous": "secret-previous"})
    counted(app)
    stored = whole_database(engine)
    assert "secret" not in stored
    assert PERSON not in stored
    assert "127.0.0.1" not in stored


def test_many_threads_lose_no_touch(app, client):
    def many() -> None:
        own = app.test_client()
        for _ in range(100):
            send(own, READ, headers={"User-Agent": PERSON})

    threads = [threading.Thread(target=many) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counted(app)["touches"] == [("first-steps", "read", "", "direct", 800, 800)]


def test_counters_wait_while_the_database_is_away(app, client, engine):
    counting = app.extensions["gatepost"].counting
    good, away = counting._engine, Database("postgresql://nobody@127.0.0.1:9/none")
    counting._engine = replace(engine, database=away)
    assert send(client, READ).status_code == 200
    assert counting.flush() is False
    send(client, READ)
    counting._engine = good
    assert counted(app)["touches"] == [("first-steps", "read", "", "direct", 2, 2)]


def test_a_day_is_the_day_in_utc(app, client, engine, clock):
    send(client, READ)
    clock.forward(hours=12)
    send(client, READ)
    assert app.extensions["gatepost"].counting.flush()
    text = whole_database(engine)
    assert str(date(2026, 11, 22)) in text
    assert str(date(2026, 11, 23)) in text


def test_known_crawlers_are_dropped_and_people_are_not(app):
    from gatepost.web.guard import crawls

    path = VECTORS / "crawler-ua" / "crawler-user-agents.json"
    if not path.exists():
        missing("the crawler vectors")
    named = [agent for entry in json.loads(path.read_text()) for agent in entry["instances"]]
    caught = sum(crawls(agent) for agent in named)
    assert caught / len(named) >= 0.99
    people = [
        PERSON,
        "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [LinkedInApp]/9.31",
    ]
    assert not any(crawls(agent) for agent in people)


def test_every_channel_a_beacon_can_have_is_one_we_know(app, client):
    path = VECTORS / "referrer-spam" / "spammers.txt"
    if not path.exists():
        missing("the referrer vectors")
    for host in path.read_text().split()[:200]:
        send(client, READ | {"ref": host[:300]})
    assert {row[3] for row in counted(app)["touches"]} <= set(CHANNELS)

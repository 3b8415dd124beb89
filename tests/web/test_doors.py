"""One link opens one door; a look changes nothing; no spelling of a path is a way round."""

from __future__ import annotations

import re
import string
from urllib.parse import quote, unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatepost import drafts
from gatepost.actions import previewing
from gatepost.drafts import Draft
from gatepost.engine import Engine
from gatepost.tokens import LIVES
from tests.rungs.asking import publish
from tests.rungs.entering import contest
from tests.web.conftest import CRAWLER, whole_database

DOORS = ("confirm", "download", "leave", "my", "yours", "refer", "preview")
slow = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def links(ada):
    """A good link to every door, of a lead with everything."""
    publish(ada.engine, contest())
    ada.is_confirmed_for("contest")
    entered = ada.signups()[0].id
    ada.is_confirmed_for("ebook", article="gated", consent="letters")
    subjects = {"yours": ada.signups()[-1].id, "refer": entered}
    return {**{door: ada.link(door, subjects.get(door)) for door in DOORS[:-1]}, "preview": a_draft(ada.engine)}


def a_draft(engine: Engine) -> str:
    """A link to a draft that is held."""
    draft = Draft("soon", "Soon", "drafts/soon.html", "articles/soon.md")
    drafts.keep(engine.settings.data_dir, [draft])
    drafts.page(engine.settings.data_dir, draft.subject).write_text("<body>Soon</body>")
    return f"/preview/{previewing.link(engine.tokens, draft, previewing.USUAL, engine.now())}"


def test_the_doors_are_the_purposes():
    assert set(DOORS) == set(LIVES)


def test_a_link_opens_its_own_door_and_no_other(links, client):
    refusals = set()
    for purpose, link in links.items():
        token = link.rsplit("/", 1)[1]
        for door in DOORS:
            answer = client.get(f"/{door}/{token}")
            if door == purpose:
                assert answer.status_code == 200, (purpose, door)
            else:
                assert answer.status_code == 404, (purpose, door)
                refusals.add(answer.data)
    made_up = client.get("/confirm/made-up").data
    assert refusals == {made_up}


def test_a_wrong_link_posts_nothing_either(links, client, engine):
    before = whole_database(engine)
    for purpose, link in links.items():
        token = link.rsplit("/", 1)[1]
        for door in ("confirm", "leave", "my", "again"):
            if door == purpose or (door == "again" and purpose in ("confirm", "download")):
                continue
            answer = client.post(f"/{door}/{token}", data={"action": "erase", "sure": "yes"})
            assert answer.status_code == 404, (purpose, door)
    assert whole_database(engine) == before


def test_an_id_of_another_table_behind_a_good_signature_is_nobodys(ada, links, client, engine):
    lead, signup, grant = ada.known().id, ada.signups()[0].id, ada.grants()[0].id
    for door, right in (("confirm", signup), ("download", grant), ("leave", lead), ("my", lead), ("yours", signup)):
        for wrong in {lead, signup, grant, engine.new_id()} - {right}:
            assert client.get(ada.link(door, wrong)).status_code == 404


def test_looking_changes_nothing_however_often_and_however(links, client, engine):
    paths = [
        *(links[door] for door in DOORS if door != "download"),
        "/draw/contest",
        "/draw/contest.json",
        "/thanks",
        "/thanks/ebook",
        "/healthz",
        "/readyz",
        "/metrics",
        "/signup",
        "/touch",
    ]
    before = whole_database(engine)
    for path in paths:
        for headers in ({}, {"Sec-Purpose": "prefetch"}, {"Purpose": "prefetch"}, {"User-Agent": CRAWLER}):
            for method in ("get", "head", "options"):
                for _ in range(9):
                    assert getattr(client, method)(path, headers=headers).status_code < 500
    for _ in range(100):
        client.head(links["download"])
        client.options(links["download"])
    assert whole_database(engine) == before


@pytest.mark.parametrize("spelling", ["{}/", "/{}", "{}.json", "{};x", "{}%2f", "/.{}", "{}//", "/x/..{}"])
def test_no_second_spelling_of_a_path_opens_a_door(links, client, engine, spelling):
    before = whole_database(engine)
    for path in (*links.values(), "/signup", "/touch"):
        other = spelling.format(path)
        for method in ("GET", "POST", "PUT", "DELETE", "PATCH"):
            answer = client.open(
                "/", method=method, data={"email": "a@example.org", "offer": "checklist"},
                environ_overrides={"PATH_INFO": unquote(other)},
            )  # fmt: skip
            assert answer.status_code in (404, 405), (method, other)
    assert whole_database(engine) == before


def test_a_method_that_is_not_there_is_405_and_says_which_are(links, client):
    for path, allowed in (
        (links["confirm"], {"GET", "HEAD", "POST", "OPTIONS"}),
        ("/thanks", {"GET", "HEAD", "OPTIONS"}),
    ):
        answer = client.delete(path)
        assert answer.status_code == 405
        assert set(answer.headers["Allow"].split(", ")) == allowed


@pytest.mark.parametrize(
    "tail", ["%00", "%ff%fe", "%ed%a0%80", "..%2f..%2fetc%2fpasswd", "x" * 5000, "%e2%80%8b", "a.b.c", "."]
)
def test_odd_tokens_are_404_at_every_door(client, tail):
    for door in (*DOORS, "again"):
        for method in ("GET", "POST"):
            assert client.open(f"/{door}/{tail}", method=method).status_code in (404, 405)


@slow
@given(data=st.data())
def test_no_mutation_of_a_token_opens_anything_else(data, ada, client):
    ada.asks()
    whole = {door: ada.link(door) for door in ("confirm", "leave", "my")}
    door = data.draw(st.sampled_from(sorted(whole)))
    token = whole[door].rsplit("/", 1)[1]
    at = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.sampled_from(string.ascii_letters + string.digits + "-_.=%~ é\u200b"))
    how = data.draw(st.sampled_from(["replace", "insert", "delete", "cut"]))
    changed = {
        "replace": token[:at] + letter + token[at + 1 :],
        "insert": token[:at] + letter + token[at:],
        "delete": token[:at] + token[at + 1 :],
        "cut": token[:at],
    }[how]
    answer = client.get(f"/{door}/{changed}")
    # Several spellings of one signature are one link; then it is the very same page.
    assert answer.status_code in (404, 200)
    if answer.status_code == 200:
        assert without_links(answer.data) == without_links(client.get(whole[door]).data)


def without_links(page):
    return re.sub(rb'href="[^"]*"', b"", page)


@slow
@given(token=st.text(max_size=200))
def test_no_text_as_a_token_is_ever_our_mistake(token, client):
    for door in (*DOORS, "again"):
        for method in ("GET", "POST"):
            assert client.open(f"/{door}/{quote(token, safe='')}", method=method).status_code < 500


def test_keys_rotate_and_an_old_one_is_forgotten_in_the_end(ada, engine, client):
    from dataclasses import replace

    from gatepost.tokens import Tokens
    from gatepost.web import create_app

    ada.asks()
    link, old = ada.link("confirm"), engine.settings.secret_keys
    new = "mQ2xVt8Rk5Zp1Wc9Ln4Hb7Jd3Gs6Yf0A"
    assert create_app(replace(engine, tokens=Tokens((new, *old)))).test_client().get(link).status_code == 200
    assert create_app(replace(engine, tokens=Tokens((*old, new)))).test_client().get(link).status_code == 200
    assert create_app(replace(engine, tokens=Tokens((new,)))).test_client().get(link).status_code == 404

"""Leaving, seeing what is held, taking it along, being erased."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gatepost.mail import mailbox
from gatepost.store import leads
from tests.web.conftest import Ada, whole_database


def test_the_page_has_one_button_and_changes_nothing(ada, client, engine):
    ada.is_confirmed_for(consent="letters")
    before = whole_database(engine)
    page = client.get(ada.link("leave"))
    assert page.get_data(as_text=True).count("<button") == 1
    assert whole_database(engine) == before


def test_the_button_withdraws_everything_and_keeps_what_was_given(ada, client):
    path = ada.is_confirmed_for(consent="letters")
    answer = client.post(ada.link("leave"))
    assert answer.status_code == 200
    assert ada.known().state == "left"
    (consent,) = ada.consents()
    assert (consent.is_active, consent.withdrawn_how) == (False, "page")
    assert {owed.state for owed in ada.letters()} == {"dropped"}
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {"data": {"List-Unsubscribe": "One-Click"}},
        {"data": {"List-Unsubscribe": "One-Click"}, "content_type": "multipart/form-data"},
        {"data": "List-Unsubscribe=One-Click", "content_type": "application/x-www-form-urlencoded"},
        {"data": {"List-Unsubscribe": "One-Click"}, "headers": {"Origin": "https://mail.example"}},
    ],
    ids=["form", "multipart", "raw", "cross-site"],
)
def test_the_mail_programs_own_button_needs_one_post(app, ada, sent):
    ada.is_confirmed_for(consent="letters")
    link = ada.link("leave")
    for _ in range(2):
        answer = app.test_client().post(link, **sent)
        assert answer.status_code == 200
        assert "Location" not in answer.headers
    assert ada.consents()[0].withdrawn_how == "one-click"


def test_the_link_works_years_later_and_after_two_key_rotations(ada, engine, clock):
    from dataclasses import replace

    from gatepost.tokens import Tokens
    from gatepost.web import create_app

    ada.is_confirmed_for(consent="letters")
    link = ada.link("leave")
    clock.forward(days=400)
    newer = ("mQ2xVt8Rk5Zp1Wc9Ln4Hb7Jd3Gs6Yf0A", "bT6wXz3Nq9Kd2Mv8Rh5Pj1Lc7Gf4Ys0E", *engine.settings.secret_keys)
    client = create_app(replace(engine, tokens=Tokens(newer))).test_client()
    assert client.post(link).status_code == 200
    assert ada.known().state == "left"


def test_the_own_page_shows_everything_held(ada, client):
    ada.is_confirmed_for(name="Ada <Example>", article="first-steps", consent="letters")
    page = client.get(ada.link("my")).get_data(as_text=True)
    for part in (
        "ada@example.org",
        "Ada &lt;Example&gt;",
        "Yes, also write to me",
        "Before you publish",
        "First steps",
    ):
        assert part in page
    links = [part.split('"')[0] for part in page.split('href="')[1:] if part.startswith("/download/")]
    assert [client.get(link).status_code for link in links] == [200]


def test_everything_held_can_be_taken_along(ada, client):
    ada.is_confirmed_for(article="first-steps", consent="letters")
    answer = client.post(ada.link("my"), data={"action": "export"})
    assert answer.headers["Content-Disposition"].startswith("attachment")
    held = json.loads(answer.data)
    assert held["lead"]["email"] == "ada@example.org"
    assert held["signups"][0]["journey"][0]["article"] == "first-steps"
    assert held["signups"][0]["value"] == {"amount": 4000, "currency": "EUR"}
    assert held["permissions"][0]["wording"].startswith("Yes, also")
    assert held["grants"][0]["file"]["name"] == "Before you publish.pdf"
    assert [letter["letter"] for letter in held["letters"]] == ["confirm", "delivery"]


def test_erasing_asks_once_more_and_then_leaves_numbers_only(ada, client, engine, clock):
    other = Ada(client, engine, clock, "bo@example.org")
    other.asks()
    path = ada.is_confirmed_for(name="Ada Lovelace", article="first-steps", consent="letters")
    mine, lead = ada.link("my"), ada.known()
    folder = mailbox.folder(engine.settings.data_dir)
    folder.mkdir(parents=True)
    kept = folder / f"{engine.new_id()}.eml"
    kept.write_text("To: ada@example.org\nSubject: Hello\n\nHello")
    unsure = client.post(mine, data={"action": "erase"})
    assert unsure.status_code == 422
    assert b'id="mistake-sure"' in unsure.data
    assert ada.known().state == "confirmed"
    assert client.post(mine, data={"action": "erase", "sure": "yes"}).status_code == 200
    with engine.database.reading() as tx:
        erased = leads.by_id(tx, lead.id)
        assert erased is not None
        assert erased.state == "erased"
        assert len(leads.signups_of(tx, lead.id)) == 1
        assert leads.journey(tx, leads.signups_of(tx, lead.id)[0].id) == []
    assert not kept.exists()
    files = Path(engine.database.url.removeprefix("sqlite:///")).parent.glob("gatepost.db*")
    everything = b"".join(file.read_bytes() for file in files)
    assert b"ada@example.org" not in everything
    assert b"Lovelace" not in everything
    assert b"bo@example.org" in everything
    for answer in (client.get(path), client.get(mine), client.get(ada.engine.link("leave", lead.id)[22:])):
        assert answer.status_code == 410
    ada.asks()
    assert ada.known().id != lead.id


def test_an_own_page_that_does_not_say_what_to_do_does_nothing(ada, client, engine):
    ada.is_confirmed_for()
    link, before = ada.link("my"), whole_database(engine)
    for data in ({"action": ""}, {"action": "delete"}, {"action": "leave\0"}):
        assert client.post(link, data=data).status_code == 400
    assert client.post(link, data="action=erase", content_type="text/plain").status_code == 415
    assert whole_database(engine) == before


def test_the_own_page_can_stop_the_letters_too(ada, client):
    ada.is_confirmed_for(consent="letters")
    assert client.post(ada.link("my"), data={"action": "leave"}).status_code == 200
    assert ada.known().state == "left"
    assert b"Stop all letters" not in client.get(ada.link("my")).data


def test_the_own_link_ends_after_half_a_year(ada, client, clock):
    ada.asks()
    link = ada.link("my")
    clock.forward(days=181)
    answer = client.get(link)
    assert answer.status_code == 410
    assert b"/again/" not in answer.data

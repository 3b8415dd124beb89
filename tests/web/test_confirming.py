"""The button in the letter: what it does, once; and what a reader reads when a link is old, used or wrong."""

from __future__ import annotations

from dataclasses import replace

from gatepost import catalogue
from gatepost.store import grants
from tests.web.conftest import whole_database


def test_the_page_shows_one_button_and_what_it_makes_count(ada, client, engine):
    ada.asks(consent="letters")
    before = whole_database(engine)
    page = client.get(ada.link("confirm")).get_data(as_text=True)
    assert page.count("<button") == 1
    assert "Before you publish" in page
    assert "Yes, also write to me about twice a month." in page
    assert "ada@" not in page
    assert whole_database(engine) == before


def test_the_button_confirms_and_leads_to_the_download(ada, client):
    ada.asks("ebook", article="gated", consent="letters")
    answer = ada.confirms()
    assert answer.status_code == 303
    assert client.get(answer.headers["Location"]).data == b"%PDF-1.7 a pretend ebook"
    assert ada.known().state == "confirmed"
    assert ada.signups()[0].confirmed_at is not None
    assert [consent.is_active for consent in ada.consents()] == [True]
    names = [grant.file.name for grant in ada.grants()]
    assert names == ["Clients by writing.pdf", "Clients by writing.epub", "The gated one.pdf"]
    assert [owed.key.split(":")[0] for owed in ada.letters()] == ["confirm", "delivery"]


def test_confirming_twice_delivers_once(ada, engine):
    first = ada.is_confirmed_for()
    before = whole_database(engine)
    second = ada.confirms()
    assert second.status_code == 303
    assert whole_database(engine) == before
    assert ada.client.get(first).status_code == ada.client.get(second.headers["Location"]).status_code == 200


def test_a_link_of_eight_days_offers_a_new_one(ada, client, clock):
    ada.asks()
    link = ada.link("confirm")
    clock.forward(days=7)
    assert client.get(link).status_code == 200
    clock.forward(seconds=1)
    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == 410
        assert f'action="{link.replace("/confirm/", "/again/")}"' in answer.get_data(as_text=True)
    assert ada.known().state == "pending"
    again = client.post(link.replace("/confirm/", "/again/"))
    assert again.status_code == 200
    assert [owed.letter for owed in ada.letters()] == ["confirm", "confirm"]
    assert client.post(ada.link("confirm")).status_code == 303


def test_a_link_from_a_clock_that_ran_ahead_is_offered_a_new_one_too(ada, client, clock):
    clock.forward(days=3)
    ada.asks()
    link = ada.link("confirm")
    clock.forward(days=-3)
    assert client.get(link).status_code == 410


def test_asking_again_and_again_is_one_letter_a_day(ada, client, clock):
    ada.asks()
    link = ada.link("confirm").replace("/confirm/", "/again/")
    pages = {client.post(link).data for _ in range(10)}
    assert len(pages) == 1
    assert len(ada.letters()) == 2
    clock.forward(days=1)
    client.post(link)
    assert len(ada.letters()) == 3


def test_a_confirmed_reader_who_asks_again_gets_the_download(ada, client):
    ada.is_confirmed_for()
    client.post(ada.link("confirm").replace("/confirm/", "/again/"))
    assert [owed.letter for owed in ada.letters()] == ["confirm", "delivery", "delivery"]
    assert len(ada.grants()) == 1


def test_an_erased_lead_cannot_be_confirmed(ada, client):
    ada.asks()
    confirm, mine = ada.link("confirm"), ada.link("my")
    client.post(mine, data={"action": "erase", "sure": "yes"})
    for answer in (client.get(confirm), client.post(confirm), client.post(confirm.replace("confirm", "again"))):
        assert answer.status_code == 410


def test_leaving_first_and_confirming_later_gives_no_permission_back(ada, client):
    ada.asks(consent="letters")
    client.post(ada.link("leave"))
    assert ada.confirms().status_code == 303
    assert ada.known().state == "confirmed"
    assert not any(consent.is_active for consent in ada.consents())


def test_an_offer_withdrawn_meanwhile_still_confirms_the_address(ada, client, engine):
    ada.asks()
    link = ada.link("confirm")
    catalogue.write(replace(engine.catalogue, offers={}), engine.settings.data_dir)
    assert client.get(link).status_code == 200
    page = client.post(link, follow_redirects=True)
    assert page.status_code == 200
    assert page.request.path.startswith("/yours/")
    assert b"withdrawn meanwhile" in page.data
    assert ada.known().state == "confirmed"
    with engine.database.reading() as tx:
        assert grants.of_lead(tx, ada.known().id) == []
    assert client.post(link, follow_redirects=True).status_code == 200

"""Each answer is in the language of the offer that it is about, whatever the site's own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gatepost import catalogue
from gatepost.engine import Engine
from tests.web.conftest import Ada, ada, app, client

__all__ = ["ada", "app", "client"]


@pytest.fixture
def french(engine: Engine) -> None:
    """The site is German, and its ebook is French."""
    known = engine.catalogue
    book = replace(known.offers["ebook"], language="fr")
    catalogue.write(replace(known, language="de", offers={**known.offers, "ebook": book}), engine.settings.data_dir)


def language(page: str) -> str:
    return page.split('<html lang="')[1][:2]


def test_each_page_about_an_offer_is_in_its_language(ada: Ada, french: None):
    assert language(ada.client.get("/thanks/ebook").text) == "fr"
    assert language(ada.client.get("/thanks/checklist").text) == "de"
    assert language(ada.client.get("/thanks").text) == "de"
    assert "Il manque" in ada.client.post("/signup", data={"email": "ada@", "offer": "ebook"}).text
    assert "fehlt etwas" in ada.client.post("/signup", data={"email": "ada@", "offer": "checklist"}).text


def test_an_old_link_says_so_in_the_language_it_was_asked_for_in(ada: Ada, french: None):
    ada.asks("ebook")
    old = ada.link("confirm")
    ada.clock.forward(days=8)
    page = ada.client.get(old)
    assert (page.status_code, language(page.text)) == (410, "fr")
    assert "Ce lien date du 22 novembre 2026" in page.text
    again = ada.client.post(old.replace("/confirm/", "/again/"))
    assert (again.status_code, language(again.text)) == (200, "fr")


def test_a_persons_own_page_is_in_the_language_they_last_asked_in(ada: Ada, french: None):
    ada.is_confirmed_for("checklist")
    assert language(ada.client.get(ada.link("my")).text) == "de"
    ada.is_confirmed_for("ebook")
    for door in ("my", "leave"):
        assert language(ada.client.get(ada.link(door)).text) == "fr"
    assert "Vous ne recevrez plus" in ada.client.post(ada.link("leave")).text


def test_programs_and_owners_are_answered_in_english(ada: Ada, french: None):
    assert ada.client.get("/api/v1/report").get_json()["title"] == "A token is needed here"
    assert ada.client.get("/nowhere", headers={"Accept": "application/json"}).get_json()["title"] == "Hier ist nichts"
    login = ada.client.get("/owner/", follow_redirects=True)
    assert (login.status_code, language(login.text)) == (200, "en")

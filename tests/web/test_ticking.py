"""A checklist as a page: behind the same signed link as a file, and what is ticked stays with the reader."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from gatepost import catalogue
from gatepost.offers import LIST_PAGE
from gatepost.offers.ticklist import Group, Item, Piece, TickList
from gatepost.store import grants
from tests.conftest import CHECKLIST_PDF, put_held
from tests.web.conftest import CRAWLER, whole_database

LIST = TickList(
    "Before <you> publish",
    "Three checks & a half.",
    "en",
    (
        Group("", (Piece("<p>Work from memory first.</p>"),)),
        Group(
            "The reader",
            (
                Piece(
                    items=(
                        Item("One <strong>person</strong> comes to mind", "k1"),
                        Item("The title is a question", "k2", True, (Piece(items=(Item("In their words", "k3"),)),)),
                        Item("no box here"),
                    )
                ),
            ),
        ),
    ),
)


@pytest.fixture
def page(ada, engine):
    """The path of the list that comes with Ada's checklist."""
    offer_the_list(engine, LIST.to_json())
    ada.is_confirmed_for()
    return list_path(ada)


def offer_the_list(engine, content, language=""):
    known, folder = engine.catalogue, engine.settings.data_dir
    held = put_held(folder, content, "Before you publish.json", LIST_PAGE)
    offer = known.offers["checklist"]
    offer = replace(offer, files=(offer.files[0], held), language=language)
    catalogue.write(replace(known, offers={**known.offers, "checklist": offer}), folder)


def list_path(ada):
    (grant,) = [grant for grant in ada.grants() if grant.file.is_page]
    return ada.link("download", grant.id).replace("/download/", "/list/")


class Boxes(HTMLParser):
    """Every check box: (key, ticked), whether it stands in a label, and every address that the page would load."""

    def __init__(self, text):
        super().__init__()
        self.found, self.loaded, self.labels = [], [], 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.labels += tag == "label"
        if tag == "input":
            self.found.append((given["data-key"], "checked" in given))
        if tag in ("script", "link", "img"):
            self.loaded.append(given.get("src") or given.get("href"))

    def handle_endtag(self, tag):
        pass


def test_the_list_is_a_page_of_labelled_boxes(client, page):
    answer = client.get(page)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    text = answer.get_data(as_text=True)
    boxes = Boxes(text)
    assert boxes.found == [("k1", False), ("k2", True), ("k3", False)]
    assert boxes.labels == 3
    assert '<h1 dir="auto">Before &lt;you&gt; publish</h1>' in text
    assert "One <strong>person</strong> comes to mind" in text


def test_the_page_runs_our_script_and_nothing_else(client, page):
    answer = client.get(page)
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["default-src"] == "'none'"
    text = answer.get_data(as_text=True)
    assert all(address.startswith(("/_gatepost/", "data:")) for address in Boxes(text).loaded)
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|<form", text)
    for address in ("/_gatepost/ticking.js", "/_gatepost/ticking.css"):
        assert client.get(address).status_code == 200
    assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == ("no-store", "no-referrer")


@pytest.mark.parametrize("agent", ["Mozilla/5.0 Firefox/150.0", CRAWLER])
def test_opening_the_list_changes_nothing_however_often(client, page, engine, agent):
    before = whole_database(engine)
    assert {client.get(page, headers={"User-Agent": agent}).status_code for _ in range(25)} == {200}
    assert whole_database(engine) == before


def test_the_list_ends_with_its_grant_and_can_be_asked_for_again(client, page, ada, clock):
    clock.forward(days=31)
    ended = client.get(page)
    assert ended.status_code == 410
    again = page.replace("/list/", "/again/")
    assert f'action="{again}"' in ended.get_data(as_text=True)
    assert client.post(again).status_code == 200
    assert [owed.letter for owed in ada.letters()][-1] == "delivery"
    fresh = [grant for grant in ada.grants() if grant.file.is_page][-1]
    assert client.get(ada.link("download", fresh.id).replace("/download/", "/list/")).status_code == 200


def test_a_list_taken_back_opens_no_more(client, page, ada, engine, clock):
    with engine.database.writing() as tx:
        grants.revoke(tx, ada.known().id, clock())
    assert client.get(page).status_code == 410


def test_a_file_is_no_list_and_a_list_is_no_file(client, page, ada):
    assert client.get(ada.link("download").replace("/download/", "/list/")).status_code == 404
    moved = client.get(page.replace("/list/", "/download/"))
    assert (moved.status_code, moved.headers["Location"]) == (303, page)
    assert [grant.uses for grant in ada.grants()] == [0, 0]
    assert client.get("/list/made-up").status_code == 404
    assert client.post(page).status_code == 405


def test_the_button_in_the_letter_still_brings_the_pdf_first(client, ada, engine):
    offer_the_list(engine, LIST.to_json())
    assert client.get(ada.is_confirmed_for()).data == CHECKLIST_PDF


def test_letter_and_own_pages_name_the_list_in_words(client, page, ada, engine):
    letter = next(owed for owed in ada.letters() if owed.letter == "delivery")
    context = mailing_facts(engine, letter)
    assert [(link.name.endswith(".pdf"), "/list/" in link.url, link.size) for link in context.files] == [
        (True, False, "10 kB"),
        (False, True, ""),
    ]
    for path in (ada.link("my"), ada.link("yours", ada.signups()[-1].id)):
        text = client.get(path).get_data(as_text=True)
        assert re.search(r'<a href="/list/[^"]+">Tick it off on your phone or computer</a>', text)
        assert ".json" not in text


def mailing_facts(engine, owed):
    from gatepost.actions import composing

    with engine.database.reading() as tx:
        return composing.facts(engine, tx, engine.catalogue, owed)[1]


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff\xfe", b'{"format": 2}', b'{"format": 1, "groups": 3}'])
def test_a_list_that_cannot_be_read_is_gone_and_not_a_failure(client, ada, engine, content):
    offer_the_list(engine, content)
    ada.is_confirmed_for()
    assert client.get(list_path(ada)).status_code == 410


def test_the_page_speaks_the_language_of_its_list(client, ada, engine):
    offer_the_list(engine, replace(LIST, language="de-AT").to_json(), "de")
    ada.is_confirmed_for()
    text = client.get(list_path(ada)).get_data(as_text=True)
    assert '<html lang="de">' in text
    assert 'lang="de-AT"' in text
    assert "22. Dezember 2026" in text

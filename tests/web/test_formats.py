"""A book comes in two formats: the reader says which on the page with the button, and the letter holds both."""

from __future__ import annotations

import re

import pytest

from gatepost.actions import composing


@pytest.mark.parametrize(
    ("sent", "start"),
    [
        ({"format": "epub"}, b"PK"), ({"format": "pdf"}, b"%PDF"), ({}, b"%PDF"), ({"format": "exe"}, b"%PDF"),
        ({"format": ""}, b"%PDF"), ({"format": "../epub"}, b"%PDF"), ({"format": ["epub", "pdf"]}, b"PK"),
    ],
)  # fmt: skip
def test_the_button_that_was_pressed_says_which_file_comes(ada, client, sent, start):
    ada.asks("ebook")
    answer = client.post(ada.link("confirm"), data=sent)
    assert answer.status_code == 303
    assert client.get(answer.headers["Location"]).data.startswith(start)
    assert sorted(grant.uses for grant in ada.grants()) == [0, 1]


def test_a_second_press_brings_the_other_format(ada, client):
    ada.asks("ebook")
    path = ada.link("confirm")
    first, second = (client.post(path, data={"format": wish}).headers["Location"] for wish in ("pdf", "epub"))
    assert client.get(first).data.startswith(b"%PDF")
    assert client.get(second).data.startswith(b"PK")
    assert len(ada.grants()) == 2


def test_each_format_has_a_button_that_says_what_it_is_good_for(ada, client):
    ada.asks("ebook")
    text = client.get(ada.link("confirm")).get_data(as_text=True)
    buttons = re.findall(r'name="format" value="(\w+)"[^>]* aria-describedby="([\w-]+)"', text)
    assert [ending for ending, _ in buttons] == ["pdf", "epub"]
    assert all(f'id="{described}"' in text for _, described in buttons)
    ada.asks("checklist")
    assert 'name="format"' not in client.get(ada.link("confirm")).get_data(as_text=True)


def test_the_letter_holds_both_formats(ada, client, engine):
    ada.asks("ebook")
    client.post(ada.link("confirm"), data={"format": "epub"})
    owed = next(owed for owed in ada.letters() if owed.letter == "delivery")
    with engine.database.reading() as tx:
        _, context = composing.facts(engine, tx, engine.catalogue, owed)
    assert [link.name.rpartition(".")[2] for link in context.files] == ["pdf", "epub"]

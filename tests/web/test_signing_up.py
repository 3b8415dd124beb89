"""Asking for an offer: what is stored, what is owed, and that nobody learns who is known."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from gatepost import catalogue
from gatepost.offers import Wording
from gatepost.store import leads, outbox
from tests.conftest import LETTERS
from tests.web.conftest import Ada, dropped, whole_database


def test_a_form_is_thanked_by_a_page_without_the_address(ada, client):
    answer = ada.asks()
    assert (answer.status_code, answer.headers["Location"]) == (303, "/thanks/checklist")
    page = client.get("/thanks/checklist")
    assert page.status_code == 200
    assert b"Check your mail" in page.data
    assert b"ada@" not in page.data


def test_json_is_answered_with_json(client):
    answer = client.post("/signup", json={"email": "ada@example.org", "offer": "checklist"})
    assert (answer.status_code, answer.json) == (202, {"status": "check-your-mail"})


def test_a_form_sent_by_a_script_is_answered_with_json(client):
    answer = client.post(
        "/signup", data={"email": "ada@example.org", "offer": "checklist"}, headers={"Accept": "application/json"}
    )
    assert (answer.status_code, answer.json) == (202, {"status": "check-your-mail"})


def test_one_transaction_holds_lead_signup_consent_journey_and_letter(ada, clock):
    journey = [ada.reads("second-thoughts", ref="www.google.com")]
    clock.forward(hours=2)
    journey.append(ada.reads("first-steps", src="linkedin", med="social"))
    ada.asks(
        article="gated", name="Ada Example", page="/gated.html", consent="letters",
        wording=LETTERS.hash, variant="b", journey=json.dumps(journey),
    )  # fmt: skip
    lead, (signup,), (consent,) = ada.known(), ada.signups(), ada.consents()
    assert (lead.name, lead.state) == ("Ada Example", "pending")
    assert (signup.offer, signup.article, signup.page, signup.variant) == ("checklist", "gated", "/gated.html", "b")
    assert (signup.value.amount, signup.value.currency, signup.channel) == (4000, "EUR", "social")
    assert (consent.purpose, consent.wording_hash, consent.page) == ("letters", LETTERS.hash, "/gated.html")
    assert consent.confirmed_at is None
    assert [(touch.article, touch.channel) for touch in ada.journey()] == [
        ("second-thoughts", "search"),
        ("first-steps", "social"),
        ("gated", "social"),
    ]
    assert [(owed.letter, owed.state) for owed in ada.letters()] == [("confirm", "queued")]


def test_the_answer_is_the_same_for_every_address(client, engine, clock):
    confirmed, gone = (Ada(client, engine, clock, name) for name in ("known@example.org", "left@example.org"))
    confirmed.is_confirmed_for()
    gone.is_confirmed_for()
    client.post(gone.link("leave"))
    clock.forward(hours=1)
    answers = [
        client.post("/signup", data={"email": email, "offer": "checklist"})
        for email in ("new@example.org", confirmed.email, gone.email)
    ]
    assert len({(a.status, a.data, tuple(a.headers)) for a in answers}) == 1


def test_a_double_click_is_one_request_and_one_letter(ada, clock):
    ada.asks(consent="letters")
    clock.forward(minutes=9)
    ada.asks(consent="letters")
    assert (len(ada.signups()), len(ada.letters()), len(ada.consents())) == (1, 1, 1)
    clock.forward(minutes=2)
    ada.asks()
    assert (len(ada.signups()), len(ada.letters())) == (2, 2)


def test_a_box_ticked_the_second_time_is_not_lost(ada):
    ada.asks()
    ada.asks(consent="letters")
    assert (len(ada.signups()), len(ada.letters()), len(ada.consents())) == (1, 1, 1)


def test_a_hundred_at_once_are_one_lead_and_one_letter(app, engine, clock):
    def ask() -> None:
        answer = app.test_client().post("/signup", data={"email": "ada@example.org", "offer": "ebook"})
        assert answer.status_code == 303

    threads = [threading.Thread(target=ask) for _ in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ada = Ada(app.test_client(), engine, clock)
    assert (len(ada.signups()), len(ada.letters())) == (1, 1)
    with engine.database.reading() as tx:
        assert len(leads.listed(tx)) == 1


@pytest.mark.parametrize(
    "spelling", ["ADA@example.org", "ada@EXAMPLE.org", "  ada@example.org ", "Ada@Example.Org", "ada@example.org\r\n"]
)
def test_spellings_of_one_address_are_one_lead(ada, engine, spelling):
    ada.asks()
    ada.client.post("/signup", data={"email": spelling, "offer": "ebook"})
    with engine.database.reading() as tx:
        assert [lead.email for lead in leads.listed(tx)] == ["ada@example.org"]


def test_composed_and_decomposed_letters_are_one_address(client, engine):
    for email in ("j\u00fcrgen@example.org", "ju\u0308rgen@example.org", "j\u00fcrgen@EXAMPLE.org"):
        assert client.post("/signup", data={"email": email, "offer": "checklist"}).status_code == 303
    with engine.database.reading() as tx:
        assert [lead.email for lead in leads.listed(tx)] == ["j\u00fcrgen@example.org"]


@pytest.mark.parametrize("lookalike", ["m\u0131ke@example.org", "M\u0130KE@example.org"])
def test_a_lookalike_is_somebody_else(client, engine, lookalike):
    client.post("/signup", data={"email": "mike@example.org", "offer": "checklist"})
    client.post("/signup", data={"email": lookalike, "offer": "checklist"})
    with engine.database.reading() as tx:
        assert len({lead.email_key for lead in leads.listed(tx)}) == 2


def test_a_sign_that_turns_into_a_letter_is_refused(client, engine):
    answer = client.post("/signup", json={"email": "mi\u212ae@example.org", "offer": "checklist"})
    assert answer.status_code == 422
    with engine.database.reading() as tx:
        assert leads.listed(tx) == []


def test_a_filled_trap_is_thanked_and_stores_nothing(ada, engine):
    answer = ada.asks(website="https://spam.example")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/thanks/checklist")
    assert ada.lead() is None
    assert dropped(engine) == {"honeypot": 1}


def test_one_letter_box_gets_three_letters_a_day_whatever_the_spelling(client, engine, clock):
    spellings = [f"v.ic.tim+{n}@gmail.com" for n in range(4)] + ["victim@googlemail.com", "victim@gmail.com"]
    for spelling in spellings:
        assert client.post("/signup", data={"email": spelling, "offer": "checklist"}).status_code == 303
    with engine.database.reading() as tx:
        assert len(leads.listed(tx)) == 6
        assert outbox.tally(tx)["queued"] == 3
    assert dropped(engine) == {"mailbox-limit": 3}
    clock.forward(hours=25)
    client.post("/signup", data={"email": spellings[0], "offer": "ebook"})
    with engine.database.reading() as tx:
        assert outbox.tally(tx)["queued"] == 4


def test_a_confirmed_reader_takes_several_things_home_in_one_evening(ada, clock):
    ada.is_confirmed_for(consent="letters")
    for _ in range(6):
        clock.forward(minutes=15)
        ada.asks("ebook")
    assert [owed.letter for owed in ada.letters()].count("delivery") == 1 + 6


def test_a_confirmed_lead_gets_the_next_offer_straight_in_the_letter(ada):
    ada.is_confirmed_for(consent="letters")
    ada.asks("ebook", article="gated", consent="letters")
    signup = ada.signups()[-1]
    assert signup.confirmed_at == signup.requested_at
    assert [owed.letter for owed in ada.letters()] == ["confirm", "delivery", "delivery"]
    assert [grant.file.name for grant in ada.grants()][1:] == [
        "Clients by writing.pdf",
        "Clients by writing.epub",
        "The gated one.pdf",
    ]


def test_a_confirmed_lead_who_gives_a_new_permission_confirms_it(ada):
    ada.is_confirmed_for()
    ada.asks("ebook", consent="letters")
    assert ada.signups()[-1].confirmed_at is None
    assert ada.letters()[-1].letter == "confirm"
    assert not any(consent.is_active for consent in ada.consents())
    ada.confirms()
    assert [consent.is_active for consent in ada.consents()] == [True]


def test_somebody_who_left_confirms_anew(ada, clock):
    ada.is_confirmed_for(consent="letters")
    ada.client.post(ada.link("leave"))
    clock.forward(days=1)
    ada.asks("ebook")
    assert ada.letters()[-1].letter == "confirm"
    ada.confirms()
    assert ada.known().state == "confirmed"
    assert not any(consent.is_active for consent in ada.consents())


def test_nobody_renames_a_confirmed_lead(ada):
    ada.is_confirmed_for(name="Ada")
    ada.asks("ebook", name="Win $ http://evil.test")
    assert ada.known().name == "Ada"


@pytest.mark.parametrize(
    ("consent", "purposes"),
    [("letters", ["letters"]), ("on", ["letters"]), ("YES", ["letters"]), ("1", ["letters"]), ("", []), ("calls", [])],
)
def test_a_ticked_box_says_which_purpose_or_simply_yes(ada, consent, purposes):
    ada.asks(consent=consent)
    assert [one.purpose for one in ada.consents()] == purposes


@pytest.mark.parametrize(("value", "count"), [(True, 1), (["letters"], 1), (False, 0), (None, 0), ([], 0)])
def test_consent_in_json_may_be_a_flag_or_a_list(ada, client, value, count):
    client.post("/signup", json={"email": ada.email, "offer": "checklist", "consent": value})
    assert len(ada.consents()) == count


def test_a_page_of_last_year_is_recorded_under_the_sentence_it_showed(ada, engine):
    from dataclasses import replace

    from gatepost import catalogue

    old = Wording("letters", "2025-01", "Yes, write to me.")
    known = engine.catalogue
    catalogue.write(replace(known, wordings={**known.wordings, old.hash: old}), engine.settings.data_dir)
    ada.asks(consent="letters", wording=old.hash)
    assert [one.wording_hash for one in ada.consents()] == [old.hash]


def test_what_cannot_be_true_is_dropped_and_counted_but_the_lead_is_kept(ada, engine, clock):
    future = {"t": (clock() + timedelta(days=2)).timestamp(), "article": "first-steps"}
    ada.asks(article="no-such", consent=["letters", "calls"], wording="0" * 64, journey=json.dumps([future, 7]))
    assert ada.signups()[0].article == ""
    assert ada.consents() == []
    assert dropped(engine) == {
        "unknown-article": 1, "unknown-wording": 1, "unknown-purpose": 1, "journey-future": 1, "journey-unreadable": 1,
    }  # fmt: skip


@pytest.mark.parametrize("journey", ["{", "[" * 9000, '"x"', "NaN", '[{"t":1,"t":2}]', "\\", '["\\ud800"]'])
def test_no_journey_however_bad_loses_a_signup(ada, engine, journey):
    assert ada.asks(article="first-steps", journey=journey).status_code == 303
    assert [touch.article for touch in ada.journey()] == ["first-steps"]
    assert dropped(engine) == {"journey-unreadable": 1}


@pytest.mark.parametrize("as_json", [True, False])
def test_the_longest_journey_a_browser_keeps_goes_through(ada, clock, as_json):
    at = int(clock().timestamp())
    entry = {"rung": "read", "ref": "www.google.com", "src": "s" * 100, "med": "m" * 100, "cid": "", "title": "T " * 60}
    journey = [{"t": at - 3600 * (50 - n), "article": "first-steps", **entry} for n in range(50)]
    if as_json:
        answer = ada.client.post("/signup", json={"email": ada.email, "offer": "ebook", "journey": journey})
    else:
        answer = ada.asks("ebook", journey=json.dumps(journey))
    assert answer.status_code in (202, 303)
    assert len(ada.journey()) == 50


@pytest.mark.parametrize("name", ["website", "page", "other"])
def test_too_much_of_anything_else_is_413(client, engine, name):
    body = {"email": "ada@example.org", "offer": "checklist"} | {name: "x" * 16_500}
    before = whole_database(engine)
    for answer in (client.post("/signup", data=body), client.post("/signup", json=body)):
        assert answer.status_code == 413
    assert whole_database(engine) == before


def test_a_journey_may_name_its_channels(ada, clock):
    entry = {"t": clock().timestamp() * 1000 - 5000, "article": "first-steps", "channel": "event", "ref": "bing.com"}
    # What an entry says of itself is shown as such, and believed where its receipt is.
    ada.client.post("/signup", json={"email": ada.email, "offer": "checklist", "journey": [entry]})
    assert [touch.channel for touch in ada.journey()] == ["event"]


def test_the_owners_list_of_hosts_is_asked_for_touches_of_a_journey_too(ada, engine, clock):
    listed = replace(engine.catalogue, channels={"chamber.example": "expert"})
    catalogue.write(listed, engine.settings.data_dir)
    entry = {"t": clock().timestamp() * 1000 - 5000, "article": "first-steps", "ref": "www.chamber.example"}
    ada.client.post("/signup", json={"email": ada.email, "offer": "checklist", "journey": [entry]})
    assert [touch.channel for touch in ada.journey()] == ["expert"]

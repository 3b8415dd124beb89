"""Seats at a webinar: never more than there are, a queue for the others, reminders in time, and dates that move."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from gatepost.actions import composing, erasing, exporting, seating
from gatepost.actions.composing import NotToBeSent
from gatepost.actions.giving import OfferOver
from gatepost.engine import Engine
from gatepost.leads.seat import GIVEN_UP, HELD, WAITING
from gatepost.store import Database, leads, seats
from tests.rungs.asking import answers, confirms, latest, lead_id, letters, publish, withdraw
from tests.rungs.meeting import ROOM, at, message, plain, seat_of, takes_seat, webinar


@pytest.fixture
def asking(engine: Engine, both: Database) -> Engine:
    made = replace(engine, database=both)
    publish(made, webinar())
    return made


def owed(engine: Engine, name: str, letter: str):
    return [one for one in letters(engine, f"{name}@example.org") if one.letter == letter]


def test_a_seat_is_kept_once_the_button_is_pressed_and_not_before(asking):
    answers(asking, "ada@example.org", {}, offer="talk")
    with asking.database.reading() as tx:
        assert seats.count(tx, "talk")[HELD] == 0
    assert takes_seat(asking, "bo").state == HELD
    (letter,) = owed(asking, "bo", "seat")
    text = plain(asking, letter)
    assert "Your seat is kept." in text
    assert "Tuesday, 1 December 2026, 18:00 (Central European Standard Time, Berlin)" in " ".join(text.split())
    assert ROOM in text


def test_who_comes_too_late_waits_and_moves_up_when_a_seat_is_given_back(asking):
    for name in ("ada", "bo"):
        takes_seat(asking, name)
    assert takes_seat(asking, "cy").state == WAITING
    assert takes_seat(asking, "dee").state == WAITING
    (letter,) = owed(asking, "cy", "seat")
    assert "you stand in the queue" in " ".join(plain(asking, letter).split())
    assert ROOM not in plain(asking, letter)
    token = asking.tokens.sign("yours", latest(asking, "ada@example.org", "talk").id, asking.now())
    seating.give_up(asking, token)
    seating.give_up(asking, token)
    assert [seat_of(asking, name).state for name in ("ada", "bo", "cy", "dee")] == [GIVEN_UP, HELD, HELD, WAITING]
    (free,) = owed(asking, "cy", "seat-free")
    assert ROOM in plain(asking, free)
    with pytest.raises(NotToBeSent), asking.database.reading() as tx:
        composing.facts(asking, tx, asking.catalogue, owed(asking, "ada", "seat")[0])


def test_whoever_gave_a_seat_back_may_ask_again_and_stands_at_the_end(asking):
    for name in ("ada", "bo"):
        takes_seat(asking, name)
    seating.give_up(asking, asking.tokens.sign("yours", latest(asking, "ada@example.org", "talk").id, asking.now()))
    takes_seat(asking, "cy")
    asking.clock.forward(hours=1)
    assert takes_seat(asking, "ada").state == WAITING


def test_more_seats_in_the_catalogue_move_up_who_waits(asking):
    for name in ("ada", "bo", "cy", "dee"):
        takes_seat(asking, name)
    publish(asking, webinar(number="3"))
    assert seating.follow(asking) == 1
    assert seating.follow(asking) == 0
    assert [seat_of(asking, name).state for name in ("cy", "dee")] == [HELD, WAITING]


def test_two_at_once_never_share_the_last_seat(asking):
    takes_seat(asking, "ada")
    asked = [answers(asking, f"reader{n}@example.org", {}, offer="talk") for n in range(6)]
    ready = threading.Barrier(len(asked))

    def press(signup):
        from gatepost.actions import confirming

        ready.wait(timeout=10)
        confirming.confirm(asking, asking.tokens.sign("confirm", signup.id, asking.now()))

    threads = [threading.Thread(target=press, args=(signup,)) for signup in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    with asking.database.reading() as tx:
        assert seats.count(tx, "talk") == {HELD: 2, WAITING: 5, GIVEN_UP: 0, "came": 0}


def test_reminders_come_a_day_and_an_hour_before_and_not_to_who_gave_up(asking):
    takes_seat(asking, "ada")
    reminders = owed(asking, "ada", "reminder")
    begins = at("2026-12-01 17:00")
    assert sorted(one.due_at for one in reminders) == [begins - timedelta(days=1), begins - timedelta(hours=1)]
    asking.clock.at = begins - timedelta(days=1)
    assert "Tomorrow: Questions answered" in str(message(asking, reminders[0])["Subject"])
    asking.clock.at = begins - timedelta(hours=1)
    assert "In an hour: Questions answered" in str(message(asking, reminders[1])["Subject"])
    takes_seat(asking, "bo")
    assert owed(asking, "bo", "reminder") == []
    seating.give_up(asking, asking.tokens.sign("yours", latest(asking, "ada@example.org", "talk").id, asking.now()))
    with pytest.raises(NotToBeSent, match="given back"):
        message(asking, reminders[1])


def test_a_date_that_moves_is_told_once_with_a_newer_file_and_its_own_reminders(asking):
    takes_seat(asking, "ada")
    old = owed(asking, "ada", "reminder")[0]
    publish(asking, webinar("2026-12-08 18:00"))
    assert seating.follow(asking) == 1
    assert seating.follow(asking) == 0
    (letter,) = owed(asking, "ada", "moved")
    assert "8 December 2026, 18:00" in " ".join(plain(asking, letter).split())
    assert b"SEQUENCE:2" in attached(asking, letter)
    assert len(owed(asking, "ada", "reminder")) == 4
    with pytest.raises(NotToBeSent, match="moved"):
        message(asking, old)


def attached(engine: Engine, letter) -> bytes:
    (file,) = message(engine, letter).iter_attachments()
    assert file.get_content_type() == "text/calendar"
    assert file.get_filename() == "talk.ics"
    content = file.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


def test_a_webinar_that_has_gone_from_the_catalogue_reminds_nobody(asking):
    takes_seat(asking, "ada")
    withdraw(asking, "talk")
    assert seating.follow(asking) == 0
    with pytest.raises(NotToBeSent, match="gone"):
        message(asking, owed(asking, "ada", "reminder")[0])


def test_nobody_can_ask_for_a_seat_at_what_is_over(asking):
    publish(asking, webinar("2026-11-20 10:00"))
    with pytest.raises(OfferOver, match="20 November 2026"):
        answers(asking, "ada@example.org", {}, offer="talk")


def test_who_comes_by_the_code_at_the_door_and_confirms_there_is_there(asking):
    publish(asking, webinar(place="Town hall, Berlin"))
    journey = [{"t": 0, "article": "first-steps", "src": "talk", "med": "event"}]
    takes_seat(asking, "ada")
    asking.clock.at = at("2026-12-01 16:30")
    journey[0]["t"] = int(asking.now().timestamp()) - 60
    with_receipts = replace(asking, settings=replace(asking.settings, receipts="accept"))
    confirms(with_receipts, "ada@example.org", {}, offer="talk", journey=journey)
    assert (seat_of(asking, "ada").came_how, seat_of(asking, "ada").came_at) == ("qr", asking.now())
    takes_seat(asking, "bo")
    assert seat_of(asking, "bo").came_at is None


def test_a_seat_is_in_the_export_and_erasing_gives_it_back(asking):
    for name in ("ada", "bo", "cy"):
        takes_seat(asking, name)
    ada = lead_id(asking, "ada@example.org")
    (seat,) = exporting.everything(asking, ada)["seats"]
    assert (seat["offer"], seat["state"]) == ("talk", HELD)
    erasing.erase(asking, ada)
    assert seat_of(asking, "cy").state == HELD
    with asking.database.reading() as tx:
        assert seats.of(tx, "talk", ada).state == GIVEN_UP
        assert leads.by_id(tx, ada).state == "erased"


def test_the_page_of_what_is_over_names_only_what_can_still_be_had(engine):
    from gatepost.web import create_app

    publish(engine, webinar("2026-11-20 10:00"))
    answer = create_app(engine).test_client().post("/signup", data={"email": "ada@example.org", "offer": "talk"})
    assert answer.status_code == 410
    assert "Before you publish" in answer.text
    assert "/offers/talk.html" not in answer.text

"""Seats that are asked for twice, moved between two looks, held by somebody who left, or asked for at the door itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from gatepost.actions import confirming, leaving, seating
from gatepost.actions.composing import NotToBeSent
from gatepost.engine import Engine
from gatepost.leads.seat import HELD, WAITING
from gatepost.store import Database, leads, seats
from tests.rungs.asking import answers, latest, lead_id, letters, publish
from tests.rungs.meeting import at, message, seat_of, takes_seat, webinar

BEGINS = at("2026-12-01 17:00")
SCANNED = [{"article": "", "src": "talk", "med": "event"}]


@pytest.fixture
def asking(engine: Engine) -> Engine:
    publish(engine, webinar(place="Town hall, Berlin"))
    return engine


def leaves(engine: Engine, name: str) -> None:
    with engine.database.reading() as tx:
        lead = leads.by_id(tx, lead_id(engine, f"{name}@example.org"))
    assert lead
    leaving.leave(engine, lead, "page")


def letters_about(engine: Engine, name: str, letter: str):
    return [one for one in letters(engine, f"{name}@example.org") if one.letter == letter]


def goes_out(engine: Engine, owed) -> bool:
    try:
        message(engine, owed)
    except NotToBeSent:
        return False
    return True


def test_who_asks_twice_is_reminded_once(asking):
    takes_seat(asking, "ada")
    asking.clock.forward(hours=1)
    takes_seat(asking, "ada")
    with asking.database.reading() as tx:
        assert seats.count(tx, "talk")[HELD] == 1
    asking.clock.at = BEGINS - timedelta(days=1)
    of_the_day = [one for one in letters_about(asking, "ada", "reminder") if one.due_at == asking.now()]
    assert [goes_out(asking, one) for one in of_the_day].count(True) == 1


def test_who_left_and_asks_again_is_reminded_again(asking):
    takes_seat(asking, "ada")
    leaves(asking, "ada")
    asking.clock.forward(hours=1)
    takes_seat(asking, "ada")
    asking.clock.at = BEGINS - timedelta(hours=1)
    waiting = [one for one in letters_about(asking, "ada", "reminder") if one.state == "queued"]
    assert sorted(one.due_at for one in waiting) == [BEGINS - timedelta(days=1), BEGINS - timedelta(hours=1)]


def test_a_date_that_moved_before_the_worker_looked_has_a_greater_number_in_the_next_file(asking):
    before = takes_seat(asking, "ada")
    publish(asking, webinar("2026-12-08 18:00"))
    asking.clock.forward(hours=1)
    after = takes_seat(asking, "ada")
    assert (before.id, after.told_times) == (after.id, before.told_times + 1)
    assert seating.follow(asking) == 0, "the letter about the seat has told the new date already"
    of_the_new_date = [one for one in letters_about(asking, "ada", "reminder") if one.key.endswith("20261208T1700")]
    for one in of_the_new_date:
        asking.clock.at = one.due_at
        assert goes_out(asking, one)
    assert len(of_the_new_date) == 2


def test_who_stopped_all_letters_is_told_nothing_and_is_passed_over_in_the_queue(asking, both: Database):
    asking = replace(asking, database=both)
    for name in ("ada", "bo", "cy", "dee"):
        takes_seat(asking, name)
    leaves(asking, "bo")
    leaves(asking, "cy")
    publish(asking, webinar("2026-12-08 18:00", "3", place="Town hall, Berlin"))
    seating.follow(asking)
    assert [seat_of(asking, name).state for name in ("cy", "dee")] == [WAITING, HELD]
    assert [bool(letters_about(asking, name, "moved")) for name in ("ada", "bo", "cy", "dee")] == [
        True,
        False,
        False,
        True,
    ]


def test_no_letter_says_tomorrow_on_the_day_itself(asking):
    takes_seat(asking, "ada")
    asking.clock.at = BEGINS - timedelta(hours=10)
    the_day, the_hour = sorted(letters_about(asking, "ada", "reminder"), key=lambda one: one.due_at)
    assert (goes_out(asking, the_day), goes_out(asking, the_hour)) == (False, True)


def test_a_button_pressed_after_the_end_keeps_no_seat(asking):
    signup = answers(asking, "ada@example.org", {}, offer="talk")
    asking.clock.at = BEGINS + timedelta(hours=2)
    confirming.confirm(asking, asking.tokens.sign("confirm", signup.id, asking.now()))
    with asking.database.reading() as tx:
        assert seats.of_lead(tx, signup.lead_id) == []


def test_who_scans_at_the_door_has_come_though_the_button_is_pressed_at_home(asking):
    takes_seat(asking, "ada")
    first = seat_of(asking, "ada").signup_id
    asking.clock.at = BEGINS - timedelta(minutes=10)
    for name in ("ada", "bo"):
        answers(asking, f"{name}@example.org", {}, offer="talk", journey=SCANNED, article="")
    scanned, asking.clock.at = asking.now(), BEGINS + timedelta(hours=5)
    for name in ("ada", "bo"):
        signup = latest(asking, f"{name}@example.org", "talk")
        confirming.confirm(asking, asking.tokens.sign("confirm", signup.id, asking.now()))
        assert (seat_of(asking, name).came_at, seat_of(asking, name).came_how) == (scanned, "qr")
    assert seat_of(asking, "ada").signup_id == first, "what was read before the first request brought this reader here"


@pytest.mark.parametrize("minutes", [-121, 46])
def test_the_code_counts_nobody_long_before_or_after(asking, minutes):
    takes_seat(asking, "ada")
    asking.clock.at = BEGINS + timedelta(minutes=minutes)
    if minutes > 0:
        publish(asking, webinar(minutes="600", place="Town hall, Berlin"))
    signup = answers(asking, "ada@example.org", {}, offer="talk", journey=SCANNED, article="")
    if minutes > 0:
        publish(asking, webinar(place="Town hall, Berlin"))
    confirming.confirm(asking, asking.tokens.sign("confirm", signup.id, asking.now()))
    assert seat_of(asking, "ada").came_at is None


def test_a_link_to_an_online_meeting_proves_nobody_present(asking):
    publish(asking, webinar())
    asking.clock.at = BEGINS - timedelta(minutes=30)
    takes_seat(asking, "ada", journey=SCANNED, article="")
    assert seat_of(asking, "ada").came_at is None

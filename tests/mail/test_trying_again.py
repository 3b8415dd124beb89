"""A letter that did not go through comes again after growing waits, and somebody is told when it never will."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from gatepost.actions import mailing
from gatepost.events import LetterFailed
from tests.mail.cast import ADA, ask, state


def test_a_greylisted_letter_comes_again_and_arrives(engine, office, courier, clock):
    owed = ask(engine)
    office.answers["RCPT"] = ["450 4.2.0 greylisted, come back"]
    assert mailing.send_due(engine, courier).later == 1
    waiting = state(engine, owed)
    assert (waiting.state, waiting.answer) == ("queued", "450 4.2.0 greylisted, come back")
    assert timedelta(minutes=1) <= waiting.due_at - engine.now() <= timedelta(seconds=75)
    assert mailing.send_due(engine, courier) == mailing.Sent()
    clock.forward(seconds=75)
    assert mailing.send_due(engine, courier).sent == 1


def test_waits_grow_and_after_three_days_the_owner_is_told(engine, office, courier, clock):
    told: list[LetterFailed] = []
    listening = replace(engine, listeners=(told.append,))
    owed, waits = ask(engine), []
    office.answers["MAIL"] = ["451 not today"] * 40
    while (now := state(engine, owed)).state == "queued":
        clock.at = max(clock.at, now.due_at)
        mailing.send_due(listening, courier)
        waits.append((state(engine, owed).due_at - clock.at) / timedelta(minutes=1))
    assert all(least <= wait <= least * 1.25 for least, wait in zip([1, 5, 15, 60, 240], waits, strict=False))
    assert timedelta(days=3) <= clock.at - owed.created_at <= timedelta(days=4)
    [event] = told
    assert (event.letter_id, event.letter, event.reason) == (owed.id, "confirm", "451 not today")
    assert state(engine, owed).state == "failed"


def test_waits_differ_from_letter_to_letter(engine, office, courier):
    made = [ask(engine, f"r{n}@reader.example") for n in range(20)]
    office.answers["RCPT"] = ["450 later"] * 20
    mailing.send_due(engine, courier)
    assert len({state(engine, owed).due_at for owed in made}) > 10


def test_a_letter_that_waited_for_a_worker_is_not_given_up_at_its_first_try(engine, office, courier, clock):
    owed = ask(engine)
    clock.forward(days=4)
    office.answers["RCPT"] = ["450 greylisted"]
    assert mailing.send_due(engine, courier).later == 1
    assert state(engine, owed).state == "queued"


@pytest.mark.parametrize("verb", ["RCPT", "END"])
def test_an_address_that_is_refused_for_good_is_not_tried_again(engine, office, courier, verb, caplog):
    told: list[LetterFailed] = []
    owed = ask(engine)
    office.answers[verb] = [f"550 5.1.1 <{ADA}> is unknown here"]
    assert mailing.send_due(replace(engine, listeners=(told.append,)), courier).failed == 1
    assert state(engine, owed).state == "failed"
    assert [event.reason for event in told] == ["550 5.1.1 <(address)> is unknown here"]
    assert ADA not in caplog.text + state(engine, owed).answer


def test_a_letter_that_was_perhaps_sent_goes_once_more_with_the_same_id_and_then_rests(engine, office, courier, clock):
    owed = ask(engine)
    office.answers["END"] = ["DROP", "DROP"]
    assert mailing.send_due(engine, courier).later == 1
    assert state(engine, owed).answer.startswith("Perhaps sent: ")
    clock.forward(minutes=15)
    office.answers["RCPT"] = ["450 greylisted"]
    assert mailing.send_due(engine, courier).later == 1
    clock.forward(hours=1)
    assert mailing.send_due(engine, courier).failed == 1
    assert state(engine, owed).answer.startswith("Perhaps sent: ")
    clock.forward(days=1)
    assert mailing.send_due(engine, courier) == mailing.Sent()
    assert [taken.message["Message-ID"] for taken in office.taken] == [f"<{owed.id.hex}@example.org>"] * 2

"""A contest: one entry a person, one more for a friend who is new to it, and nothing after its end."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from gatepost.actions import confirming, erasing, exporting, leaving
from gatepost.actions.composing import NotToBeSent
from gatepost.actions.giving import OfferOver
from gatepost.engine import Engine
from gatepost.offers import KINDS, Contest, check
from gatepost.store import Database
from tests.rungs.asking import publish, withdraw
from tests.rungs.entering import ENDS, Stage, contest, draft, to_the_end

ADA, BEA, CAI = "ada@example.org", "bea@example.org", "cai@example.org"


@pytest.fixture
def stage(engine: Engine, both: Database) -> Stage:
    """A site with two contests, on each kind of database."""
    made = replace(engine, database=both)
    publish(made, contest(referrals="2"), contest("other"))
    return Stage(made)


def test_a_contest_is_read_as_its_writer_meant_it():
    assert list(check(draft())) == []
    assert KINDS["contest"].terms(draft()).contest == Contest(ENDS, "Europe/Berlin", "A book", 1, 5)
    day_alone = KINDS["contest"].terms(draft(ends="2027-03-31", zone="", winners="3", referrals="0")).contest
    assert day_alone == Contest(ENDS.replace(hour=23), "UTC", "A book", 3, 0)


@pytest.mark.parametrize(
    ("line", "problem", "cure"),
    [
        ({"ends": ""}, "nothing says when it ends", "Ends: 2027-03-31"),
        ({"ends": "soon"}, "'soon' is no date", "Write it like"),
        ({"ends": "2027-02-30 12:00"}, "not in the calendar", "exist"),
        ({"ends": "2027-03-28 02:30"}, "is skipped that day", "before or after"),
        ({"zone": "Europe/Berln"}, "no time zone", "Europe/Berlin"),
        ({"prize": ""}, "nothing says what can be won", "Prize:"),
        ({"winners": "0"}, "'0' is not a number of winners", "1 to 1000"),
        ({"winners": "0000000001000"}, "'0000000001000' is not", "1 to 1000"),
        ({"winners": "two"}, "'two' is not a number of winners", "1 to 1000"),
        ({"referrals": "-1"}, "'-1' is not a number of entries", "0 to 100"),
        ({"referrals": "²"}, "'²' is not a number of entries", "0 to 100"),
    ],
)
def test_a_line_that_cannot_be_is_named_with_its_cure(line, problem, cure):
    (mistake,) = check(draft(**line))
    assert mistake.field.lower() in line
    assert problem in mistake.problem
    assert cure in mistake.cure


def test_an_entry_counts_when_the_button_is_pressed_with_or_without_the_tick(stage):
    waiting = stage.asks(ADA)
    assert stage.entries() == []
    part = stage.presses(waiting)
    assert (part.state, len(part.entries), part.earned) == ("in", 1, 0)
    assert [entry.why for entry in stage.entries(ADA)] == ["own"]
    letter = stage.letter(ADA)
    assert part.entries[0] in str(letter.quotes)
    assert part.commitment in str(letter.quotes)
    assert [file.url for file in letter.more_files] == [part.refer_url, part.draw_url]
    assert "31 March 2027" in str(letter.opening)


def test_a_second_press_and_a_second_request_are_told_kindly_that_they_are_in(stage, clock):
    first = stage.asks(ADA)
    stage.presses(first)
    assert stage.presses(first).state == "in"
    clock.forward(hours=1)
    again = stage.enters(ADA)
    assert (again.state, len(again.entries)) == ("already", 1)
    assert "in already" in stage.letter(ADA).subject
    assert stage.sees(first).state == "in"
    assert len(stage.entries()) == 1


def test_one_person_with_five_plus_signs_has_one_entry_and_no_friends(stage):
    stage.enters("ada@gmail.com")
    token = stage.token("ada@gmail.com")
    for other in ("ada+1@gmail.com", "a.da+2@gmail.com", "ada+3@googlemail.com", "ada+4@gmail.com"):
        part = stage.enters(other, referral=token)
        assert (part.state, part.entries, part.refer_url) == ("already", (), "")
    assert [(entry.why, entry.lead_id) for entry in stage.entries()] == [("own", stage.lead_id("ada@gmail.com"))]


def test_a_friend_who_enters_brings_one_more_up_to_the_limit(stage):
    stage.enters(ADA)
    token = stage.token(ADA)
    for number in range(4):
        friend = stage.enters(f"friend{number}@example.org", referral=token)
        assert (friend.state, len(friend.entries)) == ("in", 1)
    part = stage.part(ADA)
    assert (len(part.entries), part.earned, part.most) == (3, 2, 2)
    assert stage.dropped() == {"referral-limit": 2}
    assert stage.signups("friend0@example.org")[0].referrer == stage.signups(ADA)[0].id


def test_a_friend_counts_once_and_not_when_they_were_there_before(stage, clock):
    for person in (ADA, BEA, CAI):
        stage.enters(person)
    clock.forward(hours=1)
    assert stage.enters(BEA, referral=stage.token(ADA)).state == "already"
    stage.enters("new@example.org", referral=stage.token(ADA))
    clock.forward(hours=1)
    stage.enters("new@example.org", referral=stage.token(CAI))
    stage.enters("new+again@example.org", referral=stage.token(CAI))
    assert [len(stage.entries(person)) for person in (ADA, BEA, CAI)] == [2, 1, 1]


def test_a_friend_who_asks_and_never_confirms_brings_nothing(stage):
    stage.enters(ADA)
    stage.asks(BEA, referral=stage.token(ADA))
    assert len(stage.entries(ADA)) == 1


@pytest.mark.parametrize("forgery", ["", "cut", "changed", "other purpose", "other contest", "unconfirmed", "nonsense"])
def test_a_referral_that_was_forged_is_counted_as_such_and_the_entry_counts(stage, forgery):
    stage.enters(ADA)
    other = stage.enters(ADA, "other").refer_url.rpartition("/")[2]
    waiting = stage.asks(CAI)
    good, engine = stage.token(ADA), stage.engine
    token = {
        "": good,
        "cut": good[:-1],
        "changed": ("A" if good[0] != "A" else "B") + good[1:],
        "other purpose": engine.tokens.sign("confirm", stage.signups(ADA)[0].id, engine.now()),
        "other contest": other,
        "unconfirmed": engine.tokens.sign("refer", waiting.id, engine.now()),
        "nonsense": "\ud800' OR 1=1 --",
    }[forgery]
    assert stage.enters(BEA, referral=token).state == "in"
    assert len(stage.entries(ADA)) == (1 if forgery else 2)
    assert stage.dropped() == ({"referral-forged": 1} if forgery else {})


def test_nobody_can_ask_from_the_end_on_and_a_press_after_it_is_too_late(stage, clock):
    to_the_end(clock, before=1)
    in_time, waiting = stage.asks(ADA), stage.asks(BEA)
    assert stage.presses(in_time).state == "in"
    clock.forward(seconds=1)
    with pytest.raises(OfferOver) as over:
        stage.asks(CAI)
    assert "31 March 2027" in str(over.value)
    late = stage.presses(waiting)
    assert (late.state, late.entries, late.refer_url) == ("late", (), "")
    assert stage.signups(BEA)[0].confirmed_at == ENDS
    letter = stage.letter(BEA)
    assert "Too late" in letter.subject
    assert "31 March 2027" in str(letter.opening)
    assert len(stage.entries()) == 1
    assert stage.part(ADA).refer_url == ""


def at_once(*steps) -> None:
    """Do them all at the same time, in threads of their own."""
    gate, failed = threading.Barrier(len(steps)), []

    def run(step) -> None:
        gate.wait()
        try:
            step()
        except Exception as error:  # shown by the assertion below
            failed.append(error)

    threads = [threading.Thread(target=run, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failed == []


def test_two_buttons_at_once_make_one_entry_and_friends_at_once_no_more_than_the_limit(stage):
    waiting = [stage.asks(f"ada+{number}@example.org") for number in range(4)]
    at_once(*(lambda one=one: stage.presses(one) for one in waiting))
    (own,) = stage.entries()
    host = next(f"ada+{n}@example.org" for n in range(4) if stage.lead_id(f"ada+{n}@example.org") == own.lead_id)
    friends = [stage.asks(f"friend{number}@example.org", referral=stage.token(host)) for number in range(5)]
    at_once(*(lambda one=one: stage.presses(one) for one in friends))
    assert [entry.why for entry in stage.entries(host)] == ["own", "referral", "referral"]
    assert len(stage.entries()) == 1 + 5 + 2


def test_two_who_send_each_other_at_once_are_both_in(stage):
    for person in (ADA, BEA):
        stage.enters(person, "other")
    stage.enters(CAI)
    at_once(lambda: stage.enters(ADA, referral=stage.token(CAI)), lambda: stage.enters(BEA, referral=stage.token(CAI)))
    assert len(stage.entries(CAI)) == 3


def test_who_is_erased_is_out_with_what_they_brought_and_may_come_back_as_new(stage):
    stage.enters(ADA)
    stage.enters(BEA, referral=stage.token(ADA))
    exported = exporting.everything(stage.engine, stage.lead_id(ADA))["entries"]
    assert [(one["offer"], one["why"], one["withdrawn_at"]) for one in exported] == [
        ("contest", "own", None),
        ("contest", "referral", None),
    ]
    assert not any("signup_id" in one or "key" in one for one in exported)
    erasing.erase(stage.engine, stage.lead_id(BEA))
    assert [entry.why for entry in stage.entries()] == ["own"]
    assert stage.enters(BEA, referral=stage.token(ADA)).state == "in"
    assert len(stage.entries(ADA)) == 3
    assert [entry.why for entry in stage.entries()] == ["own", "own", "referral"]


def test_leaving_stops_letters_and_not_the_entry(stage):
    stage.enters(ADA)
    token = stage.engine.tokens.sign("leave", stage.lead_id(ADA), stage.engine.now())
    leaving.leave(stage.engine, leaving.look(stage.engine, token), "page")
    assert len(stage.entries()) == 1


def test_a_contest_that_has_gone_from_the_site_takes_nobody_and_breaks_nothing(stage):
    waiting = stage.asks(ADA)
    withdraw(stage.engine, "contest")
    confirming.confirm(stage.engine, stage.engine.tokens.sign("confirm", waiting.id, stage.engine.now()))
    assert stage.entries() == []
    assert stage.letters(ADA)[-1].letter == "delivery"
    with pytest.raises(NotToBeSent):
        stage.letter(ADA, "delivery")

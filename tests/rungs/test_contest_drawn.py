"""The draw of a contest: once, after its end, told to winners only, and provable when everybody is forgotten."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import replace
from datetime import UTC

import pytest

from gatepost.actions import drawing, erasing
from gatepost.actions.composing import NotToBeSent
from gatepost.actions.drawing import ContestRefused
from gatepost.actions.owing import owe
from gatepost.engine import Engine
from gatepost.offers.drawing import faults
from gatepost.store import Database, entries
from tests.rungs.asking import publish, withdraw
from tests.rungs.entering import ENDS, SLUG, Stage, contest, to_the_end

ADA, BEA, CAI, DEE = (f"{name}@example.org" for name in ("ada", "bea", "cai", "dee"))


@pytest.fixture
def stage(engine: Engine, both: Database) -> Stage:
    made = replace(engine, database=both)
    publish(made, contest(winners="2"))
    return Stage(made)


def entered(stage: Stage) -> None:
    """Four people with five entries."""
    stage.enters(ADA)
    for person in (BEA, CAI, DEE):
        stage.enters(person, referral=stage.token(ADA) if person == BEA else "")


def test_the_hash_of_the_seed_is_shown_from_the_first_entry_on_and_stays(stage, clock):
    assert drawing.look(stage.engine, SLUG).commitment == ""
    part = stage.enters(ADA)
    shown = drawing.look(stage.engine, SLUG)
    assert (shown.people, shown.count, shown.tickets, shown.digest) == (1, 1, (), "")
    stage.enters(BEA, referral=stage.token(ADA))
    assert drawing.look(stage.engine, SLUG).commitment == shown.commitment == part.commitment
    to_the_end(clock)
    drawn = drawing.draw(stage.engine, SLUG).drawn
    assert hashlib.sha256(drawn["seed"].encode()).hexdigest() == part.commitment


def test_nothing_is_drawn_before_the_end_or_where_nobody_is_in(stage, clock):
    stage.enters(ADA)
    to_the_end(clock, before=1)
    with pytest.raises(ContestRefused, match="runs until 2027-03-31 21:59 UTC") as early:
        drawing.draw(stage.engine, SLUG)
    assert "Draw once it is over" in early.value.cure
    clock.forward(seconds=1)
    drawing.withdraw(stage.engine, SLUG, ADA)
    with pytest.raises(ContestRefused, match="Nobody is in"):
        drawing.draw(stage.engine, SLUG)
    for slug in ("checklist", "nothing"):
        with pytest.raises(ContestRefused, match="no contest"):
            drawing.draw(stage.engine, slug)


def test_a_draw_is_made_once_whatever_is_asked_for_later(stage, clock):
    entered(stage)
    to_the_end(clock)
    listed = drawing.look(stage.engine, SLUG)
    drawn = drawing.draw(stage.engine, SLUG, " lottery: 4 8 15 ")
    assert faults(drawn.drawn, listed.commitment, listed.digest) == []
    assert drawn.drawn["public"] == "lottery: 4 8 15"
    assert (drawn.people, drawn.count, len(drawn.drawn["winners"])) == (4, 5, 2)
    clock.forward(days=1)
    publish(stage.engine, contest(winners="4", ends="2029-01-01"))
    again = drawing.draw(stage.engine, SLUG, "another text")
    assert again.record == drawn.record
    assert again.drawn_at == ENDS
    withdraw(stage.engine, SLUG)
    assert drawing.look(stage.engine, SLUG).record == drawn.record
    assert [one.slug for one in drawing.listed(stage.engine)] == [SLUG]


def test_two_draws_at_once_make_one_record(stage, clock):
    entered(stage)
    to_the_end(clock)
    gate, made = threading.Barrier(2), []

    def run(public: str) -> None:
        gate.wait()
        made.append(drawing.draw(stage.engine, SLUG, public).record)

    threads = [threading.Thread(target=run, args=(public,)) for public in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(made) == 2
    assert len(set(made)) == 1
    winners = [p for p in (ADA, BEA, CAI, DEE) if any(one.letter == "won" for one in stage.letters(p))]
    assert len(winners) == 2


def test_winners_are_told_and_see_it_on_their_page_and_nobody_else_is_written_to(stage, clock):
    entered(stage)
    to_the_end(clock)
    won = drawing.draw(stage.engine, SLUG).drawn["winners"]
    for person in (ADA, BEA, CAI, DEE):
        part, told = stage.part(person), [one.letter for one in stage.letters(person)].count("won")
        assert part.is_drawn
        assert part.won == bool(set(part.entries) & set(won)) == bool(told)
        if told:
            letter = stage.letter(person, "won")
            assert "A book" in str(letter.opening)
    places = [(one.place, one.prize) for one in drawing.entrants(stage.engine, SLUG)]
    assert [place for place, _ in places] == [1, 2, 3, 4, 5]
    assert sorted(prize for _, prize in places) == ["", "substitute", "substitute", "won", "won"]


def test_who_was_withdrawn_or_erased_before_is_not_drawn_and_the_record_outlives_who_is_erased_after(stage, clock):
    entered(stage)
    drawing.withdraw(stage.engine, SLUG, BEA)
    erasing.erase(stage.engine, stage.lead_id(CAI))
    assert stage.part(BEA).state == "out"
    assert len(stage.entries(ADA)) == 2
    assert drawing.look(stage.engine, SLUG).count == 2
    to_the_end(clock)
    drawn = drawing.draw(stage.engine, SLUG)
    assert (drawn.people, drawn.count) == (2, 2)
    assert "@" not in drawn.record
    for person in (ADA, DEE):
        erasing.erase(stage.engine, stage.lead_id(person))
    after = drawing.look(stage.engine, SLUG)
    assert after.record == drawn.record
    assert faults(after.drawn, drawn.commitment) == []
    assert {one.email for one in drawing.entrants(stage.engine, SLUG)} == {"", BEA}
    with pytest.raises(ContestRefused, match="was drawn"):
        drawing.withdraw(stage.engine, SLUG, ADA)


def test_an_erased_entry_leaves_nothing_that_could_be_tried_against_addresses(stage):
    stage.enters(ADA)
    with stage.engine.database.reading() as tx:
        (before,) = entries.of_offer(tx, SLUG)
    erasing.erase(stage.engine, before.lead_id)
    with stage.engine.database.reading() as tx:
        (after,) = entries.of_offer(tx, SLUG, with_withdrawn=True)
        assert entries.by_key(tx, before.key) is None
    assert after.key == f"erased:{before.id.hex}"


@pytest.mark.parametrize("text", ["two\nlines", "x" * 501, "a bell \a", "half \ud800", "para\u2029graph"])
def test_a_public_text_that_nobody_could_copy_is_refused(stage, clock, text):
    stage.enters(ADA)
    to_the_end(clock)
    with pytest.raises(ContestRefused, match="public text"):
        drawing.draw(stage.engine, SLUG, text)
    assert drawing.look(stage.engine, SLUG).record == ""


def test_a_letter_that_says_somebody_won_is_not_sent_when_they_did_not(stage, clock):
    stage.enters(ADA)
    with stage.engine.database.writing() as tx:
        owe(stage.engine, tx, "won", stage.signups(ADA)[0])
    with pytest.raises(NotToBeSent):
        stage.letter(ADA, "won")


def test_an_entry_id_holds_no_time(stage):
    stage.enters(ADA)
    (entry,) = stage.entries()
    assert entry.id.version == 4
    assert entry.at.tzinfo == UTC

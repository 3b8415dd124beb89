"""A question: it becomes a follow-up for the owner once its reader has confirmed, and every owner hears of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from gatepost.actions import composing, confirming, erasing, exporting, following_up
from gatepost.actions.giving import AnswersRefused
from gatepost.engine import Engine
from gatepost.mail.message import Sealed, parsed
from gatepost.store import Database, outbox, owners, tasks
from gatepost.store.outbox import Owed
from gatepost.store.owners import Owner
from tests.rungs.asking import answers, confirms, lead_id, letters, publish, question, withdraw

ADA, BO, CY = "ada@example.org", "bo@example.org", "cy@example.org"
ASKED = {
    "question": ("What does an article cost?\nAnd how long does it take?",),
    "phone": ("+49 30 1234567",),
    "when": ("after six",),
}


@pytest.fixture
def asking(engine: Engine, both: Database) -> Engine:
    """A site with a question and two owners, on each kind of database."""
    made = replace(engine, database=both)
    with both.writing() as tx:
        for email in (BO, CY):
            owners.add(tx, Owner(made.new_id(), email, "", made.now()))
    publish(made, question())
    return made


def sealed(engine: Engine, owed: Owed) -> Sealed:
    with engine.database.writing() as tx:
        to, context = composing.facts(engine, tx, engine.catalogue, owed)
    return composing.sealed(engine, owed, to, context)


def text(engine: Engine, owed: Owed) -> str:
    body = parsed(sealed(engine, owed).content).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def open_tasks(engine: Engine) -> list[tasks.Asked]:
    return list(following_up.listed(engine).asked)


def test_a_question_is_a_follow_up_once_it_is_confirmed_and_not_before(asking):
    waiting = answers(asking, ADA, ASKED, offer="question")
    assert open_tasks(asking) == []
    assert [owed.letter for owed in letters(asking, ADA)] == ["confirm"]
    assert "cost" not in text(asking, letters(asking, ADA)[0])
    confirming.confirm(asking, asking.tokens.sign("confirm", waiting.id, asking.now()))
    confirming.confirm(asking, asking.tokens.sign("confirm", waiting.id, asking.now()))
    (asked,) = open_tasks(asking)
    assert (asked.email, asked.offer, asked.article) == (ADA, "question", "first-steps")
    assert asked.task.due_at == asking.now() + timedelta(days=1)
    assert sorted(owed.letter for owed in letters(asking, ADA)) == [
        "confirm", "question", "question-notice", "question-notice",
    ]  # fmt: skip


def test_the_reader_gets_their_words_back_and_the_day_of_the_answer(asking):
    publish(asking, question(**{"answer-within": "3 days"}))
    confirms(asking, ADA, ASKED, offer="question")
    (owed,) = [one for one in letters(asking, ADA) if one.letter == "question"]
    said = text(asking, owed)
    assert "> What does an article cost?\n> And how long does it take?" in said.replace("\r\n", "\n")
    assert "You hear from us by 25 November 2026." in said
    assert "/yours/" in said


def test_every_owner_gets_a_letter_of_their_own_without_the_readers_links(asking):
    confirms(asking, ADA, ASKED, offer="question")
    notices = [one for one in letters(asking, ADA) if one.letter == "question-notice"]
    sent = [sealed(asking, owed) for owed in notices]
    assert sorted(one.to for one in sent) == [BO, CY]
    for one, owed in zip(sent, notices, strict=True):
        message = parsed(one.content)
        assert str(message["To"]) == one.to
        assert message["List-Unsubscribe"] is None
        said = text(asking, owed)
        for words in ("> +49 30 1234567", "> after six", ADA, "First steps", "/owner/follow-ups#task-"):
            assert words in said
        assert "/leave/" not in said
        assert "/my/" not in said
        assert "/yours/" not in said


def test_an_owner_who_has_gone_gets_no_letter(asking):
    confirms(asking, ADA, ASKED, offer="question")
    owed = next(one for one in letters(asking, ADA) if one.letter == "question-notice")
    stranger = replace(owed, key=f"question-notice:{owed.signup_id}:{asking.new_id()}")
    with pytest.raises(composing.NotToBeSent, match="gone"):
        sealed(asking, stranger)


def test_nothing_that_a_reader_types_becomes_a_header(asking):
    evil = {"question": ("x\nBcc: everybody@example.org\n\n=?utf-8?q?=0ABcc:_a@b.c?=",), "when": ("Subject: no",)}
    confirms(asking, ADA, evil, offer="question")
    for owed in letters(asking, ADA)[1:]:
        message = parsed(sealed(asking, owed).content)
        assert message["Bcc"] is None
        assert len(message.get_all("Subject", [])) == 1
        assert "> Bcc: everybody@example.org" in text(asking, owed)


def test_a_number_that_is_none_and_a_question_without_words_are_refused(asking):
    for wrong, key in (
        ({"phone": ("call me",), "question": ("Why?",)}, "phone"),
        ({"phone": ("+49 30 1",)}, "question"),
        ({"question": ("x" * 100_000,)}, "question"),
    ):
        with pytest.raises(AnswersRefused) as refused:
            answers(asking, ADA, wrong, offer="question")
        assert key in refused.value.answers


def test_a_number_can_be_demanded_and_times_can_be_offered(asking):
    publish(asking, question(phone="required", hours="Mornings, Afternoons"))
    with pytest.raises(AnswersRefused) as refused:
        answers(asking, ADA, {"question": ("Why?",), "when": ("at night",)}, offer="question")
    assert set(refused.value.answers) == {"phone", "when"}
    confirms(asking, ADA, {**ASKED, "when": ("Mornings",)}, offer="question")
    assert len(open_tasks(asking)) == 1


def test_the_first_due_comes_first_and_what_is_done_last(asking, clock):
    publish(asking, question(**{"answer-within": "5 days"}))
    confirms(asking, "late@example.org", ASKED, offer="question")
    publish(asking, question())
    clock.forward(hours=1)
    confirms(asking, "soon@example.org", ASKED, offer="question")
    clock.forward(hours=1)
    confirms(asking, "done@example.org", ASKED, offer="question")
    assert [one.email for one in open_tasks(asking)] == ["soon@example.org", "done@example.org", "late@example.org"]
    third = open_tasks(asking)[1].task.id
    assert following_up.settle(asking, third, is_done=True, note="Called, wants a quote.")
    found = following_up.listed(asking, with_done=True)
    assert (found.open, found.done) == (2, 1)
    assert [one.email for one in found.asked] == ["soon@example.org", "late@example.org", "done@example.org"]
    assert found.asked[-1].task.note == "Called, wants a quote."
    assert [one.email for one in open_tasks(asking)] == ["soon@example.org", "late@example.org"]
    assert following_up.settle(asking, third, is_done=False, note="Not reached.")
    assert open_tasks(asking)[1].task.done_at is None
    assert not following_up.settle(asking, asking.new_id(), is_done=True, note="")


def test_a_follow_up_that_was_done_keeps_the_time_of_it_when_its_note_is_changed(asking, clock):
    confirms(asking, ADA, ASKED, offer="question")
    (asked,) = open_tasks(asking)
    following_up.settle(asking, asked.task.id, is_done=True, note="")
    done_at = clock()
    clock.forward(days=1)
    following_up.settle(asking, asked.task.id, is_done=True, note="A client now.")
    (found,) = following_up.listed(asking, with_done=True).asked
    assert (found.task.done_at, found.task.note) == (done_at, "A client now.")


def test_the_question_is_told_even_after_its_offer_has_gone(asking):
    confirms(asking, ADA, ASKED, offer="question")
    withdraw(asking, "question")
    for owed in letters(asking, ADA)[1:]:
        assert "What does an article cost?" in text(asking, owed)


def test_what_was_asked_and_noted_is_exported_and_goes_with_the_person(asking):
    confirms(asking, ADA, ASKED, offer="question")
    (asked,) = open_tasks(asking)
    following_up.settle(asking, asked.task.id, is_done=False, note="A difficult lady.")
    person = lead_id(asking, ADA)
    held = exporting.everything(asking, person)
    assert held["tasks"][0]["note"] == "A difficult lady."
    assert held["signups"][0]["answers"]["phone"] == ["+49 30 1234567"]
    erasing.erase(asking, person)
    assert open_tasks(asking) == []
    with asking.database.reading() as tx:
        (kept,) = tasks.of_lead(tx, person)
        states = {owed.letter: owed.state for owed in outbox.of_lead(tx, person)}
    assert (kept.note, kept.done_at) == ("", asking.now())
    assert states["question-notice"] == "dropped"

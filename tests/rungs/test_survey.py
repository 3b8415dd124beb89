"""A survey: whose answers count, what they choose, and what of them is nobody's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gatepost.actions import composing, confirming, erasing, exporting, granting, mailing
from gatepost.actions.giving import AnswersRefused
from gatepost.engine import Engine
from gatepost.mail.message import parsed
from gatepost.report.surveys import Took
from gatepost.store import Database, counters, grants, surveys
from gatepost.store import answers as stored
from tests.rungs.asking import answers, confirms, latest, lead_id, letters, publish, question, survey, withdraw

ADA, BEA, CAI = "ada@example.org", "bea@example.org", "cai@example.org"
FRIEND, LINKEDIN = {"source": ("A friend",)}, {"source": ("LinkedIn",)}


@pytest.fixture
def asking(engine: Engine, both: Database) -> Engine:
    """A site with a survey and a question, on each kind of database."""
    made = replace(engine, database=both)
    publish(made, survey(), question())
    return made


def given(engine: Engine, email: str) -> list[str]:
    """The names of the files that the latest request was given."""
    with engine.database.reading() as tx:
        return [grant.file.name for grant in grants.of_signup(tx, latest(engine, email).id)]


def last_letter(engine: Engine, email: str) -> tuple[str, str]:
    """Subject and text of the newest letter owed, as it would be sent now."""
    owed = letters(engine, email)[-1]
    with engine.database.writing() as tx:
        to, context = composing.facts(engine, tx, engine.catalogue, owed)
    message = parsed(composing.sealed(engine, owed, to, context).content)
    body = message.get_body(("plain",))
    assert body is not None
    return str(message["Subject"]), body.get_content()


def test_answers_count_once_they_are_confirmed_and_not_before(asking):
    waiting = answers(asking, ADA, FRIEND)
    with asking.database.reading() as tx:
        assert surveys.people(tx, "survey") == Took(requested=1)
        assert surveys.counts(tx, "survey", ["source"]) == {}
    confirming.confirm(asking, asking.tokens.sign("confirm", waiting.id, asking.now()))
    with asking.database.reading() as tx:
        assert surveys.people(tx, "survey") == Took(requested=1, confirmed=1)
        assert surveys.counts(tx, "survey", ["source"]) == {"source": {"A friend": 1}}


def test_the_last_confirmed_answers_of_a_person_count_once(asking, clock):
    first = answers(asking, ADA, FRIEND)
    clock.forward(hours=1)
    confirms(asking, ADA, LINKEDIN)
    clock.forward(hours=1)
    confirms(asking, BEA, FRIEND)
    clock.forward(hours=1)
    # The older answers are confirmed last, so they are the ones she stands by.
    confirming.confirm(asking, asking.tokens.sign("confirm", first.id, asking.now()))
    with asking.database.reading() as tx:
        assert surveys.people(tx, "survey") == Took(requested=2, confirmed=2, again=1)
        assert surveys.answered(tx, "survey") == {"source": 2}
        assert surveys.counts(tx, "survey", ["source"]) == {"source": {"A friend": 2}}
        ada, bea = surveys.given(tx, "survey")
    assert (ada.email, ada.times, ada.answers) == (ADA, 2, FRIEND)
    assert (bea.email, bea.times) == (BEA, 1)


def test_an_address_of_another_counts_for_nothing_without_their_button(asking):
    confirms(asking, ADA, FRIEND)
    answers(asking, ADA, LINKEDIN)
    with asking.database.reading() as tx:
        assert surveys.counts(tx, "survey", ["source"]) == {"source": {"A friend": 1}}


def test_words_typed_under_the_address_of_another_are_forgotten_with_their_request(asking, clock):
    confirms(asking, ADA, FRIEND)
    clock.forward(hours=1)
    forged = answers(asking, ADA, {**LINKEDIN, "wish": ("Not Ada's words.",)})
    clock.forward(days=29)
    mailing.tidy(asking)
    with asking.database.reading() as tx:
        assert "wish" in stored.of(tx, forged.id)
    clock.forward(days=2)
    mailing.tidy(asking)
    with asking.database.reading() as tx:
        assert stored.of(tx, forged.id) == {}
        assert surveys.counts(tx, "survey", ["source"]) == {"source": {"A friend": 1}}


def test_a_question_that_nobody_asked_is_dropped_and_counted(asking):
    confirms(asking, ADA, {**FRIEND, "shoe-size": ("44",), "is_admin": ("yes",)})
    with asking.database.reading() as tx:
        assert stored.of(tx, latest(asking, ADA).id) == FRIEND
        assert counters.dropped_totals(tx)["unknown-question"] == 2


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"source": ("Carrier pigeon",)}, "source"),
        ({"source": ("A friend", "Search")}, "source"),
        ({**FRIEND, "sure": ("6",)}, "sure"),
        ({**FRIEND, "pain": ("Too little time", "Everything")}, "pain"),
        ({**FRIEND, "wish": ("x" * 100_000,)}, "wish"),
        ({**FRIEND, "wish": ("a\x00b",)}, "wish"),
        ({}, "source"),
    ],
)
def test_a_forged_an_endless_or_a_missing_answer_is_refused_by_its_question(asking, wrong, key):
    with pytest.raises(AnswersRefused) as refused:
        answers(asking, ADA, wrong)
    assert list(refused.value.answers) == [key]
    with asking.database.reading() as tx:
        assert surveys.people(tx, "survey") == Took()


def test_answers_choose_the_offer_whose_files_are_given_and_the_letter_names_it(asking):
    confirms(asking, ADA, LINKEDIN)
    assert given(asking, ADA) == ["Before you publish.pdf"]
    subject, text = last_letter(asking, ADA)
    assert subject == "Here it is: Before you publish"
    assert "Your answers to “One minute, please” count" in " ".join(text.split())
    assert "They led to this: “Before you publish”." in " ".join(text.split())
    confirms(asking, BEA, {**FRIEND, "pain": ("Too little time",)})
    assert given(asking, BEA) == ["Clients by writing.pdf", "Clients by writing.epub"]


def test_answers_that_choose_nothing_bring_thanks_and_a_page_with_them(asking):
    confirms(asking, ADA, {**FRIEND, "sure": ("4",)})
    assert given(asking, ADA) == []
    subject, text = last_letter(asking, ADA)
    assert subject == "Your answers count: One minute, please"
    assert "> A friend" in text
    assert "> 4 (1 = not at all, 5 = entirely)" in text
    assert "/yours/" in text


def test_a_survey_on_a_gated_article_gives_the_rest_of_it_too(asking):
    confirms(asking, ADA, LINKEDIN, article="gated")
    assert given(asking, ADA) == ["Before you publish.pdf", "The gated one.pdf"]


def test_a_spent_link_is_renewed_for_the_offer_once_given_whatever_the_survey_says_now(asking, clock):
    signup = confirms(asking, ADA, LINKEDIN)
    publish(asking, survey(ending=("source = LinkedIn -> ebook",)))
    clock.forward(days=40)
    with asking.database.writing() as tx:
        granting.renew(asking, tx, signup)
    assert given(asking, ADA) == ["Before you publish.pdf"] * 2
    withdraw(asking, "checklist")
    clock.forward(days=40)
    with asking.database.writing() as tx, pytest.raises(granting.OfferUnknown):
        granting.renew(asking, tx, signup)


def test_an_old_confirmation_link_brings_the_thanks_again_where_there_was_no_file(asking, clock):
    signup = confirms(asking, ADA, FRIEND)
    clock.forward(days=60)
    confirming.send_again(asking, asking.tokens.sign("confirm", signup.id, signup.requested_at))
    assert [owed.letter for owed in letters(asking, ADA)] == ["confirm", "survey", "survey"]


def test_since_a_day_only_later_answers_count(asking, clock):
    confirms(asking, ADA, FRIEND)
    clock.forward(days=3)
    confirms(asking, BEA, LINKEDIN)
    day = clock().date()
    with asking.database.reading() as tx:
        assert surveys.people(tx, "survey", day) == Took(requested=1, confirmed=1)
        assert surveys.counts(tx, "survey", ["source"], day) == {"source": {"LinkedIn": 1}}
        assert [one.email for one in surveys.given(tx, "survey", day)] == [BEA]


def test_the_people_behind_an_answer_come_newest_first_in_pages(asking, clock):
    for place, email in enumerate((ADA, BEA, CAI)):
        confirms(asking, email, FRIEND if place else LINKEDIN)
        clock.forward(minutes=1)
    with asking.database.reading() as tx:
        friends = surveys.given(tx, "survey", question="source", answer="A friend")
        second = surveys.given(tx, "survey", question="source", limit=1, offset=1)
        nobody = surveys.given(tx, "survey", question="wish")
    assert [one.email for one in friends] == [CAI, BEA]
    assert [one.email for one in second] == [BEA]
    assert nobody == []


def test_an_erased_person_leaves_a_number_and_no_word(asking):
    confirms(asking, ADA, {**FRIEND, "wish": ("Something only Ada would write.",)})
    held = exporting.everything(asking, lead_id(asking, ADA))
    assert held["signups"][0]["answers"] == {"source": ["A friend"], "wish": ["Something only Ada would write."]}
    erasing.erase(asking, lead_id(asking, ADA))
    with asking.database.reading() as tx:
        assert surveys.people(tx, "survey") == Took(requested=1, confirmed=1, erased=1)
        assert surveys.answered(tx, "survey") == {}

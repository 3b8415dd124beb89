"""Offers refuse what a writer got wrong; leads, grants and addresses keep their promises."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost.leads import Grant, GrantEnded, GrantRevoked, GrantUsedUp, Lead, LeadErased, email_key, mailbox
from gatepost.offers import KINDS, Draft, HeldFile, Money, MoneyUnreadable, check

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FILE = HeldFile("ab" * 32, "List.pdf", "application/pdf", 10)
WHOLE = {
    "checklist": Draft("checklist", "T", consent="letters", has_held=True, tasks=3),
    "ebook": Draft("ebook", "T", consent="letters", chapters=("a/1.md",)),
    "download": Draft("download", "T", consent="letters", files=("files/a.pdf",)),
    "case-study": Draft(
        "case-study", "T", consent="letters", has_held=True, fields={"client": ("A",), "result": ("B",)}
    ),
    "survey": Draft("survey", "T", consent="letters", fields={"questions": ("How? | text",)}),
    "question": Draft("question", "T", consent="letters"),
    "webinar": Draft(
        "webinar",
        "T",
        consent="letters",
        link="https://meet.example.org/room",
        fields={"starts": ("2027-03-02 18:00",), "minutes": ("45",)},
    ),
    "event": Draft(
        "event",
        "T",
        consent="letters",
        fields={"starts": ("2027-03-02 18:00",), "minutes": ("45",), "place": ("Hall",)},
    ),
    "contest": Draft("contest", "T", consent="letters", fields={"ends": ("2027-03-02 18:00",), "prize": ("A book",)}),
    "linkedin": Draft("linkedin", "T", link="https://www.linkedin.com/in/ada"),
}


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_accepts_a_whole_draft_and_names_the_cure_for_an_empty_one(name):
    assert list(check(WHOLE[name])) == []
    mistakes = list(check(Draft(name)))
    assert mistakes
    assert all(m.field and m.problem and m.cure for m in mistakes)


@pytest.mark.parametrize("name", [n for n, kind in KINDS.items() if kind.asks])
def test_a_form_without_a_wording_is_a_mistake(name):
    from dataclasses import replace

    assert [m.field for m in check(replace(WHOLE[name], consent=" "))] == ["Consent"]


@pytest.mark.parametrize(
    ("field", "value"), [("value", "forty"), ("value", "40"), ("expires", "soon"), ("expires", "0"), ("expires", "²")]
)
def test_a_value_or_an_end_that_cannot_be_read_is_a_mistake(field, value):
    from dataclasses import replace

    assert [m.field.lower() for m in check(replace(WHOLE["checklist"], **{field: value}))] == [field]


def test_a_kind_that_does_not_exist_names_those_that_do():
    (mistake,) = check(Draft("webinarr"))
    assert "checklist" in mistake.cure


@pytest.mark.parametrize(
    ("text", "amount"), [("40 EUR", 4000), ("12.5 GBP", 1250), ("900 JPY", 900), ("1.234 KWD", 1234)]
)
def test_money_is_kept_in_minor_units(text, amount):
    assert Money.parse(text).amount == amount


@pytest.mark.parametrize(
    "text", ["", "40", "EUR", "-1 EUR", "1.234 EUR", "9.5 JPY", "1,5 EUR", "40 eur", "1e9 EUR", "٤٠ EUR EUR"]
)
def test_what_is_not_money_is_refused(text):
    with pytest.raises(MoneyUnreadable):
        Money.parse(text)


@given(st.integers(0, 10**12 - 1), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_money_written_is_money_read(amount, currency):
    assert Money.parse(str(Money(amount, currency))) == Money(amount, currency)


def test_a_second_press_of_the_button_changes_nothing():
    lead = Lead(uuid4(), "a@b.example", "a@b.example", "a@b.example", NOW)
    once = lead.confirmed(NOW)
    assert once.confirmed(NOW + timedelta(days=1)) == once
    assert once.left(NOW).state == "left"
    assert once.left(NOW).confirmed(NOW).state == "confirmed"


def test_nothing_is_done_in_the_name_of_the_erased():
    gone = Lead(uuid4(), "a@b.example", "a@b.example", "a@b.example", NOW, name="Ada").erased(NOW)
    assert "a@b.example" not in repr(gone)
    assert "Ada" not in repr(gone)
    for change in (gone.confirmed, gone.left):
        with pytest.raises(LeadErased):
            change(NOW)


def test_a_grant_ends_runs_dry_or_is_taken_back():
    from dataclasses import replace

    grant = Grant(uuid4(), uuid4(), uuid4(), "checklist", FILE, NOW, NOW + timedelta(days=30), 3)
    grant.check(NOW + timedelta(days=30) - timedelta(seconds=1))
    with pytest.raises(GrantEnded):
        grant.check(NOW + timedelta(days=30))
    with pytest.raises(GrantUsedUp):
        replace(grant, uses=3).check(NOW)
    with pytest.raises(GrantRevoked):
        replace(grant, revoked_at=NOW).check(NOW)


def test_only_latin_letters_lose_their_case_in_an_identity():
    assert email_key("Ada@Example.ORG") == "ada@example.org"
    assert email_key("mıke@example.org") != email_key("mike@example.org")
    assert email_key("MİKE@example.org") != email_key("mike@example.org")
    assert email_key("\u212aathy@example.org") != email_key("kathy@example.org")


def test_a_letter_box_is_one_however_it_is_spelt():
    assert {mailbox(a) for a in ("v.ictim+1@gmail.com", "VICTIM@googlemail.com", "victim@gmail.com")} == {
        "victim@gmail.com"
    }
    assert mailbox("a.b+x@example.org") == "a.b@example.org"
    assert mailbox("+x@example.org") == "+x@example.org"

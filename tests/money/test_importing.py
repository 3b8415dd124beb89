"""Deals and spend are imported whole, once, and credited as they come."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from gatepost.actions import crediting, erasing, exporting, importing, leaving
from gatepost.actions.importing import FileUnreadable
from gatepost.leads import email_key
from gatepost.offers import Money
from gatepost.report.span import Span
from gatepost.store import leads, money, reports, sums
from gatepost.store import tables as t
from tests.report.story import START, lead

HEADER = "email,amount,currency,date,kind,id,note\n"
TWO = HEADER + 'ada@example.org,"2,400.00",EUR,2026-11-23,,R-1,Audit\nbo@example.org,10,CHF,2026-11-24,,,\n'
LAW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def deals(engine, text: str, **options):
    return importing.import_deals(engine, text.encode(), **options)


def spend(engine, text: str, **options):
    return importing.import_spend(engine, text.encode(), **options)


def stored(engine, table=t.deal) -> int:
    with engine.database.reading() as tx:
        return tx.execute(select(func.count()).select_from(table)).scalar_one()


def credited(engine, model: str = "linear") -> dict[str, dict[str, int]]:
    with engine.database.reading() as tx:
        given = sums.credit(tx, "deal").get(model, {})
    return {slug: {one.currency: one.amount for one in found.amounts} for slug, found in given.items()}


def test_a_deal_is_credited_to_what_its_lead_read(shop):
    done = deals(shop, TWO)
    assert done.is_clean
    assert [deal.amount for deal in done.added] == [Money(240_000, "EUR"), Money(1000, "CHF")]
    assert credited(shop) == {
        "first-steps": {"EUR": 120_000},
        "second-thoughts": {"EUR": 120_000},
        "gated": {"CHF": 1000},
    }


def test_a_file_imported_twice_adds_nothing_and_credits_nothing(shop):
    deals(shop, TWO)
    before = credited(shop)
    again = deals(shop, TWO)
    assert (len(again.added), again.known, again.is_clean) == (0, 2, True)
    assert (stored(shop), credited(shop)) == (2, before)


lines = st.lists(
    st.tuples(
        st.sampled_from(("ada@example.org", "BO@example.org", "cy@Example.org")),
        st.integers(-5000, 5000),
        st.sampled_from(("EUR", "JPY")),
        st.integers(0, 3),
        st.sampled_from(("", "first", "repeat")),
    ),
    max_size=8,
)


@LAW
@given(found=lines, longer=lines)
def test_twice_is_once_and_a_file_that_grew_adds_what_grew(shop, found, longer):
    with shop.database.writing() as tx:
        tx.execute(delete(t.deal))
    crediting.recount(shop.database)

    def file(of) -> str:
        cells = (f"{who};{cents};{currency};{date(2026, 11, 1 + day)};{kind}" for who, cents, currency, day, kind in of)
        return "\r\n".join(["\ufeffEmail;AMOUNT;Currency;Date;Kind", *cells, ""])

    assert len(deals(shop, file(found)).added) == len(found)
    assert deals(shop, file(found)).known == len(found)
    assert len(deals(shop, file(found + longer)).added) == len(longer)
    assert stored(shop) == len(found + longer)
    kept = credited(shop)
    crediting.recount(shop.database)
    assert kept == credited(shop)


def test_a_file_with_one_bad_line_imports_nothing_and_names_every_bad_line(shop):
    bad = deals(shop, TWO + 'ada@example.org,"1,234",EUR,2026-11-23,,,\nno-address,1,EUR,23.11.2026,,,\nx,1\n')
    assert [finding.line for finding in bad.problems] == [4, 5, 6]
    assert "1234" in bad.problems[0].problem
    assert all(finding.cure for finding in bad.problems)
    assert (bad.added, stored(shop), credited(shop)) == ((), 0, {})


def test_deals_of_nobody_are_kept_out_by_line_and_the_others_are_imported(shop):
    done = deals(shop, TWO + "zoe@example.org,5,EUR,2026-11-23,,,\n")
    assert [(finding.line, "zoe@example.org" in finding.problem) for finding in done.kept_out] == [(4, True)]
    assert (len(done.added), stored(shop), done.is_clean) == (2, 2, False)
    with shop.database.writing() as tx:
        lead(tx, "zoe")
    assert [deal.amount for deal in deals(shop, TWO + "zoe@example.org,5,EUR,2026-11-23,,,\n").added] == [
        Money(500, "EUR")
    ]


def test_a_dry_run_says_the_same_and_stores_nothing(shop):
    said = deals(shop, TWO, dry_run=True)
    assert (stored(shop), credited(shop)) == (0, {})
    did = deals(shop, TWO)
    assert [deal.key for deal in said.added] == [deal.key for deal in did.added]
    assert (said.known, deals(shop, TWO, dry_run=True).known) == (0, 2)
    line = "date,amount,currency,channel\n2026-11-01,5,EUR,event\n"
    assert len(spend(shop, line, dry_run=True).added) == 1
    assert stored(shop, t.spend) == 0


def test_the_earliest_deal_of_a_lead_is_its_first_and_a_refund_never_is(shop):
    text = "email,amount,currency,date\n" + "".join(
        f"ada@example.org,{amount},EUR,{day}\n"
        for amount, day in ((50, "2026-11-20"), (-5, "2026-11-01"), (60, "2026-11-10"), (70, "2026-11-10"))
    )
    assert [deal.kind for deal in deals(shop, text).added] == ["repeat", "repeat", "first", "repeat"]
    later = deals(
        shop, "email,amount,currency,date\nada@example.org,9,EUR,2026-12-01\nbo@example.org,9,EUR,2026-12-01\n"
    )
    assert [deal.kind for deal in later.added] == ["repeat", "first"]
    said = deals(shop, HEADER + "bo@example.org,9,EUR,2026-12-05,First,,\n")
    assert [deal.kind for deal in said.added] == ["first"]


def test_a_refund_takes_credit_back(shop):
    deals(shop, TWO + "ada@example.org,-2400,EUR,2026-12-01,,R-2,\n")
    assert credited(shop)["first-steps"] == {"EUR": 0}


def test_an_id_known_with_another_amount_is_named_and_nothing_is_overwritten(shop):
    deals(shop, TWO)
    changed = deals(shop, TWO.replace("2,400.00", "2,500.00"))
    assert [(finding.line, "another amount" in finding.problem) for finding in changed.kept_out] == [(2, True)]
    assert credited(shop)["first-steps"] == {"EUR": 120_000}


def test_one_id_on_two_lines_of_a_file_is_a_mistake(shop):
    bad = deals(shop, TWO + "bo@example.org,10,CHF,2026-11-24,,R-1,\n")
    assert [(finding.line, "line 2" in finding.problem) for finding in bad.problems] == [(4, True)]


def test_somebody_who_left_counts_and_somebody_erased_is_nobody(shop):
    with shop.database.reading() as tx:
        ada, bo = (leads.by_key(tx, email_key(f"{name}@example.org")) for name in ("ada", "bo"))
    leaving.leave(shop, ada, "page")
    erasing.erase(shop, bo.id)
    done = deals(shop, TWO)
    assert [deal.lead_id for deal in done.added] == [ada.id]
    assert [finding.line for finding in done.kept_out] == [3]


def test_of_an_erased_lead_the_numbers_stay_and_the_note_goes(shop):
    deals(shop, TWO)
    with shop.database.reading() as tx:
        ada = leads.by_key(tx, "ada@example.org")
    before = credited(shop)
    assert [deal["note"] for deal in exporting.everything(shop, ada.id)["deals"]] == ["Audit"]
    erasing.erase(shop, ada.id)
    with shop.database.reading() as tx:
        assert [(deal.amount, deal.note) for deal in money.deals_of(tx, ada.id)] == [(Money(240_000, "EUR"), "")]
        assert ("", "Audit") not in [(email, deal.note) for deal, email in money.deals(tx)]
    assert credited(shop) == before


def test_spend_is_money_or_hours_on_an_article_a_channel_or_a_campaign(shop):
    text = (
        "Date;Amount;Hours;Rate;Currency;Article;Channel;Campaign\n"
        "2026-11-01;1.250,00;;;EUR;;Paid-Social;autumn\n"
        "2026-11-03;;6,5;90;EUR;first-steps;;\n"
        "2026-10-03;;1;90,50;EUR;first-steps;email;\n"
        "2026-11-03;5;;;JPY;;;autumn\n"
    )
    assert [one.amount.amount for one in spend(shop, text).added] == [125_000, 58_500, 9050, 5]
    assert spend(shop, text).known == 4
    with shop.database.reading() as tx:
        assert money.spend_by_article(tx) == {"first-steps": (Money(67_550, "EUR"),)}
        assert money.spend_by_article(tx, Span(date(2026, 11, 1))) == {"first-steps": (Money(58_500, "EUR"),)}
        by_channel = {one.channel: one.spend for one in money.channel_counts(tx, Span(date(2026, 11, 1)))}
        assert by_channel == {"paid-social": (Money(125_000, "EUR"),), "search": ()}
        facts = reports.facts(tx)
    assert facts.spend == {"first-steps": (Money(67_550, "EUR"),)}
    assert {one.channel: one.spend for one in facts.channels}["email"] == (Money(9050, "EUR"),)


@pytest.mark.parametrize(
    ("line", "cure"),
    [
        ("2026-11-01,5,,,EUR,,,", "Name an article"),
        ("2026-11-01,5,,,EUR,first-stepps,,", "first-steps"),
        ("2026-11-01,5,,,EUR,,carrier-pigeon,", "paid-search"),
        ("2026-11-01,5,1,2,EUR,,event,", "either an amount, or hours"),
        ("2026-11-01,,1,,EUR,,event,", "either an amount, or hours"),
        ("2026-11-01,,1:30,90,EUR,,event,", "1.5"),
        ("2026-11-01,,1,-90,EUR,,event,", "negative hours"),
        ("2026-11-31,5,,,EUR,,event,", "2026-11-23"),
        ("20261101,5,,,EUR,,event,", "2026-11-23"),
        ("2026-11-01,5,,,Euro,,event,", "three letters"),
        ("2026-11-01,5.001,,,EUR,,event,", ""),
        ("2026-11-01,5,,,EUR,,event,a\x1bb", "anew"),
        ('2026-11-01,5,,,EUR,,event,"x', "quote"),
    ],
)
def test_a_line_of_spend_that_means_nothing_is_refused_with_its_cure(shop, line, cure):
    bad = spend(shop, f"date,amount,hours,rate,currency,article,channel,campaign\n{line}\n")
    assert [finding.line for finding in bad.problems] == [2]
    assert cure in bad.problems[0].cure
    assert stored(shop, t.spend) == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"email,amount,currency\n", "lacks: date"),
        (b"email,amount,currency,date,Email\n", "email twice"),
        ("email,amount,currency,date\nå@x.de,1,EUR,2026-01-01\n".encode("latin-1"), "UTF-8"),
        ("email,amount,currency,date\n".encode("utf-16"), "UTF-8"),
    ],
)
def test_a_file_that_is_no_list_of_deals_is_refused_whole(shop, content, says):
    with pytest.raises(FileUnreadable, match=says) as refused:
        importing.import_deals(shop, content)
    assert refused.value.cure


def test_lines_keep_their_numbers_under_blank_lines_and_notes_of_several_lines(shop):
    text = '\n"Email",Amount,Currency,Date,Note,Mood\n\nada@example.org,1,eur,2026-11-01,"one\ntwo",glad\nbo@example.org,x,EUR,2026-11-01,,\n'
    bad = deals(shop, text)
    assert ([finding.line for finding in bad.problems], bad.passed_over) == ([6], ["mood"])
    good = deals(shop, text.replace(",x,", ",7,"))
    assert [(deal.note, deal.amount.currency) for deal in good.added] == [("one two", "EUR"), ("", "EUR")]


def test_what_is_listed_counts_from_a_day_on(shop):
    deals(shop, TWO)
    with shop.database.reading() as tx:
        assert [email for _, email in money.deals(tx)] == ["bo@example.org", "ada@example.org"]
        assert [email for _, email in money.deals(tx, (START + timedelta(days=22)).date())] == ["bo@example.org"]

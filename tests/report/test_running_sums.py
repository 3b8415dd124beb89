"""Running sums say what the leads and days say, however they came about."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from gatepost.actions import climbing, confirming, crediting, erasing
from gatepost.engine import Engine
from gatepost.journey import Touch
from gatepost.leads import Deal, Lead, Signup
from gatepost.offers import Money
from gatepost.report.span import Span
from gatepost.store import Database, leads, schema, sums
from gatepost.store import requests as people_asking
from gatepost.store import tables as t
from tests.report.story import START, lead, signup

_ids = count(1 << 64)
ARTICLES = ("first-steps", "second-thoughts", "gated", "old")
LAW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

touches = st.builds(
    Touch,
    at=st.integers(0, 80 * 24).map(lambda hours: START - timedelta(hours=hours)),
    article=st.sampled_from(ARTICLES),
    channel=st.sampled_from(("direct", "search", "social")),
    suspect=st.sampled_from(("", "", "", "receipt-missing")),
)
requests = st.tuples(
    st.lists(touches, max_size=6),
    st.sampled_from(("", *ARTICLES)),
    st.sampled_from((None, Money(4000, "EUR"), Money(1, "EUR"), Money(999, "CHF"))),
    st.integers(0, 70),
)
histories = st.lists(st.lists(requests, min_size=1, max_size=3), min_size=1, max_size=6)


def live(database: Database, history: list[list[tuple]], deals: bool = True) -> None:
    """Every lead of a history asks, confirms and buys, one after the other."""
    for number, asked in enumerate(history):
        with database.writing() as tx:
            who = lead(tx, f"reader{uuid4().hex}")
        for journey, article, value, day in sorted(asked, key=lambda one: one[3]):
            ask(database, who, journey, article, value, START + timedelta(days=day))
        if deals and number % 2 == 0:
            with database.writing() as tx:
                deal = sold(who.id, Money(12345 - 20000 * (number % 3), "EUR"), date(2026, 12, 1 + number))
                with climbing.counting(tx, who.id):
                    tx.execute(t.deal.insert(), [row(deal)])
                crediting.credit_deals(tx, [deal])


def ask(database: Database, who: Lead, journey: list[Touch], article: str, value: Money | None, at: datetime) -> UUID:
    # Like those of the product, ids of later requests are larger: two confirmed in one moment have an order.
    made = Signup(UUID(int=next(_ids)), who.id, "checklist", at, article, value=value, confirmed_at=at)
    with database.writing() as tx:
        with climbing.counting(tx, who.id):
            leads.add_signup(tx, made)
            leads.add_journey(tx, made.id, sorted(journey, key=lambda touch: touch.at))
        crediting.credit_request(tx, who.id, made.id)
    return made.id


def sold(lead_id: UUID, amount: Money, day: date) -> Deal:
    return Deal(uuid4(), uuid4().hex, lead_id, amount, day, "first", "", START)


def row(deal: Deal) -> dict[str, object]:
    return {**vars(deal), "amount": deal.amount.amount, "currency": deal.amount.currency}


def whole(database: Database) -> dict[str, dict[tuple, tuple]]:
    """All sums by their keys."""
    found: dict[str, dict[tuple, tuple]] = {}
    with database.reading() as tx:
        for table in (t.credit_sum, t.helped_sum, t.origin_sum, t.people_sum, t.step_sum, t.coverage_day):
            keys = [column.name for column in table.primary_key]
            rows = [dict(found._mapping) for found in tx.execute(select(table))]
            found[table.name] = {
                tuple(one[key] for key in keys): tuple(one[name] for name in one if name not in keys) for one in rows
            }
    return found


def same(one: dict[str, dict[tuple, tuple]], other: dict[str, dict[tuple, tuple]]) -> None:
    for name, rows in one.items():
        assert rows.keys() == other[name].keys()
        for key, values in rows.items():
            assert values == pytest.approx(other[name][key], rel=1e-9, abs=1e-9), (name, key)


@LAW
@given(history=histories)
def test_sums_kept_as_leads_confirm_equal_a_full_recount(database, history):
    live(database, history)
    kept = whole(database)
    crediting.recount(database)
    same(kept, whole(database))


@LAW
@given(history=histories)
def test_each_lead_gives_one_lead_and_its_whole_value_under_every_model(database, history):
    with database.reading() as tx:
        before = {model: total(given) for model, given in sums.credit(tx, "lead").items()}
    live(database, history, deals=False)
    # The oldest of a lead's requests converts; sorted, as it lived.
    worth = Counter()
    for asked in history:
        value = sorted(asked, key=lambda one: one[3])[0][2]
        if value:
            worth[value.currency] += value.amount
    with database.reading() as tx:
        for model, given in sums.credit(tx, "lead").items():
            shares, money = total(given)
            shares_before, money_before = before.get(model, (0, Counter()))
            assert shares - shares_before == pytest.approx(len(history), abs=1e-9)
            assert money - money_before == +worth


def total(given: dict) -> tuple[float, Counter]:
    money: Counter = Counter()
    for credited in given.values():
        for amount in credited.amounts:
            money[amount.currency] += amount.amount
    return sum(credited.shares for credited in given.values()), money


@LAW
@given(history=histories, since=st.integers(0, 80))
def test_days_add_up_to_all_time_and_since_a_day_to_the_days_from_it_on(database, history, since):
    live(database, history)
    day = (START + timedelta(days=since)).date()
    with database.reading() as tx:
        every, later = sums.credit(tx, "lead"), sums.credit(tx, "lead", Span(day))
        from_the_first_day = sums.credit(tx, "lead", Span(START.date()))
        rows = tx.execute(select(t.credit_sum).where(t.credit_sum.c.period.between(day.isoformat(), "9999"))).all()
    for model, by_article in every.items():
        for article, credited in by_article.items():
            assert from_the_first_day[model][article].shares == pytest.approx(credited.shares, abs=1e-9)
    expected: dict[tuple[str, str], float] = defaultdict(float)
    for one in rows:
        if one.goal == "lead" and len(one.period) == 10:
            expected[one.model, one.article] += one.shares
    found = {(model, article): given.shares for model, by in later.items() for article, given in by.items()}
    assert found == pytest.approx(dict(expected), abs=1e-9)


def test_the_order_in_which_leads_confirm_changes_no_sum(tmp_path):
    history = [
        [([Touch(START, "gated"), Touch(START, "old")], "first-steps", Money(4000, "EUR"), day)] for day in range(9)
    ]
    found = []
    for name, order in (("one", history), ("two", history[::-1])):
        database = Database(f"sqlite:///{tmp_path / name}.db")
        schema.upgrade(database)
        live(database, order, deals=False)
        found.append(whole(database))
        database.close()
    same(*found)


def test_both_databases_keep_the_same_sums(both):
    live(both, [[([Touch(START, "gated", "search")], "first-steps", Money(4001, "EUR"), 3)], [([], "", None, 40)]])
    kept = whole(both)
    with both.reading() as tx:
        linear, deals = sums.credit(tx, "lead")["linear"], sums.credit(tx, "deal", Span(date(2026, 12, 1)))["linear"]
        assert linear["gated"].shares == 1
        assert linear["gated"].amounts[0].amount == 4001
        assert linear[""].shares == 1
        assert deals["gated"].amounts[0].amount == 12345
        assert sums.helped(tx) == {"gated": 1, "first-steps": 1}
        assert sums.coverage(tx, Span(START.date())).leads == 2
    crediting.recount(both)
    same(kept, whole(both))


def test_a_suspect_touch_earns_nothing_helps_nobody_and_is_counted(database):
    forged = Touch(START, "gated", suspect="receipt-forged")
    live(database, [[([forged, Touch(START, "old")], "", None, 1)], [([forged], "first-steps", None, 1)]], deals=False)
    with database.reading() as tx:
        assert sums.helped(tx) == {"old": 1, "first-steps": 1}
        assert {article: given.shares for article, given in sums.credit(tx, "lead")["linear"].items()} == {
            "old": 1, "first-steps": 1,
        }  # fmt: skip
        found = sums.coverage(tx)
    assert (found.leads, found.touches, found.suspect, found.without_journey) == (2, 3, 2, 1)


def test_a_second_request_of_a_lead_helps_new_articles_and_converts_nobody(database):
    live(database, [[([], "gated", None, 1), ([], "gated", None, 5), ([], "old", None, 9)]], deals=False)
    with database.reading() as tx:
        assert sums.helped(tx) == {"gated": 1, "old": 1}
        assert sums.helped(tx, Span((START + timedelta(days=8)).date())) == {"old": 1}
        assert sums.coverage(tx).leads == 1


def test_two_requests_of_one_lead_confirmed_at_once_are_one_conversion(both):
    with both.writing() as tx:
        who = lead(tx, "ada", confirmed=False)
        ids = [signup(tx, who, [slug], confirmed=False) for slug in ("gated", "old")]
    together = threading.Barrier(2)

    def confirm(signup_id: UUID) -> None:
        together.wait()
        with both.writing() as tx:
            at = datetime.now(UTC)
            assert leads.confirm_signup(tx, signup_id, at)
            leads.save(tx, who.confirmed(at))
            crediting.credit_request(tx, who.id, signup_id)

    threads = [threading.Thread(target=confirm, args=(one,)) for one in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with both.reading() as tx:
        assert sums.coverage(tx).leads == 1
        assert sum(given.shares for given in sums.credit(tx, "lead")["linear"].values()) == 1
        assert sums.helped(tx) == {"gated": 1, "old": 1}


def test_pressing_the_button_twice_counts_once(engine: Engine):
    with engine.database.writing() as tx:
        who = lead(tx, "ada", confirmed=False)
        made = signup(tx, who, ["first-steps"], confirmed=False)
    token = engine.tokens.sign("confirm", made, engine.now())
    for _ in range(2):
        confirming.confirm(engine, token)
    with engine.database.reading() as tx:
        assert sums.coverage(tx).leads == 1
        assert sums.helped(tx) == {"first-steps": 1}


def test_erasing_a_person_leaves_the_sums_as_they_were(engine: Engine):
    live(engine.database, [[([Touch(START, "gated")], "first-steps", Money(4000, "EUR"), 1)]])
    before = whole(engine.database)
    with engine.database.reading() as tx:
        (who,) = leads.listed(tx)
    erasing.erase(engine, who.id)
    assert whole(engine.database) == before


def test_portions_of_leads_are_all_leads_once(database):
    live(database, [[([], "gated", None, day), ([], "old", None, day)] for day in range(7)], deals=False)
    found, after = [], None
    with database.reading() as tx:
        while theirs := people_asking.confirmed(tx, after, most=2):
            found += theirs
            after = theirs[-1].lead_id
    assert len(found) == 14
    assert len({request.signup_id for request in found}) == 14
    assert sum(request.converts for request in found) == 7

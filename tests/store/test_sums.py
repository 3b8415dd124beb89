"""Sums over months and all time agree with the days, also in a database of an older version."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from uuid import uuid4

from alembic import command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from gatepost.actions import crediting
from gatepost.attribution import ADDITIVE
from gatepost.leads import email_key
from gatepost.report.span import Span
from gatepost.store import Database, counted, counters, periods, schema, sums
from gatepost.store import tables as t
from gatepost.store.counters import Tally

ARTICLES = ("first-steps", "second-thoughts", "gated", "old")
LAW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_an_upgrade_fills_the_sums_from_what_was_there(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'old.db'}")
    config = schema._config()
    with database.writing() as tx:
        config.attributes["connection"] = tx
        command.upgrade(config, "0001")
        for day, count in (("2026-10-31", 3), ("2026-11-01", 4), ("2026-11-02", 5)):
            tx.execute(text(f"INSERT INTO touch_day VALUES ('{day}', 'gated', 'read', '', 'search', {count}, 1)"))
            tx.execute(text(f"INSERT INTO pair_day VALUES ('{day}', '', 'gated', {count})"))
        old = {"id": uuid4().hex, "signup": uuid4().hex, "key": email_key("ada@example.org")}
        tx.execute(
            text(
                "INSERT INTO lead (id, email, email_key, mailbox, name, state, created_at, confirmed_at)"
                " VALUES (:id, 'ada@example.org', :key, :key, '', 'confirmed', '2026-11-02', '2026-11-02')"
            ),
            old,
        )
        tx.execute(
            text(
                "INSERT INTO signup (id, lead_id, offer, article, page, channel, variant, requested_at, confirmed_at) VALUES"
                " (:signup, :id, 'checklist', 'gated', '', 'search', '', '2026-11-02 09:00:00', '2026-11-02 10:00:00')"
            ),
            old,
        )
    schema.upgrade(database)
    assert crediting.catch_up(database)
    assert not crediting.catch_up(database)
    with database.reading() as tx:
        assert counted.rungs(tx)["gated"]["read"].count == 12
        assert counted.rungs(tx, Span(date(2026, 11, 1)))["gated"]["read"].count == 9
        assert counted.pairs(tx, Span(date(2026, 11, 2))) == {("", "gated"): 5}
        assert counted.reads_by_channel(tx) == {"search": 12}
        assert sums.models(tx) == set(ADDITIVE)
        assert sums.helped(tx) == {"gated": 1}
    database.close()


days = st.dates(date(2026, 1, 1), date(2026, 5, 1))
beacons = st.lists(
    st.tuples(days, st.sampled_from(ARTICLES), st.sampled_from(("view", "read")), st.integers(1, 9)), max_size=12
)


@LAW
@given(told=beacons, since=st.none() | days, until=st.none() | days)
def test_reads_of_any_span_are_those_of_its_days(database, told, since, until):
    tally = Tally()
    for day, article, rung, count in told:
        tally.touches[day, article, rung, "", "search"] += count
        tally.pairs[day, "", article] += count
    with database.writing() as tx:
        counters.add(tx, tally)
    with database.reading() as tx:
        c = t.touch_day.c
        rows = tx.execute(select(c.day, c.article, c.rung, c.count)).all()
        found, pairs = counted.rungs(tx, Span(since, until)), counted.pairs(tx, Span(since, until))
        every = counted.rungs(tx)
    expected: Counter = Counter()
    all_time: Counter = Counter()
    for day, article, rung, count in rows:
        all_time[article, rung] += count
        if day in Span(since, until):
            expected[article, rung] += count
    assert {(a, r): n.count for a, by in found.items() for r, n in by.items()} == dict(expected)
    assert {(a, r): n.count for a, by in every.items() for r, n in by.items()} == dict(all_time)
    assert set(pairs) == {("", article) for article, _ in expected}


@given(since=st.none() | days, until=st.none() | days)
def test_a_span_is_whole_months_and_at_most_half_a_month_of_days_at_either_end(since, until):
    found = periods.parts(Span(since, until))
    times = Counter(month for month in found.months)
    assert max(times.values(), default=1) == 1
    for begin, end, sign in found.days:
        assert 0 < (end - begin).days <= 16
        times.update({(begin + timedelta(number)).isoformat(): sign for number in range((end - begin).days)})
    for number in range(120):
        day = date(2026, 1, 1) + timedelta(number)
        assert times[f"{day:%Y-%m}"] + times[day.isoformat()] == (day in Span(since, until))


def test_the_last_day_of_the_calendar_is_no_error():
    assert periods.parts(Span(date(9999, 12, 31))).months == ()

"""Sums over months and all time agree with the days, also in a database of an older version."""

from __future__ import annotations

from collections import Counter
from datetime import date
from uuid import uuid4

from alembic import command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from gatepost.actions import crediting
from gatepost.attribution import ADDITIVE
from gatepost.leads import email_key
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
        assert counted.rungs(tx, date(2026, 11, 1))["gated"]["read"].count == 9
        assert counted.pairs(tx, date(2026, 11, 2)) == {("", "gated"): 5}
        assert counted.reads_by_channel(tx) == {"search": 12}
        assert sums.models(tx) == set(ADDITIVE)
        assert sums.helped(tx) == {"gated": 1}
    database.close()


days = st.dates(date(2026, 1, 1), date(2026, 5, 1))
beacons = st.lists(
    st.tuples(days, st.sampled_from(ARTICLES), st.sampled_from(("view", "read")), st.integers(1, 9)), max_size=12
)


@LAW
@given(told=beacons, since=days)
def test_reads_since_any_day_are_those_of_the_days(database, told, since):
    tally = Tally()
    for day, article, rung, count in told:
        tally.touches[day, article, rung, "", "search"] += count
        tally.pairs[day, "", article] += count
    with database.writing() as tx:
        counters.add(tx, tally)
    with database.reading() as tx:
        c = t.touch_day.c
        rows = tx.execute(select(c.day, c.article, c.rung, c.count)).all()
        found, pairs = counted.rungs(tx, since), counted.pairs(tx, since)
        every = counted.rungs(tx)
    expected: Counter = Counter()
    all_time: Counter = Counter()
    for day, article, rung, count in rows:
        all_time[article, rung] += count
        if day >= since:
            expected[article, rung] += count
    assert {(a, r): n.count for a, by in found.items() for r, n in by.items()} == dict(expected)
    assert {(a, r): n.count for a, by in every.items() for r, n in by.items()} == dict(all_time)
    assert set(pairs) == {("", article) for article, _ in expected}


def test_the_time_since_a_day_is_whole_months_and_at_most_half_a_month_of_days():
    assert periods.split(date(2026, 12, 31)) == ("2027-01", date(2026, 12, 31), date(2027, 1, 1), 1)
    assert periods.split(date(2026, 12, 2)) == ("2026-12", date(2026, 12, 1), date(2026, 12, 2), -1)
    assert periods.split(date(2026, 12, 1)) == ("2026-12", date(2026, 12, 1), date(2026, 12, 1), -1)


def test_the_last_day_of_the_calendar_is_no_error():
    assert periods.split(date(9999, 12, 31)) == ("9999-12", date(9999, 12, 1), date(9999, 12, 31), -1)

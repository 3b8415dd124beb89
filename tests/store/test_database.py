"""The store keeps what it was given, on both databases."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from gatepost.journey import Touch
from gatepost.leads import Consent, Grant, Lead, Signup
from gatepost.offers import HeldFile, Money, Wording
from gatepost.store import (
    Database,
    DatabaseUnreachable,
    SchemaMissing,
    SchemaTooNew,
    counters,
    grants,
    leads,
    outbox,
    schema,
)
from tests.conftest import missing

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ADA = Lead(uuid4(), "Ada@example.org", "ada@example.org", "ada@example.org", NOW)


def test_a_lead_a_signup_and_a_journey_come_back_as_they_went_in(both):
    signup = Signup(uuid4(), ADA.id, "checklist", NOW, "first-steps", value=Money(4000, "EUR"))
    touches = [Touch(NOW - timedelta(days=1), "first-steps", "search"), Touch(NOW, "second-thoughts", "social")]
    with both.writing() as tx:
        assert leads.add_if_new(tx, ADA) == ADA
        leads.add_signup(tx, signup)
        leads.add_journey(tx, signup.id, touches)
    with both.reading() as tx:
        assert leads.by_key(tx, "ada@example.org") == ADA
        assert leads.signup(tx, signup.id) == signup
        assert leads.journey(tx, signup.id) == touches


def test_the_same_address_twice_is_one_lead(both):
    other = Lead(uuid4(), "ADA@example.org", "ada@example.org", "ada@example.org", NOW)
    with both.writing() as tx:
        first = leads.add_if_new(tx, ADA)
        assert leads.add_if_new(tx, other) == first
        assert len(leads.listed(tx)) == 1


def test_confirming_a_signup_confirms_its_permissions_once(both):
    signup = Signup(uuid4(), ADA.id, "checklist", NOW)
    wording = Wording("letters", "1", "Yes, write to me.")
    consent = Consent(uuid4(), ADA.id, signup.id, "letters", wording.hash, "/a.html", NOW)
    with both.writing() as tx:
        leads.add_if_new(tx, ADA)
        leads.add_signup(tx, signup)
        leads.add_consents(tx, [consent], [wording])
        assert leads.confirm_signup(tx, signup.id, NOW)
        assert not leads.confirm_signup(tx, signup.id, NOW + timedelta(days=1))
        assert leads.consents_of(tx, ADA.id)[0].confirmed_at == NOW
        assert leads.wording(tx, wording.hash) == wording
        assert leads.withdraw(tx, ADA.id, NOW, "page") == 1
        assert not leads.consents_of(tx, ADA.id)[0].is_active


def test_a_grant_opens_as_often_as_it_may_and_no_more(both):
    signup = Signup(uuid4(), ADA.id, "checklist", NOW)
    file = HeldFile("ab" * 32, "List.pdf", "application/pdf", 10)
    grant = Grant(uuid4(), ADA.id, signup.id, "checklist", file, NOW, NOW + timedelta(days=30), 2)
    with both.writing() as tx:
        leads.add_if_new(tx, ADA)
        leads.add_signup(tx, signup)
        grants.add(tx, [grant])
        assert grants.by_id(tx, grant.id) == grant
        assert [grants.use(tx, grant.id, uuid4(), NOW) for _ in range(3)] == [True, True, False]


def test_a_letter_of_the_same_key_is_owed_once_and_claimed_by_one_worker(both):
    signup = Signup(uuid4(), ADA.id, "checklist", NOW)
    with both.writing() as tx:
        leads.add_if_new(tx, ADA)
        leads.add_signup(tx, signup)
        for _ in range(2):
            outbox.owe(tx, outbox.Owed(uuid4(), f"confirm:{signup.id}", ADA.id, signup.id, "confirm", NOW, NOW))
    one, two = uuid4(), uuid4()
    with both.writing() as tx:
        claimed = outbox.claim(tx, one, NOW, NOW + timedelta(minutes=5), 10)
    with both.writing() as tx:
        assert outbox.claim(tx, two, NOW, NOW + timedelta(minutes=5), 10) == []
    assert [owed.letter for owed in claimed] == ["confirm"]
    later = NOW + timedelta(minutes=6)
    with both.writing() as tx:
        assert len(outbox.claim(tx, two, later, later + timedelta(minutes=5), 10)) == 1
        assert not outbox.still_ours(tx, claimed[0].id, one, later)
        assert outbox.settle(tx, claimed[0].id, two, "sent", sent_at=later)
        assert outbox.tally(tx)["sent"] == 1


def test_counters_add_up_however_they_are_split(both):
    day = date(2026, 11, 22)
    for count in (3, 4):
        tally = counters.Tally()
        tally.touches[day, "first-steps", "read", "", "search"] = count
        tally.firsts[day, "first-steps", "read", "", "search"] = 1
        tally.pairs[day, "", "first-steps"] = count
        tally.depths[day, 1] = count
        tally.drop(day, {"crawler": count})
        with both.writing() as tx:
            counters.add(tx, tally)
    with both.reading() as tx:
        assert tx.execute(text("SELECT count, firsts FROM touch_day")).one() == (7, 2)
        assert tx.execute(text("SELECT count FROM dropped_day")).scalar_one() == 7


def test_a_database_of_a_newer_version_is_refused(both):
    with both.writing() as tx:
        ours = tx.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaTooNew):
        schema.check(both)
    with pytest.raises(SchemaTooNew):
        schema.upgrade(both)
    # The next test gets the same PostgreSQL, emptied of its rows only.
    with both.writing() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = :ours"), {"ours": ours})


def test_an_empty_database_asks_for_its_upgrade(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'empty.db'}")
    with pytest.raises(SchemaMissing) as refused:
        schema.check(database)
    assert "gatepost db upgrade" in refused.value.cure


def test_a_write_that_fails_leaves_nothing(both):
    def write_half() -> None:
        with both.writing() as tx:
            leads.add_if_new(tx, ADA)
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        write_half()
    with both.reading() as tx:
        assert leads.listed(tx) == []


def test_a_writer_gives_up_when_another_holds_the_database_too_long(tmp_path, monkeypatch):
    monkeypatch.setattr("gatepost.store.database.BUSY_SECONDS", 0.2)
    database = Database(f"sqlite:///{tmp_path / 'busy.db'}")
    schema.upgrade(database)
    other = sqlite3.connect(tmp_path / "busy.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseUnreachable), database.writing():
        pass
    other.execute("COMMIT")
    with database.writing() as tx:
        leads.add_if_new(tx, ADA)
    with database.reading() as tx:
        assert leads.by_key(tx, ADA.email_key) == ADA


def test_a_signup_is_on_the_disk_before_it_is_answered(tmp_path):
    """Each commit makes the system call that survives a power cut, which `kill -9` alone would not show."""
    if not shutil.which("strace"):
        missing("strace")
    script = (
        "import sys; from uuid import uuid4; from datetime import datetime, UTC\n"
        "from gatepost.store import Database, leads, schema; from gatepost.leads import Lead\n"
        "database = Database(sys.argv[1]); schema.upgrade(database)\n"
        "for n in range(20):\n"
        "    with database.writing() as tx:\n"
        "        key = f'reader{n}@example.org'\n"
        "        leads.add_if_new(tx, Lead(uuid4(), key, key, key, datetime.now(UTC)))\n"
        "    print('answered', flush=True)\n"
    )
    log = tmp_path / "calls"
    command = [
        "strace",
        "-f",
        "-e",
        "trace=fdatasync,write",
        "-e",
        "signal=none",
        "-o",
        log,
        sys.executable,
        "-c",
        script,
    ]
    subprocess.run([*command, f"sqlite:///{tmp_path / 'disk.db'}"], check=True, capture_output=True, timeout=120)
    order = [
        "sync" if "fdatasync(" in line else "answer"
        for line in log.read_text().splitlines()
        if "fdatasync(" in line or "answered" in line
    ]
    answers = [place for place, what in enumerate(order) if what == "answer"]
    assert len(answers) == 20
    assert all(order[place - 1] == "sync" for place in answers)

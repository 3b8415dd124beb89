"""The report comes as a letter to owners who chose one: once for every week or month that is over, and says how sure it is."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from gatepost.actions import mailing, noting, telling
from gatepost.actions.noting import Typed
from gatepost.engine import Engine
from gatepost.mail import mailbox
from gatepost.mail.mailbox import Mailbox
from gatepost.report.ended import latest
from gatepost.report.span import Span
from gatepost.store import Database, outbox, owners
from gatepost.store.owners import Owner
from tests.cli.test_asked import run
from tests.conftest import Clock
from tests.owner.conftest import EMAIL, Browser
from tests.report import story

MONDAY = datetime(2026, 11, 23, 0, 5, tzinfo=UTC)


def _letters(engine: Engine) -> list[mailbox.Kept]:
    """What lies in the box once everything due went out."""
    folder = mailbox.folder(engine.settings.data_dir)
    while mailing.send_due(engine, Mailbox(folder)).claimed:
        pass
    return mailbox.listed(folder)


def _tally(engine: Engine) -> dict[str, int]:
    with engine.database.reading() as tx:
        return {state: count for state, count in outbox.tally(tx).items() if count}


@given(st.dates(date(2001, 1, 15), date(2100, 1, 1)))
def test_a_period_is_over_is_whole_and_is_the_latest(today: date) -> None:
    week, month = latest("week", today), latest("month", today)
    for ended in (week, month):
        assert ended.span.first
        assert ended.span.last
        assert ended.span.last < today
        assert ended.compare.last == ended.span.first - timedelta(days=1)
    assert week.span.first
    assert (week.span.days, week.compare.days, week.span.first.weekday()) == (7, 7, 0)
    assert week.span.last
    assert today - week.span.last <= timedelta(days=7)
    assert f"{week.span.first:%G-W%V}" == week.key
    assert month.span == Span(
        month.span.last and month.span.last.replace(day=1), today.replace(day=1) - timedelta(days=1)
    )


def test_the_letter_tells_goal_figures_articles_losses_doubts_and_notes(
    app: Flask, engine: Engine, clock: Clock
) -> None:
    story.busy_month(engine.database)
    noting.add(engine, Typed("2026-11-04", "Talk at the harbour"))
    noting.add(engine, Typed("2026-10-04", "Long before"))
    telling.choose(engine, EMAIL, "month")
    clock.at = datetime(2026, 12, 1, 0, 5, tzinfo=UTC)
    telling.owe_reports(engine)
    (letter,) = _letters(engine)
    assert letter.to == EMAIL
    assert letter.subject == "7 new leads in November 2026"
    assert "up by 7 from 0" in letter.text
    for part in (letter.text, letter.html):
        flat = " ".join(part.split())
        assert "Leads that confirmed" in flat
        for heading in ("Do more of these", "Where readers are lost", "What is uncertain", "What happened"):
            assert heading.lower() in flat.lower()
        assert "Talk at the harbour" in flat
        assert "Long before" not in flat
        assert f"gatepost owner letter {EMAIL} off" in flat
        assert not re.search(r"None|Undefined|\{\{", flat)
    assert "https://go.example.org/owner/?since=2026-11-01&until=2026-11-30&compare=1" in letter.text.splitlines()
    (kept,) = mailbox.folder(engine.settings.data_dir).glob("*.eml")
    assert "List-Unsubscribe" not in kept.read_text()


def test_two_workers_that_look_often_send_one_letter_a_week(
    both: Database, engine: Engine, clock: Clock, password_hash: str
) -> None:
    shared = replace(engine, database=both)
    with both.writing() as tx:
        for number in range(3):
            every = ("week", "month", "")[number]
            owner = Owner(engine.new_id(), f"owner{number}@example.org", password_hash, clock.at, every)
            owners.add(tx, owner)
    for now in (MONDAY, MONDAY + timedelta(days=6), MONDAY + timedelta(days=7)):
        clock.at = now
        looks = [threading.Thread(target=telling.owe_reports, args=(shared,)) for _ in range(4)]
        for look in looks:
            look.start()
        for look in looks:
            look.join(20)
        _letters(shared)
    assert _tally(shared) == {"sent": 3}
    weekly = [one.subject for one in _letters(shared) if one.to == "owner0@example.org"]
    assert sorted(subject.partition(" in ")[2] for subject in weekly) == [
        "the week of 16 November 2026",
        "the week of 23 November 2026",
    ]


def test_after_a_month_without_a_worker_only_the_latest_week_is_told(app: Flask, engine: Engine, clock: Clock) -> None:
    telling.choose(engine, EMAIL, "week")
    clock.at = MONDAY
    telling.owe_reports(engine)
    clock.forward(days=30)
    telling.owe_reports(engine)
    (letter,) = _letters(engine)
    assert "the week of 14 December 2026" in letter.subject
    assert _tally(engine) == {"sent": 1, "dropped": 1}


def test_a_letter_owed_to_who_switched_it_off_is_dropped(app: Flask, engine: Engine) -> None:
    telling.choose(engine, EMAIL, "week")
    telling.owe_reports(engine)
    telling.choose(engine, EMAIL, telling.OFF)
    assert _letters(engine) == []
    assert _tally(engine) == {"dropped": 1}


def test_an_owner_chooses_on_the_account_page(inside: Browser, engine: Engine) -> None:
    form = {"csrf": inside.token("/owner/password"), "every": "week"}
    assert inside.post("/owner/letters-to-me", form).status_code == 303
    assert re.search(r'value="week" selected', inside.get("/owner/password").text)
    assert inside.post("/owner/letters-to-me", {**form, "every": "hour"}).status_code == 422
    assert inside.post("/owner/letters-to-me", {"every": "off", "csrf": "forged"}).status_code == 403
    with engine.database.reading() as tx:
        assert [owner.letter_every for owner in owners.with_letter(tx)] == ["week"]


@pytest.mark.parametrize(
    ("words", "code"), [((EMAIL, "month"), 0), (("nobody@example.org", "week"), 1), ((EMAIL, "day"), 2)]
)
def test_the_command_line_chooses_too(app: Flask, engine: Engine, words: tuple[str, str], code: int) -> None:
    assert run(engine, "owner", "letter", *words).exit_code == code
    with engine.database.reading() as tx:
        assert [owner.letter_every for owner in owners.with_letter(tx)] == (["month"] if code == 0 else [])

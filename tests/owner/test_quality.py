"""Data quality: every refusal has a sentence, and an owner is told what to look at."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from gatepost.actions import judging
from gatepost.engine import Engine
from gatepost.report.dropped import ABOUT, REASONS
from gatepost.report.quality import Latest, Quality, advice, reasons, stretches, unscripted
from gatepost.report.span import Span
from gatepost.store import Database, counters, quality
from gatepost.store.counters import Tally
from tests.conftest import ROOT, Clock
from tests.owner.conftest import Browser
from tests.report import story

CODE = ROOT / "capture" / "gatepost"
# How the code gives a reason: counted under it, returned as it, or made of it.
GIVEN = (
    r'dropped\[(?:day, )?"([a-z-]+)"',
    r'dropped\["([a-z-]+)" if \w+ in \w+ else "([a-z-]+)"\]',
    r'drop\(tx, [^{]+\{"([a-z-]+)"',
    r'Dwelt\("([a-z-]+)"',
    r'Proof\("([a-z-]+)"\)',
    r'Dwelt\("([a-z-]+)" if',
    r'reason = "([a-z-]+)"',
    r'return None, "([a-z-]+)"',
    r'touch, reason = None, "([a-z-]+)"',
    r'suspecting|replace\(touch, suspect="([a-z-]+)"\)',
    r'return "([a-z]+-[a-z-]+|crawler|origin|prerender|prefetch)"',
    r'return "(prerender)" if .* else "(prefetch)"',
    r'else "((?:unknown|origin)[a-z-]*)"',
    r'return "(origin)" if',
    r'SCRIPT_DROPS = frozenset\(\{"(\w+)", "(\w+)"\}\)',
)
PLACES = ("actions/touching.py", "actions/trying.py", "actions/signing_up.py", "actions/giving", "journey.py", "web")


def given() -> set[str]:
    """Every reason that the code can give."""
    files = [p for place in PLACES for p in ([CODE / place] if place.endswith(".py") else (CODE / place).rglob("*.py"))]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    found = {key for pattern in GIVEN for match in re.finditer(pattern, text) for key in match.groups() if key}
    return {key for key in found if key in REASONS or re.match("unknown-|start-|journey-|receipt-|referral-", key)}


def test_every_reason_that_the_code_can_give_has_a_sentence_and_no_sentence_is_left_over() -> None:
    assert given() == set(REASONS)
    assert all(one.about in ABOUT and one.says.endswith(".") for one in REASONS.values())


def test_what_was_refused_is_told_with_its_sentence_its_share_and_its_cure(inside: Browser, engine: Engine) -> None:
    drop(engine.database, engine, {"start-missing": 5000, "receipt-missing": 3, "honeypot": 2})
    found = judging.judged(engine.database, engine.catalogue, now=engine.now())
    by_key = {one.key: one for one in found.quality.dropped}
    assert by_key["crawler"].count == 30
    assert by_key["receipt-missing"].share is None
    arrived = sum(one.counted + one.refused for one in found.quality.stretches)
    assert by_key["start-missing"].share == pytest.approx(5000 / arrived)
    assert any("5,000 times “start-missing”" in said and "POST /touch" in said for said in found.advice)
    page = inside.get("/owner/quality").text
    assert "Sent by a crawler" in page
    assert "A program filled in the field that people do not see" in page


def drop(database: Database, engine: Engine, refused: dict[str, int]) -> None:
    tally = Tally()
    tally.drop(engine.now().date(), refused)
    with database.writing() as tx:
        counters.add(tx, tally)


def test_days_and_months_add_up_to_the_same(inside: Browser, engine: Engine) -> None:
    drop(engine.database, engine, {"crawler": 7})
    first, last = story.START.date().replace(day=1), story.START.date().replace(day=30)
    spans = (Span(first, last), Span())
    days, months = (judging.judged(engine.database, engine.catalogue, span=s, now=engine.now()) for s in spans)
    assert (days.by_day, months.by_day) == (True, False)
    assert [one.period for one in months.quality.stretches] == ["2026-11"]
    for which in ("counted", "refused"):
        assert sum(getattr(one, which) for one in days.quality.stretches) == getattr(months.quality.stretches[0], which)
    assert len(days.quality.stretches) > 1


def test_an_article_that_the_catalogue_does_not_have_is_named_with_its_readers(inside: Browser, engine: Engine) -> None:
    with engine.database.writing() as tx:
        story.reads(tx, "gone-away", 12, 9)
    found = judging.judged(engine.database, engine.catalogue, now=engine.now())
    assert found.quality.unknown == {"gone-away": 12}
    assert any("not in the catalogue" in said for said in found.advice)
    assert "/owner/articles/gone-away" in inside.get("/owner/quality").text


def test_silence_and_a_wrong_clock_are_told(inside: Browser, engine: Engine, clock: Clock) -> None:
    assert not any("No touch" in said for said in judged_at(engine))
    clock.forward(days=30)
    assert any("No touch was counted since" in said for said in judged_at(engine))
    clock.forward(days=-60)
    assert any("stored in the future" in said for said in judged_at(engine))


def judged_at(engine: Engine) -> tuple[str, ...]:
    with engine.database.writing() as tx:
        if engine.now().day == 22 and engine.now().month == 11:
            story.reads(tx, "first-steps", 1, 1, day=(engine.now().date() - story.START.date()).days)
    return judging.judged(engine.database, engine.catalogue, now=engine.now()).advice


def test_a_backup_is_remembered_and_called_old_after_a_week(inside: Browser, engine: Engine, clock: Clock) -> None:
    with engine.database.writing() as tx:
        quality.note_backup(tx, engine.now() - timedelta(days=1))
        quality.note_backup(tx, engine.now())
    assert judging.judged(engine.database, engine.catalogue, now=engine.now()).quality.backup == engine.now()
    clock.forward(days=9)
    assert any("backup is 9 days old" in said for said in judged_at(engine))


def test_requests_without_a_form_start_are_those_that_no_beacon_can_explain() -> None:
    begun = {"checklist": {"form-start": 7}, "ebook": {"form-start": 50}}
    found = unscripted({"checklist": 10, "ebook": 20, "call": 2}, begun)
    assert (found.at_least, found.asked) == (5, 32)


def test_a_step_that_is_not_counted_does_not_make_its_read_a_refusal() -> None:
    (one,) = stretches({"2026-11-02": {"unknown-previous": 5, "crawler": 1}}, {"2026-11-02": 9}, by_day=True)
    assert (one.counted, one.refused) == (9, 1)
    assert reasons({"2026-11-02": {"brand-new": 1}}, 0)[0].says.startswith("“brand-new”, a reason of another version")


def test_a_site_without_anything_says_nothing_is_wrong(bo: Browser, engine: Engine) -> None:
    assert bo.log_in().status_code == 303
    page = bo.get("/owner/quality").text
    assert "Nothing was refused in this time" in page
    found = judging.judged(engine.database, engine.catalogue, now=engine.now())
    assert found.quality.latest == Latest()
    assert found.advice == ()
    assert isinstance(found.quality, Quality)
    assert advice(found.quality, engine.now()) == ()


def test_every_table_is_there_as_a_file(inside: Browser) -> None:
    told = inside.get("/owner/quality.json").json
    assert set(told) == {"reasons", "periods", "by-reason", "journeys", "unknown"}
    assert {row["reason"] for row in told["reasons"]["rows"]} == {"crawler", "prerender"}
    assert inside.get("/owner/quality.csv").text.startswith("reason,about,says,cure,count,share")


def test_both_databases_say_the_same(both: Database, engine: Engine) -> None:
    story.busy_month(both)
    drop(both, engine, {"crawler": 7})
    month = Span(story.START.date().replace(day=1), engine.now().date())
    for span in (Span(), month):
        found = judging.judged(both, engine.catalogue, span=span, now=engine.now()).quality
        assert sum(one.refused for one in found.stretches) == 49
        assert found.latest.signup == story.START + timedelta(days=10)
        assert found.size > 0

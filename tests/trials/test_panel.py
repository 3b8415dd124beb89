"""The page of tests: from the first look at an empty one to what past tests said, and the same as files."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from gatepost import catalogue
from gatepost.actions import trying
from gatepost.engine import Engine
from gatepost.offers import Trial, Variant
from gatepost.store import Database, counters, trials
from gatepost.store import tables as t
from gatepost.store.counters import Tally
from tests.conftest import Clock
from tests.owner.conftest import Browser, app, bo, inside, password_hash
from tests.trials.conftest import TRIAL, Site, put_trial

__all__ = ["app", "bo", "inside", "password_hash"]
TODAY = date(2026, 11, 22)


def happened(database: Database, trial: str, offer: str = "checklist", **counts: tuple[int, int]) -> None:
    """(seen, confirmed) of each variant, over the last ten days."""
    rows = [
        {
            "day": TODAY - timedelta(days=day), "offer": offer, "trial": trial, "variant": variant,
            "seen": seen // 10, "requested": confirmed // 10 + 1, "confirmed": confirmed // 10,
        }
        for variant, (seen, confirmed) in counts.items()
        for day in range(10)
    ]  # fmt: skip
    with database.writing() as tx:
        tx.execute(t.variant_day.insert(), rows)


def _text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_without_a_test_the_page_says_how_to_begin_one_and_what_it_would_take(inside: Browser) -> None:
    page = _text(inside.get("/owner/trials").text)
    assert "No test is running." in page
    assert "Variants: short | button: Send me the list" in page
    assert "What a test would take" in page
    assert "Before you publish" in page
    # A call to LinkedIn has no form, so there is nothing to test.
    assert " Connect " not in page


def test_a_running_test_is_told_in_a_sentence_with_its_numbers(inside: Browser, engine: Engine) -> None:
    put_trial(engine, TRIAL)
    happened(engine.database, TRIAL.key, now=(4000, 100), short=(4010, 210), inline=(3990, 110))
    page = inside.get("/owner/trials").text
    words = _text(page)
    assert "“Send me the list” brings more: 2.1 times the confirmed leads of the offer as it stands" in words
    assert "The browsers split readers evenly (4,000 : 4,010 : 3,990), as they should." in words
    assert "Counted since 13 Nov 2026" in words
    assert page.count('class="site"') == 2


def test_a_test_that_was_not_split_evenly_is_not_to_be_believed(inside: Browser, engine: Engine) -> None:
    put_trial(engine, TRIAL)
    happened(engine.database, TRIAL.key, now=(4000, 100), short=(5010, 210), inline=(3990, 110))
    page = inside.get("/owner/trials").text
    assert 'class="mistake"><strong>Do not believe this test' in page
    assert "The split is wrong" in page
    assert "brings more:" not in page


def test_a_test_of_which_a_text_was_changed_is_past(inside: Browser, engine: Engine) -> None:
    put_trial(engine, Trial.of("checklist", [Variant("short", button="Mail me the list")]))
    happened(engine.database, TRIAL.key, now=(400, 10), short=(410, 20))
    happened(engine.database, "0badcafe", "gone", now=(400, 10), bold=(410, 20))
    words = _text(inside.get("/owner/trials").text)
    assert "Past tests" in words
    assert "Before you publish, 13 Nov 2026 to 22 Nov 2026: It ended too early: “short” may have brought" in words
    assert "gone, 13 Nov 2026 to 22 Nov 2026: It ended too early: “bold”" in words
    happened(engine.database, "0badc0de", "short-lived", now=(10, 0))
    assert "Nobody saw any other look of it." in _text(inside.get("/owner/trials").text)
    only = _text(inside.get("/owner/trials?offer=gone").text)
    assert "No test is running here." in only
    assert "Before you publish," not in only


def test_the_files_hold_every_variant_every_size_and_every_day(inside: Browser, engine: Engine) -> None:
    put_trial(engine, TRIAL)
    happened(engine.database, TRIAL.key, now=(40, 0), short=(40, 10))
    rows = list(csv.DictReader(io.StringIO(inside.get("/owner/trials.csv").text)))
    assert [(row["variant"], row["seen"], row["confirmed"]) for row in rows] == [
        ("now", "40", "0"), ("short", "40", "10"), ("inline", "0", "0"),
    ]  # fmt: skip
    days = list(csv.DictReader(io.StringIO(inside.get("/owner/trials.csv?sheet=days").text)))
    assert len(days) == 20
    assert sum(int(row["seen"]) for row in days) == 80
    found = inside.get("/owner/trials.json").get_json()
    assert {"tests", "sizes", "days"} == found.keys()
    # Against nobody there is no ratio that JSON could write.
    assert [row["ratio"] for row in found["tests"]["rows"]] == [None, None, None]
    assert {row["offer"] for row in found["sizes"]["rows"]} == {"ebook"}


def test_each_number_opens_to_its_days_and_its_people(inside: Browser, engine: Engine, clock: Clock) -> None:
    put_trial(engine, TRIAL)
    site = Site(engine, clock)
    named = TRIAL.name_of("short")
    site.sees(named)
    reader = site.reader("eve")
    reader.asks(variant=named, article="gated")
    site.reader("mallory").asks(variant=TRIAL.name_of("now"))
    assert site.counts()["short"].requested == 1
    whole = inside.get("/owner/trials").text
    (link,) = set(re.findall(r'href="(/owner/trials[^"#]+short)#people"', whole))
    page = inside.get(link.replace("&amp;", "&")).text
    rows = page[page.index("Who asked under “Send me the list”") :]
    assert "eve@example.org" in rows
    assert "The gated one" in rows
    assert "mallory@" not in rows
    assert "22 Nov 2026 1 1 0" in _text(page)
    assert "Who asked" not in inside.get("/owner/trials?offer=checklist&find=none:such").text


def test_the_size_goes_by_the_offers_own_rate_and_readers(both: Database, engine: Engine) -> None:
    """Three in a hundred confirm, a hundred a day see it: half as many again shows after 4,827 readers, 49 days."""
    day = {"rung": "offer-seen", "offer": "checklist", "article": "gated", "channel": "direct"}
    tally = Tally()
    for n in range(30):
        tally.touches[TODAY - timedelta(days=n), day["article"], day["rung"], day["offer"], day["channel"]] = 100
    with both.writing() as tx:
        counters.add(tx, tally)
        tx.execute(t.offered_sum.update().values(requested=120, confirmed=90))
    (one,) = (one for one in trying.overview(both, engine.catalogue, engine.now()).untested if one.offer == "checklist")
    assert one.present.rate == pytest.approx(0.03)
    assert one.present.a_day == pytest.approx(100)
    assert [(size.lift, size.readers, size.days) for size in one.sizes][1] == (0.5, 4828, 49)


def test_a_running_test_soon_goes_by_its_own_readers(database: Database, engine: Engine) -> None:
    put_trial(engine, TRIAL)
    (fresh,) = trying.overview(database, engine.catalogue, engine.now()).running
    assert fresh.sentence.startswith("Nobody has seen it yet. A variant that brings half as many again shows after")
    assert fresh.sizes[0].readers is None
    happened(database, TRIAL.key, now=(1000, 30), short=(1000, 30), inline=(1000, 30))
    (settled,) = trying.overview(database, engine.catalogue, engine.now()).running
    assert settled.sizes[1].readers is not None
    assert settled.sizes[1].days == pytest.approx(settled.sizes[1].readers / 300, abs=1)


def test_many_offers_without_a_test_are_shown_fifty_a_page(inside: Browser, engine: Engine) -> None:
    built = engine.catalogue
    many = {f"offer-{n:03}": replace(built.offers["checklist"], slug=f"offer-{n:03}") for n in range(120)}
    catalogue.write(replace(built, offers=many), engine.settings.data_dir)
    assert inside.get("/owner/trials").text.count('data-label="Seen a day"') == 50
    assert inside.get("/owner/trials?page=3").text.count('data-label="Seen a day"') == 20


def test_past_trials_are_kept_apart_by_offer(database: Database) -> None:
    happened(database, TRIAL.key, now=(10, 0))
    happened(database, TRIAL.key, "ebook", now=(20, 0))
    with database.reading() as tx:
        assert [(one.offer, one.counts["now"].seen) for one in trials.tried(tx)] == [("checklist", 10), ("ebook", 20)]

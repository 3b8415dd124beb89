"""The panel of touches: how many it took, the claim of seven to thirteen, and who asks at which depth."""

from __future__ import annotations

import re
from datetime import date

from gatepost.engine import Engine
from gatepost.report.span import ALL_TIME, Span
from gatepost.store import Database, counters, requests, touches
from gatepost.store.counters import Tally
from tests.owner.conftest import Browser
from tests.report import past
from tests.report.story import START


def _text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def _readers(engine: Engine) -> None:
    tally = Tally()
    for depth, readers in ((1, 3000), (2, 400), (3, 60)):
        tally.depths[START.date(), depth] += readers
    with engine.database.writing() as tx:
        counters.add(tx, tally)


def test_what_is_read_back_is_what_leads_took_counted_one_by_one(both: Database) -> None:
    past.fill(both, people=40)
    with both.reading() as tx:
        leads = [one for one in requests.confirmed(tx) if one.converts and one.touches]
        for span in (ALL_TIME, Span(date(2026, 2, 10), date(2026, 8, 20))):
            theirs = [one for one in leads if one.confirmed_at and one.confirmed_at.date() in span]
            found = touches.taken(tx, span)
            took = sorted(len(one.touches) for one in theirs)
            assert sorted(number for number, count in found.touches.items() for _ in range(count)) == took
            articles = sorted(len({touch.article for touch in one.touches}) for one in theirs)
            assert sorted(number for number, count in found.articles.items() for _ in range(count)) == articles
            assert found.coverage.leads >= len(theirs)
        assert sum(found.readers.values()) < sum(touches.taken(tx, ALL_TIME).readers.values())


def test_the_page_tests_the_claim_and_says_who_was_left_out(inside: Browser, engine: Engine) -> None:
    _readers(engine)
    page = inside.get("/owner/touches").text
    words = _text(page)
    # Four leads took two touches, one three; Gus and Hal sent no journey.
    assert "0 of 5 leads" in words
    assert "does not hold here: 5 (100 %) took fewer" in words
    assert "2 leads of 7 sent no journey and are left out" in words
    assert "No client is counted yet." in words
    assert page.count("<svg") == 2
    assert "2 400 4 1.0 %" in words


def test_no_depth_is_shown_with_more_leads_than_readers(inside: Browser) -> None:
    assert "more leads than readers were counted" in _text(inside.get("/owner/touches").text)


def test_the_same_is_a_file(inside: Browser, engine: Engine) -> None:
    _readers(engine)
    sheets = inside.get("/owner/touches.json").json
    assert sheets
    rows = {row["touches"]: row["count"] for row in sheets["touches"]["rows"] if row["before"] == "lead"}
    assert (rows["1"], rows["2"], rows["3"], rows["14"]) == (0, 4, 1, 0)
    claim = sheets["claim"]["rows"][0]
    assert (claim["fewer"], claim["median"], claim["verdict"]) == (5, 2, "does not hold")
    lines = inside.get("/owner/touches.csv?sheet=depths").text.splitlines()
    assert lines[0] == "depth,leads,readers,share,share_low,share_high"
    assert lines[2].startswith("2,4,400,0.010000,")

"""The panel of journeys: what leads read before they asked, as pictures, tables and files."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import groupby

from gatepost.engine import Engine
from gatepost.report.flow import Through
from gatepost.report.span import ALL_TIME, Span
from gatepost.store import Database, flow, reports, requests
from tests.owner.conftest import Browser
from tests.report import past


def _text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_steps_read_back_are_those_of_leads_counted_one_by_one(both: Database) -> None:
    past.fill(both, people=50)
    with both.reading() as tx:
        leads = [one for one in requests.confirmed(tx) if one.converts]
        for span in (ALL_TIME, Span(date(2026, 2, 10), date(2026, 8, 20))):
            wanted: Counter[tuple[str, str]] = Counter()
            for one in leads:
                if one.confirmed_at and one.confirmed_at.date() in span and one.touches:
                    read = [article for article, _ in groupby(touch.article for touch in one.touches)]
                    wanted.update(zip(["", *read], [*read, ""], strict=True))
            assert wanted
            inner = {pair: count for pair, count in wanted.items() if "" not in pair}
            found = flow.steps(tx, span, past.ARTICLES, 100)
            assert {(one.previous, one.article): one.times for one in found} == inner
            assert [one.times for one in found] == sorted(inner.values(), reverse=True)
            begun = sum(count for (previous, _), count in wanted.items() if not previous)
            assert flow.whole(tx, span) == Through(wanted.total() - begun, begun, begun)
            for article, through in flow.through(tx, span, past.ARTICLES).items():
                before, after = flow.around(tx, span, article)
                assert before == {one: n for (one, here), n in wanted.items() if here == article}
                assert after == {one: n for (here, one), n in wanted.items() if here == article}
                assert through == Through(sum(before.values()), before.get("", 0), after.get("", 0))


def test_the_articles_that_helped_most_come_first(database: Database) -> None:
    past.fill(database, people=30)
    with database.reading() as tx:
        helped = reports.facts(tx).helped
        order = sorted(helped, key=lambda article: (-helped[article], article))
        assert flow.leading(tx, ALL_TIME, 3) == order[:3]


def test_the_page_shows_how_journeys_run_through_the_site(inside: Browser) -> None:
    page = inside.get("/owner/journeys").text
    words = _text(page)
    assert "made of 6 journeys of leads" in words
    assert "Second thoughts → Another article: 4" in words
    assert "First steps → They asked: 5" in words
    # First steps: read by all six, first by Gus, after another article by five, last by five.
    assert "First steps 6 1 5 1 5" in words
    assert "Second thoughts First steps 4" in words
    assert page.count("<svg") == 1
    assert 'role="img"' in page


def test_one_article_shows_what_came_before_and_after(inside: Browser) -> None:
    words = _text(inside.get("/owner/journeys?article=first-steps").text)
    assert "it was read 6 times: 1 journey began with it, and after 5 reads they asked" in words
    assert "Second thoughts → First steps: 4" in words
    assert "First steps → gated-old: 1" in words
    assert "Second thoughts 4 0" in words
    assert "No lead's journey held this article" in _text(inside.get("/owner/journeys?article=nowhere").text)


def test_days_in_the_address_bound_the_journeys_and_stand_beside_the_days_before(inside: Browser) -> None:
    words = _text(inside.get("/owner/journeys?since=2026-11-12&until=2026-11-21&compare=1").text)
    assert "made of 1 journey of leads" in words
    assert "First steps 1 5 before 1" in words
    assert "No lead has confirmed in these days yet" in _text(inside.get("/owner/journeys?since=2027-01-01").text)


def test_the_numbers_of_the_picture_are_files_too(inside: Browser) -> None:
    sheets = inside.get("/owner/journeys.json").json
    assert sheets
    assert sheets["articles"]["rows"][0] == {
        "article": "first-steps", "title": "First steps", "reads": 6, "first": 1, "last": 5,
    }  # fmt: skip
    assert sum(row["times"] for row in sheets["flow"]["rows"] if row["to"] == ":request") == 6
    lines = inside.get("/owner/journeys.csv?sheet=steps").text.splitlines()
    assert lines[:2] == ["previous,article,times", "second-thoughts,first-steps,4"]
    around = inside.get("/owner/journeys.csv?article=first-steps").text.splitlines()
    assert around[:2] == ["article,before,after", "second-thoughts,4,0"]


def test_an_empty_site_is_told_what_will_stand_here(bo: Browser, engine: Engine) -> None:
    assert bo.log_in().status_code == 303
    assert "No lead has confirmed" in _text(bo.get("/owner/journeys").text)
    assert "Nobody was counted" in _text(bo.get("/owner/channels").text)
    touches = _text(bo.get("/owner/touches").text)
    assert "No client is counted yet." in touches
    assert "Nothing was read in these days yet." in touches

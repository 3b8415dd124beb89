"""The ladder and the offers as they are shown: in the terminal, as JSON, as a page, and to the owner."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from rich.console import Console

from gatepost.actions import printing_ladder, reporting
from gatepost.catalogue import Catalogue
from gatepost.report.ladder import NOTE, Ladder, OfferCount, Offered, Standing, Stood, compose
from gatepost.report.span import ALL_TIME
from tests.report.people import PAGES, three

NOW = datetime(2026, 11, 30, tzinfo=UTC)
STANDING = Standing(
    stood={
        "*": {"checklist": Stood(12, 3), "webinar": Stood(3, 1), "case-study": Stood(2, 1), "client": Stood(1, 0)},
        "a": {"checklist": Stood(12, 3)},
    },
    beacons_of_articles={"a": {"read": 400, "linkedin-click": 9}},
    beacons_of_site={"read": 400, "linkedin-click": 9},
    beacons={"list": {"offer-seen": 200, "form-start": 30}, "us": {"linkedin-seen": 90, "linkedin-click": 9}},
    offers={"list": OfferCount(15, 12, 10, 0, 1), "gone": OfferCount(3, 2)},
    kinds={"gone": "ebook"},
    proven=(2, 1),
    others=(10, 0),
)
OFFERS = (Offered("list", "A [bold] list", "checklist"), Offered("us", "Follow us", "linkedin"))


@pytest.fixture
def ladder() -> Ladder:
    return compose(STANDING, OFFERS, {"a": "Article A"}, span=ALL_TIME, now=NOW)


def printed(shown, width: int) -> str:
    console = Console(width=width, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    console.print(shown)
    return console.export_text()


@pytest.mark.parametrize("width", [80, 160])
def test_a_terminal_shows_counts_of_every_rung_and_offer_whole(ladder, width):
    rungs = printed(printing_ladder.ladder_table(ladder, width=width), width)
    offers = printed(printing_ladder.offers_table(ladder, width=width), width)
    assert "Took a checklist" in rungs
    assert "400" in rungs
    for text in ("A [bold] list", "gone (gone)", "200", "12"):
        assert text in offers
    assert max(map(len, (rungs + offers).splitlines())) <= width


def test_the_terminal_tells_of_case_studies_apart_and_of_one_article_alone(ladder):
    offers = printed(printing_ladder.offers_table(ladder, width=160), 160)
    assert "1 of 2 leads who took one became clients" in offers
    of_a = printed(printing_ladder.ladder_table(ladder, article="a", width=160), 160)
    assert "Took a seat at a webinar" in of_a
    assert NOTE[:40] in of_a


def test_nothing_is_said_of_case_studies_that_nobody_took():
    ladder = compose(Standing(), OFFERS, {}, span=ALL_TIME, now=NOW)
    assert printing_ladder.proof(ladder) == ()


def test_the_page_and_the_json_hold_the_ladder(ladder, tmp_path):
    from gatepost.report import compose as compose_report

    report = compose_report(three(), PAGES, site_name="B", model="linear", span=ALL_TIME, now=NOW)
    page = reporting.html(report, ladder)
    for text in ("<h2>The ladder</h2>", "A [bold] list", "measured apart: 1 of 2", "not on the site any more"):
        assert text in page
    assert "<h2>The ladder</h2>" not in reporting.html(report)
    plain = json.loads(json.dumps(reporting.json(report, ladder)))
    assert [offer["slug"] for offer in plain["ladder"]["offers"]] == ["list", "gone", "us"]
    assert plain["ladder"]["proof"]["with_case_study"]["clients"] == 1


def test_an_empty_database_has_a_ladder_with_nobody_on_it(both):
    built = Catalogue("B", "https://b.example", "en", NOW)
    ladder = reporting.ladder(both, built, now=NOW)
    assert [rung.count for rung in ladder.rungs] == [0] * len(ladder.rungs)
    assert (ladder.articles, ladder.offers) == ({}, ())

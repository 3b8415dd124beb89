"""The results of a survey as its owner reads them: every share with its number of people, every number opened."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest

from gatepost.actions import erasing, surveying
from gatepost.report.surveys import Took
from gatepost.store import Database
from tests.owner.conftest import Browser
from tests.rungs.asking import SURVEY_LINES, answers, confirms, lead_id, publish, survey, withdraw

ADA, BEA, CAI, DAN = "ada@example.org", "bea@example.org", "cai@example.org", "dan@example.org"


@pytest.fixture
def answered(engine, clock):
    """Three whose answers count, one of them twice, and one who never pressed the button."""
    publish(engine, survey())
    confirms(engine, ADA, {"source": ("Search",), "sure": ("1",)})
    clock.forward(minutes=1)
    confirms(engine, BEA, {"source": ("LinkedIn",), "pain": ("Too little time", "Too few readers, or none")})
    clock.forward(minutes=1)
    confirms(engine, CAI, {"source": ("A friend",), "sure": ("4",), "wish": ("=1+1 <b>money</b>\nand more",)})
    clock.forward(minutes=1)
    confirms(engine, ADA, {"source": ("A friend",), "sure": ("5",), "wish": ("About clients",)})
    answers(engine, DAN, {"source": ("Search",)})
    return engine


@pytest.fixture
def inside(bo: Browser) -> Browser:
    """Logged in."""
    assert bo.log_in().status_code == 303
    return bo


def row(page: str, answer: str) -> str:
    """The words of one answer's row."""
    (found,) = [part for part in page.split("<tr>") if re.search(rf'<th scope="row">{re.escape(answer)}', part)]
    return " ".join(re.sub(r"<[^>]*>", " ", found.split("</tr>")[0]).split())


def test_results_count_people_once_and_keep_requests_apart(answered):
    found = surveying.results(answered.database, answered.catalogue, "survey")
    assert found.took == Took(requested=4, confirmed=3, again=1)
    source, pain, sure, wish = found.results
    assert [(one.text, one.count, round(one.share, 2)) for one in source.counted] == [
        ("Search", 0, 0.0), ("LinkedIn", 1, 0.33), ("A friend", 2, 0.67),
    ]  # fmt: skip
    assert (source.n, pain.n, sure.n, wish.n) == (3, 1, 2, 2)
    assert [one.count for one in pain.counted] == [1, 1]
    assert sure.mean == 4.5
    assert [one.text for one in sure.counted] == ["1", "2", "3", "4", "5"]
    assert wish.counted == ()


def test_both_databases_give_the_same_results(answered, both: Database):
    other = replace(answered, database=both)
    assert surveying.results(both, answered.catalogue, "survey").took == Took()
    confirms(other, ADA, {"source": ("Search",), "sure": ("2",), "size": ("44",)})
    found = surveying.results(both, answered.catalogue, "survey")
    assert (found.took.confirmed, found.results[2].mean) == (1, 2.0)
    (line,) = surveying.listed(both, answered.catalogue)
    assert (line.slug, line.questions, line.took.confirmed) == ("survey", 4, 1)
    assert surveying.behind(both, answered.catalogue, "survey", question="source", answer="Search").total == 1
    assert ADA in surveying.as_csv(both, answered.catalogue, "survey")


def test_the_page_shows_counts_with_shares_and_opens_each_to_its_people(answered, inside):
    listed = inside.get("/owner/surveys").text
    assert '<a href="/owner/surveys/survey">One minute, please</a>' in listed
    page = inside.get("/owner/surveys/survey").text
    assert row(page, "A friend") == "A friend 2 67 %"
    assert row(page, "Search") == "Search 0 0 %"
    assert row(page, "5") == "5 entirely 1 50 %"
    assert "4.5 on average" in page
    assert "=1+1 &lt;b&gt;money&lt;/b&gt;\nand more" in page
    (link,) = re.findall(r'href="(/owner/surveys/survey/answers\?[^"]*answer=A[^"]*)"', page)
    behind = inside.get(link.replace("&amp;", "&")).text
    assert behind.index(ADA) < behind.index(CAI)
    assert BEA not in behind
    assert DAN not in inside.get("/owner/surveys/survey/answers").text
    assert DAN in inside.get("/owner/leads?offer=survey").text


def test_only_what_came_since_a_day_is_counted(answered, inside, clock):
    clock.forward(days=2)
    confirms(answered, DAN, {"source": ("Search",)})
    assert inside.log_in().status_code == 303
    page = inside.get(f"/owner/surveys/survey?since={clock().date()}").text
    assert row(page, "Search") == "Search 1 100 %"
    assert row(page, "A friend") == "A friend 0 0 %"
    assert f"since={clock().date()}" in page


def test_a_survey_that_has_changed_keeps_old_answers_in_sight(answered, inside):
    publish(answered, survey("How did you hear of us? | choice | Search, A friend", *SURVEY_LINES[1:], ending=()))
    page = inside.get("/owner/surveys/survey").text
    assert "No longer asked" in page
    assert row(page.split("No longer asked")[1], "A friend") == "A friend 2 67 %"
    publish(
        answered, survey("How did you find us? {#source} | choice | Search, LinkedIn", *SURVEY_LINES[1:], ending=())
    )
    page = inside.get("/owner/surveys/survey").text
    assert row(page, "A friend") == "A friend no longer offered 2 67 %"
    withdraw(answered, "survey")
    assert "no longer on the site" in inside.get("/owner/surveys").text
    page = inside.get("/owner/surveys/survey").text
    assert row(page, "A friend") == "A friend 2 67 %"


def test_the_file_has_one_row_a_person_and_no_formula(answered, inside):
    answer = inside.get("/owner/surveys/survey.csv")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="survey.csv"'
    assert answer.headers["Cache-Control"] == "no-store"
    header, *rows = csv.reader(io.StringIO(answer.text))
    assert header[:5] == ["email", "confirmed_at", "article", "channel", "times_answered"]
    assert header[5:] == [
        "How did you find us?",
        "What hurts most?",
        "How sure are you?",
        "What should we write about?",
    ]
    assert [one[0] for one in rows] == [ADA, CAI, BEA]
    assert [one[4] for one in rows] == ["2", "1", "1"]
    assert rows[1][8] == "'=1+1 <b>money</b>\nand more"
    assert rows[2][6] == "Too little time; Too few readers, or none"


def test_somebody_who_was_erased_is_a_number_only(answered, inside):
    erasing.erase(answered, lead_id(answered, ADA))
    page = inside.get("/owner/surveys/survey").text
    assert "Erased since, answers and all" in page
    assert row(page, "A friend") == "A friend 1 50 %"
    assert ADA not in inside.get("/owner/surveys/survey.csv").text


def test_a_survey_that_nobody_knows_is_named_and_nothing_is_shown_before_the_login(answered, inside, app):
    for path in ("", ".csv", "/answers"):
        assert inside.get(f"/owner/surveys/no-such{path}").status_code == 404
        stranger = Browser(app.test_client()).get(f"/owner/surveys/survey{path}")
        assert (stranger.status_code, ADA in stranger.text) == (303, False)
    assert inside.get("/owner/surveys/checklist").status_code == 404
    assert inside.get("/owner/surveys/survey/answers?question=a%00b&answer=%00").status_code == 200

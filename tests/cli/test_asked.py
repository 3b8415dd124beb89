"""`gatepost survey` and `gatepost tasks` say what readers answered and asked, in words, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
import os

import pytest
from click.testing import CliRunner, Result

from gatepost.cli import gatepost
from gatepost.engine import Engine
from tests.rungs.asking import confirms, publish, question, survey

ADA, BEA = "ada@example.org", "bea@example.org"


@pytest.fixture
def site(engine: Engine) -> Engine:
    publish(engine, survey(), question())
    confirms(engine, ADA, {"source": ("A friend",), "sure": ("4",), "wish": ("=[red]1+1",)})
    confirms(engine, BEA, {"question": ("What [b]does[/b] it cost?",), "phone": ("+49 30 1234567",)}, offer="question")
    return engine


def run(engine: Engine, *words: str) -> Result:
    settings = engine.settings
    kept = {name: None for name in os.environ if name.startswith("GATEPOST_")}
    env = {
        "GATEPOST_DATABASE_URL": settings.database_url,
        "GATEPOST_DATA_DIR": str(settings.data_dir),
        "COLUMNS": "160",
    }
    return CliRunner().invoke(gatepost, words, env={**kept, **env})


def test_surveys_are_listed_with_who_took_part(site):
    (line,) = [json.loads(line) for line in run(site, "survey", "list", "--json").stdout.splitlines()]
    assert (line["slug"], line["requested"], line["confirmed"], line["again"]) == ("survey", 1, 1, 0)
    assert "1 surveys." in run(site, "survey", "list").stdout
    later = run(site, "survey", "list", "--json", "--since", "2026-12-01").stdout
    assert json.loads(later)["confirmed"] == 0


def test_results_come_in_words_as_csv_and_as_json(site):
    words = run(site, "survey", "results", "survey").stdout
    assert "1 sent answers, 1 confirmed" in words
    assert "1 answered, 4.0 on average" in words
    assert any(line.split() == ["A", "friend", "1", "100", "%"] for line in words.splitlines())
    header, row = csv.reader(io.StringIO(run(site, "survey", "results", "survey", "--format", "csv").stdout))
    assert dict(zip(header, row, strict=True))["What should we write about?"] == "'=[red]1+1"
    plain = json.loads(run(site, "survey", "results", "survey", "--format", "json").stdout)
    source = plain["questions"][0]
    assert (source["n"], source["counted"][2]) == (
        1, {"text": "A friend", "count": 1, "share": 1.0, "is_offered": True},
    )  # fmt: skip


def test_a_survey_that_is_not_there_is_named_with_the_cure(site):
    refused = run(site, "survey", "results", "no-such")
    assert (refused.exit_code, "gatepost survey list" in refused.output) == (1, True)


def test_a_follow_up_is_listed_and_marked_as_done(site, clock):
    words = run(site, "tasks", "list").stdout
    assert "What [b]does[/b] it cost?" in words
    assert "1 open, 0 done." in words
    (line,) = [json.loads(line) for line in run(site, "tasks", "list", "--json").stdout.splitlines()]
    assert (line["email"], line["answers"]["Your telephone number"]) == (BEA, "+49 30 1234567")
    done = run(site, "tasks", "done", line["id"][:20], "--note", "Called.")
    assert (done.exit_code, done.stdout) == (0, f"Done: {BEA}.\n")
    assert run(site, "tasks", "list", "--json").stdout == ""
    (line,) = [json.loads(line) for line in run(site, "tasks", "list", "--all", "--json").stdout.splitlines()]
    assert (line["note"], line["is_overdue"], bool(line["done_at"])) == ("Called.", False, True)


@pytest.mark.parametrize("typed", ["", "0", "ffffffff", "xxxxxxxx", "01a20320"])
def test_an_id_that_fits_none_or_several_is_refused(site, typed):
    confirms(site, ADA, {"question": ("Why?",)}, offer="question")
    assert run(site, "tasks", "list").stdout.count("01a20320") == 2
    refused = run(site, "tasks", "done", typed)
    assert (refused.exit_code, "gatepost tasks list --all" in refused.output) == (1, True)

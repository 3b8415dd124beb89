"""`gatepost trials` says the same in a terminal and as JSON."""

from __future__ import annotations

import json
import os

import pytest
from click.testing import CliRunner, Result

from gatepost.cli import gatepost
from gatepost.engine import Engine
from gatepost.offers import Trial, Variant
from tests.trials.conftest import TRIAL, put_trial
from tests.trials.test_panel import happened


def run(engine: Engine, *words: str) -> Result:
    chosen = engine.settings
    env = {"GATEPOST_DATABASE_URL": chosen.database_url, "GATEPOST_DATA_DIR": str(chosen.data_dir), "COLUMNS": "160"}
    kept = {name: None for name in os.environ if name.startswith("GATEPOST_")}
    return CliRunner().invoke(gatepost, ["trials", *words], env={**kept, **env})


def test_without_a_test_it_says_how_to_begin_and_what_it_takes(engine: Engine) -> None:
    told = run(engine)
    assert told.exit_code == 0
    assert "No test is running. To begin one, write `Variants: short | button: Send me the list`" in told.stdout
    assert "half as many again" in told.stdout
    assert "181 leads" in told.stdout


def test_each_test_is_a_sentence_and_a_table(engine: Engine) -> None:
    put_trial(engine, Trial.of("checklist", [Variant("short", button="Send [it] now")]))
    happened(engine.database, TRIAL.key, now=(400, 10), short=(410, 20))
    told = run(engine)
    assert told.exit_code == 0
    assert "Nobody has seen it yet." in told.stdout
    # What stands in brackets is no markup.
    assert "“Send [it] now”" in told.stdout
    assert "past\nIt ended too early: “short” may have brought" in told.stdout
    assert "Before you publish" not in run(engine, "--offer", "ebook").stdout


def test_json_has_every_number_and_no_infinity(engine: Engine) -> None:
    put_trial(engine, TRIAL)
    happened(engine.database, TRIAL.key, now=(400, 0), short=(410, 20), inline=(405, 10))
    found = json.loads(run(engine, "--json").stdout, parse_constant=pytest.fail)
    (one,) = found["running"]
    assert [variant["key"] for variant in one["variants"]] == ["now", "short", "inline"]
    assert [it["ratio_high"] for it in one["compared"]] == [None, None]
    assert one["sizes"][1]["leads"] > 181
    assert [it["offer"] for it in found["untested"]] == ["ebook"]


def test_an_offer_that_is_not_there_is_named(engine: Engine) -> None:
    happened(engine.database, TRIAL.key, "gone", now=(400, 10), short=(410, 20))
    told = run(engine, "--offer", "gone")
    assert "There is no offer 'gone' on the site" in told.stderr
    assert "It ended too early" in told.stdout

"""`gatepost credit`: journeys from elsewhere in, every model's credit out."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from gatepost.attribution import MODELS
from gatepost.attribution.reckoning import NONE
from tests.attribution.cast import AT, naive_effects
from tests.attribution.command import HEADER, by_article, credited, days_before, lead, rows, run


def test_a_journey_with_times_under_each_model() -> None:
    made = rows(
        lead(
            (days_before(14), "a", "search"), (days_before(7), "b", "email"), (days_before(0), "a", "direct"), value=70
        )
    )
    expected = {
        "first": {"a": 1, "b": 0},
        "last": {"a": 1, "b": 0},
        "last_non_direct": {"a": 0, "b": 1},
        "linear": {"a": 2 / 3, "b": 1 / 3},
        "position": {"a": 0.8, "b": 0.2},
        "time_decay": {"a": 5 / 7, "b": 2 / 7},
        # Without b, half of those at a still convert.
        "markov": {"a": 2 / 3, "b": 1 / 3},
        "shapley": {"a": 0.5, "b": 0.5},
    }
    for model, credits in expected.items():
        assert by_article(made, model) == pytest.approx(credits, abs=1e-12), model
        values = {row.article: row.value for row in made if row.model == model}
        assert values == pytest.approx({article: 70 * credit for article, credit in credits.items()}, abs=1e-9), model


def test_touches_outside_the_ninety_days_get_nothing_and_keep_their_row() -> None:
    made = rows(
        lead((days_before(90), "edge", "x"), (days_before(90.00001), "old", "x"), (days_before(-0.00001), "late", "x"))
    )
    for model in MODELS:
        assert by_article(made, model) == {"edge": 1, "old": 0, "late": 0}
    assert {row.article: row.removal_effect for row in made if row.model == "markov"} == {
        "edge": 1,
        "old": 0,
        "late": 0,
    }


def test_a_conversion_without_a_touch_goes_to_none_whole() -> None:
    made = rows(
        lead(value=30) + lead((days_before(100), "a", "x"), value=10) + lead((days_before(1), "b", "x"), value=5)
    )
    for model in MODELS:
        assert by_article(made, model) == {NONE: 2, "b": 1, "a": 0}
        assert {row.article: row.value for row in made if row.model == model} == {NONE: 40, "b": 5, "a": 0}


def test_times_are_iso_or_unix_and_their_order_is_that_of_time() -> None:
    unix = AT.timestamp()
    made = rows(lead((unix - 60, "second", "x"), ("2026-10-01T02:00:00+02:00", "first", "x"), converted_at=unix))  # type: ignore[arg-type]
    assert by_article(made, "first") == {"first": 1, "second": 0}
    same = rows(lead((days_before(1), "b", "x"), (days_before(1), "a", "x"), converted_at="2026-11-01"))
    assert by_article(same, "first") == {"b": 1, "a": 0}


def test_a_lead_who_did_not_convert_is_a_way_to_nothing() -> None:
    text = lead((days_before(1), "a", "x"), (days_before(0.5), "b", "x"))
    text += lead((days_before(200), "a", "x"), converted_at=None) + '{"touches": [{"t": 1, "article": "c"}]}\n'
    made = rows(text)
    assert by_article(made, "linear") == {"a": 0.5, "b": 0.5, "c": 0}
    assert {row.article: row.removal_effect for row in made if row.model == "markov"} == {"a": 1, "b": 1, "c": 0}
    quiet = rows(lead((days_before(1), "a", "x"), converted_at=None))
    assert {row.credit for row in quiet} == {0.0}


def test_value_goes_by_its_own_removal_effects() -> None:
    text = "path,total_conversions,total_null,total_conversion_value\na > b,2,3,10\nb,1,1,90\nc > a,1.5,0.5,20.5\n"
    made = rows(text)
    paths = [path._replace(value=value) for path, value in zip(_paths(text), (10.0, 90.0, 20.5), strict=True)]
    effects, worths = naive_effects(paths), naive_effects(paths, by_value=True)
    for row in (row for row in made if row.model == "markov"):
        assert row.removal_effect == pytest.approx(effects[row.article], abs=1e-12)
        assert row.credit == pytest.approx(4.5 * effects[row.article] / sum(effects.values()), abs=1e-12)
        assert row.value == pytest.approx(120.5 * worths[row.article] / sum(worths.values()), abs=1e-9)
    linear = {row.article: row.value for row in made if row.model == "linear"}
    assert linear == pytest.approx({"a": 15.25, "b": 95, "c": 10.25})


def _paths(text: str) -> list[Any]:
    from gatepost.attribution.markov import Path as Way

    return [
        Way(
            [touch.strip() for touch in row["path"].split(">")],
            float(row["total_conversions"]),
            float(row["total_null"]),
        )
        for row in csv.DictReader(io.StringIO(text))
    ]


def test_a_path_has_no_times_and_its_only_channels_are_its_names() -> None:
    made = rows(HEADER + "a > b > direct,1,0\na > b,3,1\n")
    assert by_article(made, "time_decay") == by_article(made, "linear")
    assert by_article(made, "last") == {"b": 3, "direct": 1, "a": 0}
    assert by_article(made, "last_non_direct") == {"b": 4, "a": 0, "direct": 0}


def test_the_command_reads_standard_input_and_tells_what_it_is() -> None:
    paths = credited("-", typed=(HEADER + "a > b,1,0\n").encode())
    assert [row["model"] for row in paths] == [model for model in MODELS for _ in range(2)]
    leads = credited("-", typed=lead((days_before(1), "a", "x")).encode())
    assert {row["article"] for row in leads} == {"a"}
    assert all(row["value"] == "" for row in leads)
    forced = credited("-", "--input", "csv", "--model", "linear", typed=b"path,total_conversions\n{a,1\n")
    assert [(row["article"], row["credit"]) for row in forced] == [("{a", "1.0")]


def test_the_models_asked_for_come_in_the_order_of_the_table(tmp_path: Path) -> None:
    file = tmp_path / "paths.csv"
    file.write_text(HEADER + "a > b,1,0\n")
    found = credited(file, "--model", "shapley", "--model", "first")
    assert list(dict.fromkeys(row["model"] for row in found)) == ["first", "shapley"]


def test_json_holds_the_same_numbers_as_csv(tmp_path: Path) -> None:
    file = tmp_path / "paths.txt"
    file.write_text("path,total_conversions,total_null,total_conversion_value\na > b > c,1,2,3.5\nc,1,1,0\n")
    as_json = json.loads(run(file, "--format", "json").stdout)
    for plain, row in zip(credited(file), as_json, strict=True):
        assert (plain["model"], plain["article"]) == (row["model"], row["article"])
        assert float(plain["credit"]) == row["credit"]
        assert float(plain["value"]) == row["value"]
        assert ("removal_effect" in row) == (row["model"] == "markov")
        assert not plain["removal_effect"] or float(plain["removal_effect"]) == row["removal_effect"]


def test_a_mistake_leaves_the_old_result_as_it_was(tmp_path: Path) -> None:
    result, good, bad = tmp_path / "result.csv", tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(HEADER + "a,1,0\n")
    bad.write_text(HEADER + "a,1,0\nb,-1,0\n")
    assert run(good, "-o", result).returncode == 0
    kept = result.read_bytes()
    refused = run(bad, "-o", result)
    assert refused.returncode == 2
    assert "bad.csv: Line 3: total_conversions is -1.0." in refused.stderr.decode()
    assert "Write a number" in refused.stderr.decode()
    assert refused.stdout == b""
    assert result.read_bytes() == kept
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.csv", "good.csv", "result.csv"]
    nowhere = run(good, "-o", tmp_path / "no" / "folder.csv")
    assert nowhere.returncode == 2
    assert "-o" in nowhere.stderr.decode()


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    file = tmp_path / "latin.csv"
    file.write_bytes((HEADER + "a,1,0\nü,1,0\n").encode("latin-1"))
    refused = run(file)
    assert refused.returncode == 2
    assert "Line 3: this is not UTF-8." in refused.stderr.decode()


def test_names_that_a_spreadsheet_would_calculate_are_made_safe_and_others_left_alone() -> None:
    found = credited("-", typed=(HEADER + "=1+1 > first-steps > über uns > 7,1,0\n").encode())
    assert {row["article"] for row in found} == {"'=1+1", "first-steps", "über uns", "7"}

"""The generated history is what the product would have stored: its counters and sums say the same, and it can be reported on."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from bench.__main__ import bench
from bench.sizes import LAST_DAY, Size
from click.testing import CliRunner

from bench import history, reporting
from gatepost import catalogue
from gatepost.actions import crediting
from gatepost.actions import reporting as reports
from gatepost.journey import MOST_TOUCHES
from gatepost.store import Database, backup, schema

SMALL = Size(articles=60, reads=40_000, leads=300, days=400)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("history")
    history.write(folder, SMALL)
    return folder


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(folder / "gatepost.db") as connection:
        return connection.execute(query).fetchall()


def test_the_same_numbers_give_the_same_rows(made: Path, tmp_path: Path) -> None:
    history.write(tmp_path, SMALL)
    for table in ("touch_day", "pair_sum", "signup", "touch", "deal", "spend"):
        assert rows(made, f"SELECT * FROM {table}") == rows(tmp_path, f"SELECT * FROM {table}")
    assert catalogue.read(made) == catalogue.read(tmp_path)


def test_it_is_a_whole_database_of_this_version(made: Path) -> None:
    database = Database(f"sqlite:///{made / 'gatepost.db'}")
    schema.check(database)
    assert backup.findings(database) == []
    database.close()


def test_it_has_the_size_asked_for(made: Path) -> None:
    ((reads,),) = rows(made, "SELECT sum(count) FROM touch_day WHERE rung = 'read'")
    assert reads == pytest.approx(SMALL.reads, rel=0.05)
    ((leads, people),) = rows(made, "SELECT count(confirmed_at), count(*) FROM lead")
    assert (leads, people) == (SMALL.leads, SMALL.leads * 5 // 4)
    ((days, first, last),) = rows(made, "SELECT count(DISTINCT day), min(day), max(day) FROM touch_day")
    assert (days, last) == (SMALL.days, LAST_DAY.isoformat())
    assert first == history.blog(SMALL).dates()[0]
    ((longest, journeys, touches),) = rows(
        made, "SELECT max(place) + 1, count(DISTINCT signup_id), count(*) FROM touch"
    )
    assert 10 < longest <= MOST_TOUCHES
    ((requests,),) = rows(made, "SELECT count(*) FROM signup")
    assert 3.5 < touches / requests < 4.7
    assert 0.8 < journeys / requests < 0.9


@pytest.mark.parametrize(
    ("sums", "days", "key", "added"),
    [
        ("touch_sum", "touch_day", "article, rung", "sum(count), sum(firsts)"),
        ("channel_sum", "touch_day", "channel, rung", "sum(count)"),
        ("pair_sum", "pair_day", "previous, article", "sum(count)"),
    ],
)
def test_sums_are_those_of_the_days(made: Path, sums: str, days: str, key: str, added: str) -> None:
    by_month = f"SELECT substr(day, 1, 7), {key}, {added} FROM {days} GROUP BY substr(day, 1, 7), {key}"
    in_all = f"SELECT 'all', {key}, {added} FROM {days} GROUP BY {key}"
    kept = added.replace("sum(", "").replace(")", "")
    assert rows(made, f"{by_month} UNION ALL {in_all} ORDER BY 1, 2, 3") == rows(
        made, f"SELECT period, {key}, {kept} FROM {sums} ORDER BY 1, 2, 3"
    )


def test_no_more_readers_leave_an_article_than_came_to_it(made: Path) -> None:
    went = dict(rows(made, "SELECT previous, sum(count) FROM pair_day WHERE previous <> '' GROUP BY previous"))
    came = dict(rows(made, "SELECT article, sum(count) FROM pair_day GROUP BY article"))
    assert len(went) > 20
    assert all(count <= came[article] for article, count in went.items())
    assert rows(made, "SELECT count(*) FROM pair_day WHERE previous = article") == [(0,)]


def test_journeys_are_in_order_and_end_before_their_request(made: Path) -> None:
    found = rows(
        made, "SELECT signup_id, place, at, requested_at FROM touch JOIN signup ON id = signup_id ORDER BY 1, 2"
    )
    for one, next_one in pairwise(found):
        if one[0] == next_one[0]:
            assert one[2] <= next_one[2]
            assert one[1] + 1 == next_one[1]
    assert all(at <= requested for _, _, at, requested in found)


def test_it_can_be_recounted_and_reported_on(made: Path) -> None:
    database = Database(f"sqlite:///{made / 'gatepost.db'}")
    crediting.recount(database)
    built = catalogue.read(made)
    now = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, tzinfo=UTC)
    for model in ("linear", "markov"):
        found = reports.report(database, built, model=model, now=now)
        assert found.totals.conversions == SMALL.leads
        assert sum(row.credit for row in found.rows) + found.totals.unplaced.credit == pytest.approx(SMALL.leads)
    database.close()
    asked = reporting.one(made, "linear", date(2026, 10, 2), 1)
    assert asked["articles"] == SMALL.articles
    assert all(asked[name] > 0 for name in ("import_ms", "cold_ms", "warm_ms"))


@pytest.mark.long
def test_every_question_is_put_to_every_history_and_kept_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import bench.__main__ as command

    monkeypatch.setattr(command, "RESULTS", tmp_path)
    monkeypatch.setattr(reporting, "QUICK", 4000)
    for table, kept in (("VARIANTS", ("whole", "reads doubled")), ("QUESTIONS", ("last 30 days", "Markov"))):
        monkeypatch.setattr(reporting, table, {name: getattr(reporting, table)[name] for name in kept})
    result = CliRunner().invoke(bench, ["--quick", "--only", "report"])
    assert result.exit_code == 0, result.output
    assert "reads doubled" in result.output
    found = json.loads((tmp_path / "report.json").read_text())["report"]
    assert found["to_whole"]["reads doubled"].keys() == {"last 30 days", "Markov"}
    for variant in found["variants"].values():
        assert variant["rows"]["lead"] == 62
        assert variant["questions"]["Markov"]["articles"] == 20
        assert variant["command_mib"]["min"] > 10
    whole, doubled = (found["variants"][name]["size"]["reads"] for name in ("whole", "reads doubled"))
    assert doubled == 2 * whole


def test_filling_is_a_command_that_says_how_many_rows_there_are(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.history", str(tmp_path / "new"), "12", "900", "8", "40"],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["lead"] == 10

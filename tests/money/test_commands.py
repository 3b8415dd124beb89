"""`gatepost deals` and `gatepost spend` say what they did, in words, as JSON and with their exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gatepost.cli import gatepost
from gatepost.engine import Engine
from tests.report.story import lead, signup

DEALS = "email,amount,currency,date,note\nada@example.org,2400,EUR,2026-11-23,=1+1\nada@example.org,-20.50,EUR,2026-12-01,[red]paid[/red] back\n"
SPEND = "date,amount,currency,channel\n2026-11-01,50,EUR,event\n"


class Shell:
    def __init__(self, engine: Engine, folder: Path):
        self.engine, self.folder = engine, folder

    def run(self, *words: str, typed: str = "") -> Result:
        settings = self.engine.settings
        env = {"GATEPOST_DATABASE_URL": settings.database_url, "GATEPOST_DATA_DIR": str(settings.data_dir)}
        kept = {name: None for name in os.environ if name.startswith("GATEPOST_")}
        return CliRunner().invoke(gatepost, words, env={**kept, **env}, input=typed)

    def file(self, text: str) -> str:
        path = self.folder / "file.csv"
        path.write_text(text, encoding="utf-8")
        return str(path)


@pytest.fixture
def shell(engine: Engine, tmp_path: Path) -> Shell:
    with engine.database.writing() as tx:
        signup(tx, lead(tx, "ada"), ["first-steps"])
    return Shell(engine, tmp_path)


def test_a_file_of_deals_is_imported_once_and_shows_in_the_report(shell):
    file = shell.file(DEALS)
    tried = shell.run("deals", "import", file, "--dry-run")
    assert (tried.exit_code, "2 deals would be imported: 2379.50 EUR." in tried.stdout) == (0, True)
    done = shell.run("deals", "import", file)
    assert (done.exit_code, done.stdout) == (0, "2 deals imported: 2379.50 EUR.\n")
    again = shell.run("deals", "import", file)
    assert (again.exit_code, again.stdout) == (0, "0 deals imported. 2 were there already.\n")
    report = json.loads(shell.run("report", "--format", "json").stdout)
    (row,) = (row for row in report["articles"] if row["slug"] == "first-steps")
    assert row["deals"] == {"EUR": 237_950}
    (channel,) = (one for one in report["channels"] if one["leads"])
    assert (channel["clients"], channel["deals"]) == (1, {"EUR": 237_950})


def test_spend_gives_the_channel_a_return(shell):
    shell.run("deals", "import", shell.file(DEALS))
    assert shell.run("spend", "import", "-", typed=SPEND.replace("event", "search")).exit_code == 0
    report = json.loads(shell.run("report", "--format", "json").stdout)
    (channel,) = (one for one in report["channels"] if one["leads"])
    assert channel["spend"] == {"EUR": 5000}
    assert report["return_of"] == {"EUR": "deals"}


def test_bad_lines_are_named_up_to_twenty_and_nothing_is_imported(shell):
    bad = shell.run("deals", "import", shell.file(DEALS + "ada@example.org,1.234,EUR,2026-11-23,\n" * 25))
    assert bad.exit_code == 1
    named = [line for line in bad.stderr.splitlines() if line.startswith("Line ")]
    assert len(named) == 20
    assert "Line 4: amount: '1.234' can be read as 1234 and as 1.234. Write 1234.00" in named[0]
    assert "And 5 more." in bad.stderr
    assert "Nothing was imported" in bad.stderr
    assert shell.run("deals", "list").stdout.endswith("0 deals.\n")


def test_deals_of_nobody_are_named_with_their_lines_and_the_exit_code_is_one(shell):
    done = shell.run("deals", "import", shell.file(DEALS + "zoe@example.org,1,EUR,2026-11-23,\n"))
    assert done.exit_code == 1
    assert "2 deals imported" in done.stdout
    assert "Line 4 is left out: nobody here has the address zoe@example.org." in done.stderr


def test_what_cannot_be_a_list_of_deals_is_wrong_use(shell):
    for text in ("", "email,amount\nada@example.org,1\n"):
        refused = shell.run("deals", "import", shell.file(text))
        assert (refused.exit_code, "Begin" in refused.stderr) == (2, True)
    for words in (("deals", "import", "nowhere.csv"), ("spend", "import", str(shell.folder))):
        assert shell.run(*words).exit_code == 2
    assert shell.run("deals", "list", "--csv", "--json").exit_code == 2


def test_a_script_reads_what_was_done_as_json(shell):
    file = shell.file(DEALS.replace("note", "remark", 1) + "zoe@example.org,1,EUR,2026-11-23,\n")
    told = shell.run("deals", "import", file, "--json")
    said = json.loads(told.stdout)
    assert told.exit_code == 1
    assert (said["imported"], said["amounts"], said["known"]) == (2, {"EUR": 237_950}, 0)
    assert said["columns_passed_over"] == ["remark"]
    assert [finding["line"] for finding in said["kept_out"]] == [4]
    rows = [json.loads(line) for line in shell.run("deals", "list", "--json").stdout.splitlines()]
    assert [(row["email"], row["amount"], row["kind"]) for row in rows] == [
        ("ada@example.org", "-20.50", "repeat"),
        ("ada@example.org", "2400.00", "first"),
    ]


def test_a_list_as_csv_is_safe_in_a_spreadsheet_and_adds_nothing_when_imported(shell):
    shell.run("deals", "import", shell.file(DEALS))
    shell.run("spend", "import", shell.file(SPEND.replace("\n", ",note\n", 1).replace("event\n", "event,@sum\n")))
    for command, note in (("deals", "'=1+1"), ("spend", "'@sum")):
        listed = shell.run(command, "list", "--csv").stdout
        rows = list(csv.DictReader(io.StringIO(listed)))
        assert rows[-1]["note"] == note
        again = shell.run(command, "import", shell.file(listed))
        assert (again.exit_code, again.stdout.startswith("0 ")) == (0, True)
        assert f"{len(rows)} were there already" in again.stdout


def test_the_table_shows_notes_as_they_were_written_and_only_from_a_day_on(shell):
    shell.run("deals", "import", shell.file(DEALS))
    listed = shell.run("deals", "list", "--since", "2026-12-01").stdout
    assert "[red]paid[/red]" in listed
    assert "2400" not in listed
    assert listed.endswith("1 deals.\n")

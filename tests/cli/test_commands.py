"""The command line does what it says, and every refusal names its cure."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from gatepost.offers import KINDS

KEY = "k9Jt2vQx7Lr4Wm8Zb3Nc6Hd1Fg5Ps0Ya"


def gatepost(folder: Path, *words: str, typed: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GATEPOST_")}
    return subprocess.run(
        [sys.executable, "-m", "gatepost.cli", *words],
        cwd=folder,
        env={**kept, **env},
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_capture_does_not_start_without_a_strong_key(tmp_path):
    for keys in ("", "short", "x" * 64):
        refused = gatepost(tmp_path, "capture", GATEPOST_SITE_URL="https://b.example", GATEPOST_SECRET_KEYS=keys)
        assert refused.returncode == 2
        assert "GATEPOST_SECRET_KEYS" in refused.stderr
        assert "secrets.token_urlsafe" in refused.stderr
        assert "Traceback" not in refused.stderr


def test_capture_asks_for_the_upgrade_of_an_empty_database(tmp_path):
    env = {"GATEPOST_SITE_URL": "https://b.example", "GATEPOST_SECRET_KEYS": KEY}
    refused = gatepost(tmp_path, "capture", **env)
    assert refused.returncode == 1
    assert "gatepost db upgrade" in refused.stderr


def test_the_worker_asks_for_a_mail_server(tmp_path):
    env = {"GATEPOST_SITE_URL": "https://b.example", "GATEPOST_SECRET_KEYS": KEY}
    refused = gatepost(tmp_path, "worker", **env)
    assert refused.returncode == 2
    assert "GATEPOST_SMTP_URL" in refused.stderr


def test_up_and_build_outside_a_site_say_how_to_make_one(tmp_path):
    for command in ("up", "build", "check"):
        refused = gatepost(tmp_path, command)
        assert refused.returncode == 2
        assert "gatepost init" in refused.stderr


def test_a_port_in_use_is_named_before_anything_is_built(tmp_path):
    gatepost(tmp_path, "init", "blog")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = gatepost(tmp_path / "blog", "up", PORT=str(taken.getsockname()[1]))
    assert refused.returncode == 2
    assert "choose another: PORT=" in refused.stderr
    assert not (tmp_path / "blog" / "output").exists()


@pytest.mark.long
def test_a_new_article_and_a_new_offer_of_every_kind_pass_the_check(tmp_path):
    gatepost(tmp_path, "init", "blog")
    site = tmp_path / "blog"
    assert gatepost(site, "new", "article", "Ünser  first: question?").returncode == 0
    assert "Offer: auto" in (site / "content/articles/unser-first-question.md").read_text()
    for kind in set(KINDS) - {"download"}:
        assert gatepost(site, "new", "offer", f"My {kind}", "--kind", kind).returncode == 0
    checked = gatepost(site, "check")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_download_without_its_file_is_named_by_the_check_with_its_cure(tmp_path):
    gatepost(tmp_path, "init", "blog")
    site = tmp_path / "blog"
    gatepost(site, "new", "offer", "My plan", "--kind", "download")
    checked = gatepost(site, "check")
    assert checked.returncode == 1
    assert "content/offers/my-plan.md:" in checked.stdout + checked.stderr
    assert "files/my-plan.pdf" in checked.stdout + checked.stderr


def test_a_build_without_the_plugin_publishes_nothing(tmp_path):
    gatepost(tmp_path, "init", "blog")
    conf = tmp_path / "blog" / "pelicanconf.py"
    conf.write_text(conf.read_text().replace('"gatepost_pelican"', '"gatepost_pelicann"'))
    refused = gatepost(tmp_path / "blog", "build")
    assert refused.returncode != 0
    assert "gatepost_pelicann" in refused.stdout + refused.stderr
    assert not (tmp_path / "blog" / "output" / "what-an-article-costs.html").exists()


def test_plain_pelican_without_gatepost_publishes_nothing(tmp_path):
    gatepost(tmp_path, "init", "blog")
    # A folder in front of ours, so that the import fails as it does where Gatepost is not installed.
    (tmp_path / "gatepost_pelican.py").write_text("raise ImportError('not installed')\n")
    command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py"]
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    refused = subprocess.run(command, cwd=tmp_path / "blog", env=env, capture_output=True, text=True, timeout=120)
    assert refused.returncode != 0
    assert not (tmp_path / "blog" / "output").exists()


def test_new_never_overwrites_what_was_written(tmp_path):
    assert gatepost(tmp_path, "new", "article", "Twice").returncode == 0
    refused = gatepost(tmp_path, "new", "article", "Twice")
    assert refused.returncode == 2
    assert "exists already" in refused.stderr
    assert gatepost(tmp_path, "new", "article", "???").returncode == 2


def test_the_database_is_made_checked_and_copied(tmp_path):
    assert gatepost(tmp_path, "db", "check").returncode == 1
    assert gatepost(tmp_path, "db", "upgrade").returncode == 0
    assert gatepost(tmp_path, "db", "upgrade").returncode == 0
    assert gatepost(tmp_path, "db", "check").returncode == 0
    assert gatepost(tmp_path, "db", "backup", "copy.db").returncode == 0
    tables = {row[0] for row in sqlite3.connect(tmp_path / "copy.db").execute("SELECT name FROM sqlite_master")}
    assert {"lead", "signup", "consent", "outbox"} <= tables
    assert (tmp_path / "copy.db").stat().st_mode & 0o077 == 0
    refused = gatepost(tmp_path, "db", "backup", "copy.db")
    assert refused.returncode == 2


def test_a_broken_database_is_found(tmp_path):
    gatepost(tmp_path, "db", "upgrade")
    path = tmp_path / ".gatepost" / "gatepost.db"
    content = bytearray(path.read_bytes())
    content[8192 : 8192 + 2048] = b"\x00" * 2048
    path.write_bytes(content)
    assert gatepost(tmp_path, "db", "check").returncode == 1


def test_an_owner_gets_a_password_from_a_pipe_or_is_given_one(tmp_path):
    piped = gatepost(tmp_path, "owner", "add", "ada@example.org", typed="a long enough pass phrase\n")
    assert piped.returncode == 0, piped.stderr
    assert "Password" not in piped.stdout
    given = gatepost(tmp_path, "owner", "add", "bo@example.org")
    assert "Password (shown once): " in given.stdout
    short = gatepost(tmp_path, "owner", "add", "cy@example.org", typed="short\n")
    assert short.returncode == 2
    assert "12" in short.stderr


def test_leads_of_an_empty_database_are_none_and_an_unknown_one_is_a_finding(tmp_path):
    gatepost(tmp_path, "db", "upgrade")
    assert "0 leads" in gatepost(tmp_path, "leads", "list").stdout
    for words in (("show",), ("forget", "--yes")):
        refused = gatepost(tmp_path, "leads", words[0], "nobody@example.org", *words[1:])
        assert refused.returncode == 1
        assert "nobody@example.org" in refused.stderr


def test_the_doctor_names_findings_by_stable_ids(tmp_path):
    found = gatepost(tmp_path, "doctor")
    assert found.returncode == 1
    assert "E002" in found.stdout
    assert "W003" in found.stdout


def test_help_of_every_command_is_whole():
    shown = gatepost(Path.cwd(), "--help")
    for command in (
        "init",
        "up",
        "build",
        "capture",
        "worker",
        "report",
        "new",
        "check",
        "leads",
        "db",
        "owner",
        "doctor",
    ):
        assert f"\n  {command} " in shown.stdout


def test_a_wrong_option_is_wrong_use(tmp_path):
    assert gatepost(tmp_path, "report", "--model", "magic").returncode == 2
    assert gatepost(tmp_path, "no-such-command").returncode == 2


def test_an_exported_lead_is_a_row_no_spreadsheet_runs(tmp_path, engine):
    from gatepost.actions import listing

    row = {"email": "=cmd@example.org", "offers": ["a", "b"]}
    assert listing.csv_row(row, ["email", "offers"]) == ["'=cmd@example.org", "a, b"]
    assert json.dumps(row)


@pytest.mark.parametrize("command", [("report",), ("leads", "list")])
def test_commands_that_read_say_when_there_is_no_database_yet(tmp_path, command):
    refused = gatepost(tmp_path, *command)
    assert refused.returncode == 1
    assert "gatepost db upgrade" in refused.stderr

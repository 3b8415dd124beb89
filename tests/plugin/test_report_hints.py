"""Hints of `gatepost check`: no mistakes, and yet worth a look; silent where nothing is known."""

from __future__ import annotations

import json
import os
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gatepost import catalogue
from gatepost.actions import reporting
from gatepost.store import Database
from gatepost_pelican.check import main
from gatepost_pelican.report import kept
from gatepost_pelican.report.figures import Texts, read
from tests.plugin.reporting import fill, say, serving
from tests.plugin.sites import Site, article

SETTINGS = ("-s", "pelicanconf.py")


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    for name in [name for name in os.environ if name.startswith("GATEPOST_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(site.folder)


@pytest.fixture
def telling(site: Site) -> Site:
    """`lonely` is read without an offer under it; `plain` converts at a small part of what the others do."""
    site.write("content/articles/lonely.md", article("lonely", "Words without an offer."))
    for slug in ("best", "good", "fair", "fine"):
        site.write(f"content/articles/{slug}.md", article(slug, f"Words of {slug}.", Offer="the-plan"))
    counts = {"lonely": (2000, 20), "plain": (3000, 10), "best": (1500, 21), "good": (1500, 19)}
    fill(site, {**counts, "fair": (1500, 18), "fine": (1500, 15)})
    return site


def checked(capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, list[str]]:
    """Mistakes and hints only, as lines without their codes."""
    code = main([*SETTINGS, "--only", "GP1,GP601", *more])
    lines = capsys.readouterr().out.splitlines()
    assert all(line.endswith(("  [GP101]", "  [GP601]")) for line in lines)
    return code, [line.rpartition("  [")[0] for line in lines]


def test_a_hint_names_file_and_line_and_gives_both_rates(telling: Site, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines = checked(capsys)
    assert code == 0
    assert lines == [
        "content/articles/lonely.md:1: hint: read by 2,000, no offer under it. `Offer: auto` takes the closest one.",
        lines[1],
    ]
    start = (
        "content/articles/plain.md:5: hint: its readers become leads at about a third of the site's rate: 10 of 3,000 ("
    )
    assert lines[1].startswith(start)
    assert "all articles 103 of 11,000 (0.94 %)" in lines[1]
    assert telling.folder.joinpath("content/articles/plain.md").read_text().splitlines()[4].startswith("Offer:")


def test_a_hint_is_a_finding_only_where_that_is_wanted(telling: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(capsys, "--strict")[0] == 1
    (telling.data / "gatepost.db").unlink()
    assert checked(capsys, "--strict") == (0, [])


def test_hints_come_after_the_mistakes(telling: Site, capsys: pytest.CaptureFixture[str]) -> None:
    telling.write("content/articles/wrong.md", article("wrong", "Words.", Offer="nowhere"))
    code, lines = checked(capsys)
    assert code == 1
    assert "there is no offer 'nowhere'" in lines[0]
    assert [": hint: " in line for line in lines] == [False, True, True]


def test_a_check_writes_nothing(telling: Site, capsys: pytest.CaptureFixture[str]) -> None:
    def files() -> dict[str, bytes]:
        ours = (p for p in telling.folder.rglob("*") if p.is_file() and not p.name.startswith("gatepost.db"))
        return {str(p): p.read_bytes() for p in ours if "cache" not in p.parts and "held" not in p.parts}

    before = files()
    checked(capsys)
    assert files() == before


def test_without_figures_there_is_no_word(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert checked(capsys) == (0, [])
    site.write(".gatepost/report.json", "{")
    assert checked(capsys) == (0, [])


def test_a_service_that_does_not_answer_is_passed_over_in_silence(
    site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(lambda handler, _: say(handler, b"", 500)) as server:
        monkeypatch.setenv("GATEPOST_API_TOKEN", "gp_x")
        monkeypatch.setenv("GATEPOST_CAPTURE_URL", server.url)
        assert checked(capsys) == (0, [])
        assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("fields", "is_hinted"),
    [
        ({}, True),
        ({"Offer": "none"}, True),
        ({"Cta": "linkedin"}, True),
        ({"Offer": "ten-checks"}, False),
        ({"Offer": "auto"}, False),
        ({"Status": "draft"}, False),
        ({"Status": "hidden"}, True),
    ],
)
def test_no_offer_means_nothing_to_take_along(
    site: Site, capsys: pytest.CaptureFixture[str], fields: dict[str, str], is_hinted: bool
) -> None:
    site.write("content/articles/one.md", article("one", "Words.", **fields))
    fill(site, {"one": (250, 3)})
    _, lines = checked(capsys)
    assert any("one.md" in line for line in lines) == is_hinted


def test_few_readers_are_no_reason_for_a_word(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    site.write("content/articles/one.md", article("one", "Words."))
    fill(site, {"one": (249, 3)})
    assert checked(capsys) == (0, [])


def test_an_offer_inside_the_text_is_an_offer(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    fill(site, {"inline": (5000, 50)})
    assert checked(capsys) == (0, [])


def test_no_verdict_no_hint(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    fill(site, {"plain": (100, 1), "inline": (1000, 20)})
    assert checked(capsys) == (0, [])


def test_a_rate_a_little_below_is_no_hint(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    fill(site, {"plain": (60_000, 600), "inline": (60_000, 900), "gated": (60_000, 900)})
    assert checked(capsys) == (0, [])


@pytest.mark.parametrize(("days", "words"), [(30, ""), (31, " (These figures are 31 days old.)")])
def test_old_figures_say_how_old(telling: Site, capsys: pytest.CaptureFixture[str], days: int, words: str) -> None:
    telling.build()
    made = Database(f"sqlite:///{telling.data / 'gatepost.db'}")
    at = datetime.now(UTC) - timedelta(days=days, hours=1)
    plain = json.loads(json.dumps(reporting.json(reporting.report(made, catalogue.read(telling.data), now=at))))
    made.close()
    kept.keep(read(plain, lambda: Texts("", "")), Texts("", ""), telling.data)
    (telling.data / "gatepost.db").unlink()
    capsys.readouterr()
    _, lines = checked(capsys)
    assert len(lines) == 2
    for line in lines:
        assert line.endswith(f".{words}")


def test_the_commands_exit_code_is_that_of_the_check(telling: Site) -> None:
    done = telling.run("check", module="gatepost.cli")
    assert (done.returncode, done.stdout.count(": hint: ")) == (0, 2)
    for strict, code in ((["--strict"], 1), (["--strict", "--only", "GP2"], 0)):
        assert telling.run("check", *strict, module="gatepost.cli").returncode == code


def test_the_database_is_left_as_it_was(telling: Site, capsys: pytest.CaptureFixture[str]) -> None:
    def rows() -> str:
        return "\n".join(sqlite3.connect(Path(telling.data / "gatepost.db")).iterdump())

    before = rows()
    checked(capsys)
    assert rows() == before

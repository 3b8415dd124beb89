"""Findings for people, for programs, and for those who read the documentation first."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatepost_pelican.checking import RULES, sarif, saying
from gatepost_pelican.checking.finding import Finding
from tests.check.sites import tidy_site
from tests.conftest import ROOT
from tests.plugin.sites import Site, article

CHECK = "gatepost_pelican.check"
findings = st.lists(
    st.builds(
        Finding,
        path=st.sampled_from([Path("content/ä b.md"), Path("content/offers/x.md")]),
        line=st.integers(1, 999), column=st.integers(0, 99), code=st.sampled_from(sorted(RULES)),
        problem=st.text(min_size=1, max_size=30), cure=st.text(max_size=30),
    ),
    max_size=6,
)  # fmt: skip


@pytest.fixture(scope="module")
def untidy(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Files with a mark at their start, with Windows line ends, and a name beyond ASCII."""
    site = tidy_site(tmp_path_factory.mktemp("untidy"))
    text = article("straße", "Words.\n\n![](images/none.png)\n\n[gone](gone.html)", Summary="Short.", Offer="none")
    site.write("content/articles/straße eins.md", "\ufeff" + text.replace("\n", "\r\n"))
    return site


def places(said: str) -> list[str]:
    return [line.split(": ")[0] for line in said.splitlines()]


def test_a_line_is_that_of_the_source_whatever_the_ends_of_lines(untidy: Site) -> None:
    done = untidy.run("-s", "pelicanconf.py", "--only", "GP2", module=CHECK)
    assert done.returncode == 1
    assert sorted(place.rsplit(":", 1)[0] for place in places(done.stdout)) == [
        "content/articles/straße eins.md:10",
        "content/articles/straße eins.md:12",
    ]
    assert done.stderr.startswith("2 errors. What a code means: gatepost check --explain GP20")


def test_json_says_the_same_as_the_lines(untidy: Site) -> None:
    found = json.loads(untidy.run("-s", "pelicanconf.py", "--format", "json", module=CHECK).stdout)
    lines = untidy.run("-s", "pelicanconf.py", module=CHECK).stdout.splitlines()
    assert found["version"] == 1
    assert sum(found["counts"].values()) == len(found["findings"]) == len(lines)
    for one, line in zip(found["findings"], lines, strict=True):
        assert line.startswith(f"{one['path']}:{one['line']}")
        assert line.endswith(f"[{one['code']}]")
        assert one["severity"] == RULES[one["code"]].severity


def test_sarif_names_files_from_the_site_and_no_folder_of_the_machine(untidy: Site) -> None:
    done = untidy.run("-s", "pelicanconf.py", "--format", "sarif", "-o", "found.sarif", module=CHECK)
    assert (done.returncode, done.stdout) == (1, "")
    text = (untidy.folder / "found.sarif").read_text()
    assert str(untidy.folder) not in text
    (run,) = json.loads(text)["runs"]
    uris = {place(one)["artifactLocation"]["uri"] for one in run["results"]}
    assert uris == {"content/articles/stra%C3%9Fe%20eins.md"}
    assert {place(one)["artifactLocation"]["uriBaseId"] for one in run["results"]} == {"SITEROOT"}


def place(result: dict[str, Any]) -> dict[str, Any]:
    (location,) = result["locations"]
    found: dict[str, Any] = location["physicalLocation"]
    return found


@given(findings)
def test_sarif_keeps_what_the_standard_demands(found: list[Finding]) -> None:
    log = json.loads(sarif.log(found, RULES, Path.cwd()))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert len(run["results"]) == len(found)
    for one, result in zip(found, run["results"], strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == one.code
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        assert place(result)["region"]["startLine"] >= 1
        assert re.fullmatch(r"[\w%./-]+", place(result)["artifactLocation"]["uri"])
    prints = [tuple(result["partialFingerprints"].values()) for result in run["results"]]
    assert len(set(prints)) == len(prints)


@given(findings)
def test_json_holds_every_finding(found: list[Finding]) -> None:
    assert len(json.loads(saying.as_json(found, RULES))["findings"]) == len(found)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 1), (["--only", "GP5"], 0), (["--ignore", "GP2"], 0), (["--ignore", "GP2", "--strict"], 1), (["--only", "GP77"], 2),
        (["--explain", "GP201"], 0), (["--explain", "nonsense"], 2), (["-s", "none.py"], 2), (["-o", "no/such/folder"], 2),
    ],
)  # fmt: skip
def test_the_exit_code_says_how_it_went(untidy: Site, options: list[str], code: int) -> None:
    done = untidy.run(*([] if "-s" in options else ["-s", "pelicanconf.py"]), *options, module=CHECK)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert code < 2 or "Cure:" in done.stderr


def test_a_file_and_a_site_may_ignore_a_code_but_not_what_stops_a_build(tmp_path: Path) -> None:
    site = tidy_site(tmp_path)
    ignored = "<!-- gatepost: ignore GP2, GP1 -->\n\n[gone](gone.html)"
    site.write("content/articles/odd.md", article("odd", ignored, Summary="Short.", Offer="not-there"))
    said = site.run("-s", "pelicanconf.py", "--only", "GP1,GP2", module=CHECK).stdout
    assert [line[-7:] for line in said.splitlines()] == ["[GP101]"]
    conf = (site.folder / "pelicanconf.py").read_text()
    site.write("pelicanconf.py", conf + "\nGATEPOST_CHECK_IGNORE = ['GP1', 'GP2']\n")
    done = site.run("-s", "pelicanconf.py", module=CHECK)
    assert done.returncode == 2 or "[GP101]" in done.stdout


def test_every_code_stands_in_the_documentation_and_no_other() -> None:
    text = (ROOT / "docs/checking.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(GP\d+)` \| (\w+) \| (.+) \|$", text, re.MULTILINE)
    assert rows == [(code, str(RULES[code].severity), RULES[code].says) for code in sorted(RULES)]

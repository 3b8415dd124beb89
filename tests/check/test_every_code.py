"""Every code: a site that has it, at its line, and one beside it that has not."""

from __future__ import annotations

from pathlib import Path

import pytest

from gatepost_pelican.checking import CHECKS, RULES
from tests.check.examples import EXAMPLES
from tests.check.sites import checked, tidy_site
from tests.conftest import ROOT
from tests.plugin.sites import small_site
from tests.plugin.test_mistakes import CASES

# Figures and a choice that learns are needed for these, and tests of their own have them; the last is what no other fits.
ELSEWHERE = {"GP199", "GP601", "GP602", "GP603"}


def test_a_tidy_site_has_no_finding(tmp_path: Path):
    assert checked(tidy_site(tmp_path)) == ()


def test_every_code_has_an_example():
    assert set(EXAMPLES) | ELSEWHERE == set(RULES)
    assert len(RULES) == sum(len(check.rules) for check in CHECKS)


@pytest.mark.parametrize("code", EXAMPLES)
def test_a_code_is_found_at_its_place_and_not_beside_it(tmp_path: Path, code: str):
    example = EXAMPLES[code]
    site = tidy_site(tmp_path / "bad")
    example.bad(site)
    places = [one.place for one in checked(site, code)]
    assert len(places) == 1, checked(site)
    assert places[0].endswith(f"/{example.where}")
    good = tidy_site(tmp_path / "good")
    example.good(good)
    assert checked(good, code) == ()


@pytest.mark.parametrize("code", sorted(RULES))
def test_every_rule_reads_as_sentences(code: str):
    rule = RULES[code]
    assert rule.says[0].isupper()
    assert not rule.says.endswith(".")
    assert rule.more.endswith((".", "shown."))
    assert rule.stops_build == code.startswith("GP1")


@pytest.mark.parametrize("case", CASES)
def test_what_stops_a_build_has_a_code_of_its_own(tmp_path: Path, case: str):
    site = small_site(tmp_path)
    make, problem, _ = CASES[case]
    make(site)
    found = [one for one in checked(site, "GP1") if problem.partition(": ")[2] in one.message]
    assert found, checked(site, "GP1")
    assert "GP199" not in {one.code for one in found}


def test_the_starter_passes_the_strictest_check():
    found = checked_starter()
    assert [one for one in found if RULES[one.code].severity != "note"] == []


def checked_starter():
    from gatepost_pelican.check import check_site

    return check_site(str(ROOT / "pelicanconf.py")).all

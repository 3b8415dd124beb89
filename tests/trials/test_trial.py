"""A trial is told by what its readers see: change a word of it and it is another one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

from gatepost import catalogue
from gatepost.offers import NOW, Trial, Variant
from tests.conftest import small_catalogue

LATER = datetime(2026, 11, 23, tzinfo=UTC)
SHORT = Variant("short", button="Send me the list")


def test_the_offer_as_it_stands_always_takes_part_and_comes_first():
    made = Trial.of("checklist", [SHORT])
    assert made.variants == (Variant(NOW), SHORT)
    assert made.has(NOW)
    assert made.has("short")
    assert not made.has("long")
    assert made.name_of("short") == f"{made.key}:short"


def test_the_key_is_eight_digits_that_stay_while_nothing_changes():
    first = Trial.of("checklist", [SHORT])
    assert len(first.key) == 8
    assert int(first.key, 16) >= 0
    assert Trial.of("checklist", [Variant(NOW), SHORT]) == first


def test_whatever_a_reader_would_see_otherwise_makes_another_trial():
    keys = {
        Trial.of("checklist", [SHORT]).key,
        Trial.of("ebook", [SHORT]).key,
        Trial.of("checklist", [replace(SHORT, button="Send me the lists")]).key,
        Trial.of("checklist", [Variant("short", title="Send me the list")]).key,
        Trial.of("checklist", [SHORT, Variant("inline", place="inline")]).key,
        Trial.of("checklist", [SHORT], texts=("Another title",)).key,
        Trial.of("checklist", [SHORT], texts=("Another", " title")).key,
    }
    assert len(keys) == 7


def test_a_catalogue_keeps_the_trial_and_one_of_before_trials_is_still_good(tmp_path):
    made = small_catalogue(tmp_path, LATER)
    offer = replace(made.offers["checklist"], trial=Trial.of("checklist", [SHORT]))
    tested = replace(made, offers={**made.offers, "checklist": offer})
    path = catalogue.write(tested, tmp_path)
    assert catalogue.read(tmp_path) == tested

    old = json.loads(path.read_text())
    for entry in old["offers"].values():
        del entry["trial"]
    path.write_text(json.dumps(old))
    assert catalogue.read(tmp_path) == made
